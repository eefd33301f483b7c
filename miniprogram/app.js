// The mini-program's entry; pages sign in by themselves, so nothing has to happen before the first one shows.
App({
  /** A card may outlive the page it points at; its reader then lands on the list instead of a blank screen. */
  onPageNotFound() {
    wx.reLaunch({ url: '/pages/home/index' })
  },
})
