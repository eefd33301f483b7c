const journal = require('../../shared/journal')

Component({
  options: { multipleSlots: true },
  externalClasses: ['head-class'],
  properties: { title: { type: String, value: '无题' }, count: Number },
  data: { doubled: 0, seen: '' },
  observers: {
    count(value) {
      this.setData({ doubled: value * 2 })
    },
    'title, doubled'(title, doubled) {
      this.setData({ seen: `${title}${doubled}` })
    },
  },
  lifetimes: {
    created() {
      journal.write('panel created')
    },
    attached() {
      journal.write('panel attached')
    },
    ready() {
      journal.write('panel ready')
    },
    detached() {
      journal.write('panel detached')
    },
  },
  pageLifetimes: {
    show() {
      journal.write('panel page show')
    },
    hide() {
      journal.write('panel page hide')
    },
  },
  methods: {
    press() {
      this.triggerEvent('choose', { title: this.data.title }, { bubbles: true, composed: true })
    },
    secret() {
      return `秘密 ${this.data.title}`
    },
  },
})
