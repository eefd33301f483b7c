// 我的面试: everything this WeChat was invited to, upcoming first, and what it was told.
const interviews = require('../../services/interviews')
const notices = require('../../services/notices')
const openings = require('../../services/openings')
const { momentText } = require('../../format/time')
const { explain } = require('../../wording/problems')

/**
 * @typedef {import('../../services/interviews').Interview} Interview
 * @typedef {{id: number, title: string, time: string, waiting: boolean}} NoticeLine
 */

Page({
  data: {
    /** @type {Interview[] | null} */
    interviews: null,
    /** @type {import('../../wording/problems').Explanation | null} */
    problem: null,
    /** @type {NoticeLine[]} */
    notices: [],
    /** @type {NoticeLine | null} The newest one that asks for an answer; it is offered above the list. */
    waiting: null,
    noticesMissing: false,
  },

  onLoad(query) {
    openings.report(query)
  },

  onShow() {
    this.load()
  },

  load() {
    if (this.data.problem) this.setData({ problem: null })
    interviews.list({
      success: ({ items }) => this.setData({ interviews: items }),
      fail: (problem) => {
        // Someone bound to no invitation has an empty list, which says how to begin.
        if (problem.code === 'not_bound') this.setData({ interviews: [] })
        // A list already on screen stays readable while the network is away.
        else if (!this.data.interviews) this.setData({ problem: { ...explain(problem), retry: true } })
      },
    })
    notices.list({
      success: ({ items }) => {
        const lines = items.map(line)
        this.setData({ notices: lines, waiting: lines.find((it) => it.waiting) || null, noticesMissing: false })
      },
      fail: () => this.setData({ noticesMissing: true }),
    })
  },

  /** @param {WechatMiniprogram.CustomEvent<{id: number}>} event */
  openInterview(event) {
    wx.navigateTo({ url: `/pages/interview/index?id=${event.detail.id}` })
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  openNotice(event) {
    wx.navigateTo({ url: `/pages/notice/index?id=${event.currentTarget.dataset.id}` })
  },
})

/**
 * @param {import('../../services/notices').Notice} notice
 * @returns {NoticeLine}
 */
function line(notice) {
  return {
    id: notice.id,
    title: notice.title,
    time: momentText(notice.created_at),
    waiting: notice.can_acknowledge && !notice.acknowledged_at,
  }
}
