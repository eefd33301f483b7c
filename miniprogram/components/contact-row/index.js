// Whom to ask: one tap calls, one tap copies the address.
Component({
  properties: {
    contact: { type: Object, value: /** @type {any} */ ({}) },
  },
  methods: {
    call() {
      // Leaving the system's call sheet is a failure to WeChat and nothing to us.
      wx.makePhoneCall({ phoneNumber: this.data.contact.phone, fail() {} })
    },
    copy() {
      const { email } = this.data.contact
      wx.setClipboardData({
        data: email,
        fail: () => wx.showModal({ title: '联系邮箱', content: email, showCancel: false, confirmText: '知道了' }),
      })
    },
  },
})
