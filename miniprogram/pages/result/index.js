// What became of a cancellation: done, its number, what happens next, whom to ask.
const interviews = require('../../services/interviews')
const openings = require('../../services/openings')
const { momentText } = require('../../format/time')
const { outcome } = require('../../wording/interview')
const { explain } = require('../../wording/problems')

/**
 * @typedef {import('../../services/interviews').Interview} Interview
 * @typedef {import('../../services/interviews').Cancellation} Cancellation
 */

Page({
  data: {
    /** @type {Interview | null} */
    interview: null,
    /** @type {Cancellation | null} */
    cancellation: null,
    /** @type {ReturnType<typeof outcome> | null} */
    outcome: null,
    /** @type {{title: string, text: string, done: boolean}[]} */
    steps: [],
    /** @type {import('../../wording/problems').Explanation | null} */
    problem: null,
  },

  interviewId: '',

  onLoad(query) {
    this.interviewId = query.id || ''
    openings.report(query)
  },

  /** Every time the page comes to the front, since the recruiter may have confirmed meanwhile. */
  onShow() {
    this.load()
  },

  load() {
    if (this.data.problem) this.setData({ problem: null })
    interviews.get(this.interviewId, {
      success: (interview) => this.show(interview),
      fail: (problem) => {
        if (!this.data.interview) this.setData({ problem: explain(problem) })
      },
    })
  },

  /** @param {Interview} interview */
  show(interview) {
    const { cancellation } = interview
    this.setData({
      interview,
      cancellation,
      outcome: cancellation && outcome(cancellation),
      steps: cancellation ? stepsOf(cancellation) : [],
    })
  },

  copyNumber() {
    const { cancellation } = this.data
    if (cancellation) wx.setClipboardData({ data: cancellation.number })
  },

  openInterview() {
    wx.redirectTo({ url: `/pages/interview/index?id=${this.interviewId}` })
  },

  finish() {
    wx.reLaunch({ url: '/pages/home/index' })
  },
})

/** @param {Cancellation} cancellation */
function stepsOf(cancellation) {
  const mine = cancellation.initiator === 'candidate'
  const live = cancellation.status === 'requested' || cancellation.status === 'confirmed'
  if (!mine || !live) return []
  const confirmed = cancellation.status === 'confirmed'
  return [
    { title: '您已取消', text: momentText(cancellation.requested_at), done: true },
    {
      title: confirmed ? '招聘方已确认' : '等招聘方确认',
      text: momentText(cancellation.confirmed_at),
      done: confirmed,
    },
  ]
}
