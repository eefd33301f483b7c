// Cancelling: what is cancelled, one reason, one tap. Two taps from here and it is done.
const interviews = require('../../services/interviews')
const openings = require('../../services/openings')
const reasons = require('../../services/reasons')
const subscriptions = require('../../services/subscriptions')
const { outlook } = require('../../wording/interview')
const { explain } = require('../../wording/problems')

/**
 * @typedef {import('../../services/interviews').Interview} Interview
 * @typedef {import('../../services/reasons').Reason} Reason
 * @typedef {{key: string, reason: string, note: string}} Submission
 */

Page({
  data: {
    /** @type {Interview | null} */
    interview: null,
    /** @type {import('../../wording/interview').Outlook | null} */
    outlook: null,
    /** @type {Reason[] | null} */
    reasons: null,
    /** @type {Reason | null} */
    chosen: null,
    note: '',
    submitting: false,
    done: false,
    /** @type {import('../../wording/problems').Explanation | null} */
    problem: null,
    failure: '',
  },

  interviewId: '',
  /** Set from the tap on, unlike data.submitting, which a second tap in the same frame would miss. */
  busy: false,
  gone: false,
  /** @type {Submission | null} Sent but not answered yet; sent again as it is. */
  unanswered: null,

  onLoad(query) {
    this.interviewId = query.id || ''
    openings.report(query)
    this.load()
  },

  onUnload() {
    this.gone = true
  },

  load() {
    if (this.data.problem) this.setData({ problem: null })
    /** @param {import('../../services/http').Problem} problem */
    const fail = (problem) => this.setData({ problem: explain(problem) })
    interviews.get(this.interviewId, { success: (interview) => this.show(interview), fail })
    if (!this.data.reasons) {
      reasons.list({ success: ({ items }) => this.setData({ reasons: items }), fail })
    }
  },

  /** @param {Interview} interview */
  show(interview) {
    this.setData({ interview, outlook: outlook(interview) })
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  choose(event) {
    if (this.busy) return
    const { code } = event.currentTarget.dataset
    const chosen = (this.data.reasons || []).find((reason) => reason.code === code) || null
    this.setData({ chosen, failure: '' })
  },

  /** @param {WechatMiniprogram.Input} event */
  writeNote(event) {
    this.setData({ note: event.detail.value })
  },

  submit() {
    const { chosen, note } = this.data
    if (this.busy || !chosen) return
    this.busy = true
    this.setData({ submitting: true, failure: '' })
    const submission = this.submissionOf(chosen.code, chosen.asks_note ? note.trim() : '')
    interviews.cancel(this.interviewId, submission, {
      success: () => this.succeed(),
      fail: (problem) => this.fail(problem),
    })
  },

  /**
   * The same choice sent again keeps its key, so that the server can tell a repeat from a second act.
   * @param {string} reason
   * @param {string} note
   * @returns {Submission}
   */
  submissionOf(reason, note) {
    const last = this.unanswered
    if (!last || last.reason !== reason || last.note !== note) {
      this.unanswered = { key: freshKey(), reason, note }
    }
    return /** @type {Submission} */ (this.unanswered)
  },

  /** Done already; the sheet that follows only asks how to tell the outcome, and any answer leads on. */
  succeed() {
    this.unanswered = null
    if (this.gone) return
    this.setData({ submitting: false, done: true })
    subscriptions.ask(['cancellation_result'], () => this.openResult())
  },

  /** @param {import('../../services/http').Problem} problem */
  fail(problem) {
    this.busy = false
    if (problem.retryable) {
      const { title } = explain(problem)
      this.setData({ submitting: false, failure: `${title}，还不确定是否已提交。您选的原因还在，点“重试”即可，不会重复取消。` })
      return
    }
    this.unanswered = null
    const { title, text } = explain(problem)
    this.setData({ submitting: false, failure: `${title}。${text}` })
    // The server knows a state this page does not; show that one.
    if (problem.status === 409) this.load()
  },

  openResult() {
    if (!this.gone) wx.redirectTo({ url: `/pages/result/index?id=${this.interviewId}` })
  },

  /** The way back: the page this one came from, or the invitation when a link led straight here. */
  keep() {
    if (getCurrentPages().length > 1) wx.navigateBack()
    else wx.redirectTo({ url: `/pages/interview/index?id=${this.interviewId}` })
  },
})

/** @returns {string} 8–64 characters that no other submission has */
function freshKey() {
  const random = () => Math.random().toString(36).slice(2, 12)
  return `cancel-${Date.now().toString(36)}-${random()}${random()}`
}
