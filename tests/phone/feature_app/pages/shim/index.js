const IDS = ['sbx-interview-invitation-00000000000000000001', 'sbx-cancellation-result-000000000000000000002']
const API = 'https://api.yuemian.example.com'
const pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

Page({
  data: { log: [] },
  keep(name) {
    return (result) => {
      this.data.log.push([name, result])
      this.setData({ last: name })
    }
  },
  subscribe(ids = IDS) {
    wx.requestSubscribeMessage({ tmplIds: ids, success: this.keep('ok'), fail: this.keep('fail') })
  },

  askNow() {
    this.subscribe()
  },
  askOne() {
    this.subscribe(IDS.slice(0, 1))
  },
  askAfterRequest() {
    wx.request({ url: `${API}/echo`, success: () => this.subscribe() })
  },
  async askAfterPromise() {
    await new Promise((resolve) => {
      wx.request({ url: `${API}/echo`, success: resolve })
    })
    await null
    this.subscribe()
  },
  askAfterModal() {
    wx.showModal({ title: '先问', content: '再订阅', success: () => this.subscribe() })
  },
  askAfterTimer() {
    setTimeout(() => this.subscribe(), 10)
  },
  async askAfterPause() {
    await pause(10)
    this.subscribe()
  },
  askAfterLogin() {
    wx.login({ success: () => this.subscribe() })
  },
  askUnknown() {
    this.subscribe(['nothing-like-this'])
  },
  askInPromise() {
    wx.requestSubscribeMessage({ tmplIds: IDS }).then(this.keep('ok'), this.keep('fail'))
  },
  setting() {
    wx.getSetting({ withSubscriptions: true, success: this.keep('setting') })
  },

  get() {
    wx.request({
      url: `${API}/echo?a=1`,
      data: { b: '二', c: [3] },
      header: { 'X-Own': 'yes' },
      success: this.keep('get'),
    })
  },
  post() {
    wx.request({ url: `${API}/echo`, method: 'POST', data: { name: '陈' }, success: this.keep('post') })
  },
  formPost() {
    wx.request({
      url: `${API}/echo`,
      method: 'POST',
      data: { a: '1', b: '二' },
      header: { 'Content-Type': 'application/x-www-form-urlencoded' },
      success: this.keep('form'),
    })
  },
  teapot() {
    wx.request({ url: `${API}/status/418`, success: this.keep('teapot'), fail: this.keep('fail') })
  },
  elsewhere() {
    wx.request({ url: 'https://other.example.com/x', fail: this.keep('elsewhere'), complete: this.keep('complete') })
  },
  slow() {
    wx.request({ url: `${API}/slow`, timeout: 100, fail: this.keep('slow') })
  },
  abort() {
    wx.request({ url: `${API}/slow`, fail: this.keep('abort') }).abort()
  },

  confirm() {
    wx.showModal({
      title: '标题',
      content: '内容',
      confirmText: '取消面试',
      cancelText: '保留',
      success: this.keep('modal'),
    })
  },
  write() {
    wx.showModal({ title: '写', editable: true, placeholderText: '几句话', success: this.keep('write') })
  },
  sheet() {
    wx.showActionSheet({ itemList: ['甲', '乙'], success: this.keep('sheet'), fail: this.keep('fail') })
  },
  toast() {
    wx.showToast({ title: '已提交' })
  },
  loading() {
    wx.showLoading({ title: '加载中', mask: true })
    setTimeout(() => wx.hideLoading(), 400)
  },
  call() {
    wx.makePhoneCall({ phoneNumber: '021-5555-0132', success: this.keep('call') })
  },
  copy() {
    wx.setClipboardData({ data: 'QX-7K3M', success: () => wx.getClipboardData({ success: this.keep('copy') }) })
  },

  login() {
    wx.login({ success: this.keep('login') })
  },
  store() {
    const value = { list: [1] }
    wx.setStorageSync('k', value)
    value.list.push(2)
    this.keep('store')([wx.getStorageSync('k'), wx.getStorageSync('none')])
    wx.getStorage({ key: 'none', fail: this.keep('nothing') })
  },
  options() {
    this.keep('options')([wx.getLaunchOptionsSync(), wx.getEnterOptionsSync()])
  },
  system() {
    this.keep('system')([wx.getWindowInfo(), wx.getAccountInfoSync(), wx.canIUse('requestSubscribeMessage')])
  },
  names() {
    this.keep('names')([
      typeof window,
      typeof document,
      typeof fetch,
      typeof localStorage,
      typeof XMLHttpRequest,
      this === undefined,
      getApp().globalData.colour,
    ])
  },
  missing() {
    if (wx.scanCode) wx.scanCode({})
  },
  promiseForms() {
    this.keep('forms')([
      wx.login({}) === undefined,
      typeof wx.getNetworkType().then,
      wx.getNetworkType({ success() {} }) === undefined,
      typeof wx.request({ url: `${API}/echo` }).then,
    ])
  },
})
