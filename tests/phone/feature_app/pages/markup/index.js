Page({
  data: {
    number: 2,
    list: ['甲', '乙'],
    object: { a: 1, b: 2 },
    people: [
      { id: 1, name: '林', tags: ['x', 'y'] },
      { id: 2, name: '陈', tags: [] },
    ],
    word: '面试',
    shown: true,
    rows: { label: '岗位', value: '后端', kind: 'plain' },
    gap: 100,
    nested: { deep: [{ text: '旧' }] },
  },
  setPath() {
    this.setData({ 'nested.deep[0].text': '新', number: 3 }, () => this.setData({ told: '好了' }))
  },
  reverse() {
    this.setData({ people: this.data.people.slice().reverse() })
  },
})
