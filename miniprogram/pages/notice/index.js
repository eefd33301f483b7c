// One notice in full, with its reason and whom to ask; 我已知晓 tells the company that it arrived.
const notices = require('../../services/notices')
const openings = require('../../services/openings')
const { momentText } = require('../../format/time')
const { explain } = require('../../wording/problems')

/** @typedef {import('../../services/notices').Notice} Notice */

Page({
  data: {
    /** @type {Notice | null} */
    notice: null,
    sentAt: '',
    knownAt: '',
    acknowledging: false,
    /** @type {import('../../wording/problems').Explanation | null} */
    problem: null,
    /** @type {import('../../wording/problems').Explanation | null} */
    failure: null,
  },

  noticeId: '',

  onLoad(query) {
    this.noticeId = query.id || ''
    openings.report(query)
    this.load()
  },

  load() {
    if (this.data.problem) this.setData({ problem: null })
    notices.get(this.noticeId, {
      success: (notice) => this.show(notice),
      fail: (problem) => this.setData({ problem: explain(problem) }),
    })
  },

  /** @param {Notice} notice */
  show(notice) {
    this.setData({
      notice,
      sentAt: momentText(notice.created_at),
      knownAt: momentText(notice.acknowledged_at),
    })
  },

  acknowledge() {
    if (this.data.acknowledging) return
    this.setData({ acknowledging: true, failure: null })
    notices.acknowledge(this.noticeId, {
      success: (notice) => {
        this.setData({ acknowledging: false })
        this.show(notice)
      },
      fail: (problem) => this.setData({ acknowledging: false, failure: explain(problem) }),
    })
  },

  openInterview() {
    const { notice } = this.data
    if (notice) wx.navigateTo({ url: `/pages/interview/index?id=${notice.interview_id}` })
  },
})
