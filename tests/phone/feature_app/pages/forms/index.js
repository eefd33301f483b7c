Page({
  data: { log: [], two: '双向', value: '', note: '', cities: ['上海', '北京', '深圳'], chosen: 0, date: '2024-03-15' },
  note(e) {
    this.data.log.push([e.type, e.detail])
  },
  upper(e) {
    return e.detail.value.toUpperCase()
  },
  submit(e) {
    this.setData({ sent: e.detail.value })
  },
  reset() {
    this.setData({ wasReset: true })
  },
})
