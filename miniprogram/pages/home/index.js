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
    noticesMissing: false,
  },

  onLoad(query) {
    openings.report(query)
  },

  onShow() {
    this.load()
  },

  load() {
    interviews.list({
      success: ({ items }) => this.setData({ interviews: items, problem: null }),
      fail: (problem) => {
        // A list already on screen stays readable while the network is away.
        if (!this.data.interviews) this.setData({ problem: explain(problem) })
      },
    })
    notices.list({
      success: ({ items }) => this.setData({ notices: items.map(line), noticesMissing: false }),
      fail: () => this.setData({ noticesMissing: true }),
    })
  },

  retry() {
    this.setData({ problem: null })
    this.load()
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
