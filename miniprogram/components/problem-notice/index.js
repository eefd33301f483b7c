// Why a page has nothing to show: fires `retry` where trying again can help, and leads to the list where not.
Component({
  properties: {
    problem: { type: Object, value: { title: '', text: '', retry: false } },
  },
  methods: {
    act() {
      if (this.data.problem.retry) this.triggerEvent('retry')
      else wx.reLaunch({ url: '/pages/home/index' })
    },
  },
})
