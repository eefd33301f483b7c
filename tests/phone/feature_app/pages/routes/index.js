const journal = require('../../shared/journal')

Page({
  data: { name: '' },
  onLoad(query) {
    this.name = query.name || '一'
    this.setData({ name: this.name, depth: getCurrentPages().length })
    this.log(`load ${JSON.stringify(query)}`)
  },
  onShow() {
    this.log('show')
  },
  onReady() {
    this.log('ready')
  },
  onHide() {
    this.log('hide')
  },
  onUnload() {
    this.log('unload')
  },
  onPullDownRefresh() {
    this.log('refresh')
    wx.stopPullDownRefresh()
  },
  log(what) {
    journal.write(`${this.name} ${what}`)
  },
  push() {
    wx.navigateTo({
      url: `/pages/routes/index?name=${this.name}+`,
      events: { hello: (text) => journal.write(`heard ${text}`) },
    })
  },
  relative() {
    wx.navigateTo({ url: '../parts/index' })
  },
  replace() {
    wx.redirectTo({ url: 'index?name=换' })
  },
  restart() {
    wx.reLaunch({ url: '/pages/markup/index' })
  },
  back() {
    wx.navigateBack({ delta: 1 })
  },
  backTwo() {
    wx.navigateBack({ delta: 2 })
  },
  lost() {
    wx.navigateTo({ url: '/pages/nowhere/index', fail: (result) => this.setData({ message: result.errMsg }) })
  },
  tell() {
    this.getOpenerEventChannel().emit('hello', '你好')
  },
  paint() {
    wx.setNavigationBarTitle({ title: '新标题' })
    wx.setNavigationBarColor({ frontColor: '#ffffff', backgroundColor: '#123456' })
  },
  refresh() {
    wx.startPullDownRefresh()
  },
})
