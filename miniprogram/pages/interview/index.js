// The invitation: what, when, whose, and the two answers. Opened from a card, a link, a code or the list.
const interviews = require('../../services/interviews')
const openings = require('../../services/openings')
const session = require('../../services/session')
const subscriptions = require('../../services/subscriptions')
const { outlook } = require('../../wording/interview')
const { explain } = require('../../wording/problems')

/** @typedef {import('../../services/interviews').Interview} Interview */

Page({
  data: {
    /** @type {Interview | null} */
    interview: null,
    /** @type {import('../../wording/interview').Outlook | null} */
    outlook: null,
    /** @type {import('../../wording/problems').Explanation | null} */
    problem: null,
    /** @type {import('../../wording/problems').Explanation | null} */
    failure: null,
    confirming: false,
  },

  /** @type {string | number} */
  interviewId: '',
  invite: '',

  onLoad(query) {
    this.interviewId = query.id || ''
    this.invite = decoded(query.invite || query.scene || '')
    openings.report(query)
    this.load()
  },

  onShow() {
    // Back from the cancel page the state may have changed; the old one stays on screen until the new arrives.
    if (this.data.interview) this.load()
  },

  load() {
    if (this.data.problem) this.setData({ problem: null })
    /** @param {import('../../services/http').Problem} problem */
    const fail = (problem) => {
      if (!this.data.interview) this.setData({ problem: explain(problem) })
    }
    session.open(this.invite, {
      success: ({ interview_id: invited }) => {
        const id = this.interviewId || invited
        if (!id) {
          fail({ code: 'not_bound', message: '', retryable: false, status: 403 })
          return
        }
        this.interviewId = id
        interviews.get(id, { success: (interview) => this.show(interview), fail })
      },
      fail,
    })
  },

  /** @param {Interview} interview */
  show(interview) {
    this.setData({ interview, outlook: outlook(interview) })
  },

  /** One tap answers the invitation and asks for the reminder; refusing the reminder changes nothing. */
  confirm() {
    if (this.data.confirming) return
    this.setData({ confirming: true, failure: null })
    interviews.confirm(this.interviewId, {
      success: (interview) => {
        this.setData({ confirming: false })
        this.show(interview)
        subscriptions.ask(['interview_invitation', 'cancellation_result'])
      },
      fail: (problem) => {
        this.setData({ confirming: false, failure: explain(problem) })
        if (!problem.retryable) this.load()
      },
    })
  },

  cancel() {
    wx.navigateTo({ url: `/pages/cancel/index?id=${this.interviewId}` })
  },

  openResult() {
    wx.navigateTo({ url: `/pages/result/index?id=${this.interviewId}` })
  },

  openHome() {
    wx.reLaunch({ url: '/pages/home/index' })
  },
})

/**
 * A scene arrives percent-encoded (小程序文档 · 获取不限制的小程序码); a mangled one is the server's to refuse.
 * @param {string} text
 */
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
