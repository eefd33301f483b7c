Page({
  data: { log: [], count: 2, shown: true },
  onChoose(e) {
    this.data.log.push(['choose', e.detail.title, e.currentTarget.dataset.kind])
  },
  onTotal(e) {
    this.data.log.push(['total', e.detail])
  },
  more() {
    this.setData({ count: 5 })
  },
  ask() {
    this.setData({ answer: this.selectComponent('.panel').secret(), found: this.selectAllComponents('.panel').length })
  },
  measure() {
    this.createSelectorQuery()
      .select('#box')
      .boundingClientRect((rect) => this.setData({ width: Math.round(rect.width) }))
      .exec()
  },
  drop() {
    this.setData({ shown: false })
  },
})
