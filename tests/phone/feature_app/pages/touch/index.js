Page({
  data: { log: [], open: false, dynamic: 'onDynamic' },
  note(text) {
    this.data.log.push(text)
  },
  onOuter(e) {
    this.note(`outer ${e.target.id}/${e.currentTarget.id} ${e.currentTarget.dataset.name} ${e.mark.row}`)
  },
  onInner(e) {
    this.note(`inner ${e.target.dataset.longName} ${e.detail.x > 0} ${e.changedTouches.length}`)
  },
  onCaught() {
    this.note('caught')
  },
  onCapture() {
    this.note('capture')
  },
  onStop() {
    this.note('stopped')
  },
  onDynamic() {
    this.note('dynamic')
  },
  onTap() {
    this.note('tap')
  },
  onLong() {
    this.note('long')
  },
  onDisabled() {
    this.note('disabled')
  },
  openSheet() {
    this.note('open')
    this.setData({ open: true })
  },
  onUnder() {
    this.note('under')
    this.setData({ open: false })
  },
  goOn() {
    this.note('go')
    wx.navigateTo({ url: '/pages/routes/index?name=ghost' })
  },
  inputReached() {
    this.note('input')
  },
})
