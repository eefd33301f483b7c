const stepping = Behavior({
  properties: { step: { type: Number, value: 1 } },
  methods: {
    add() {
      this.setData({ total: this.data.total + this.data.step })
      this.triggerEvent('total', this.data.total)
    },
  },
})

Component({ behaviors: [stepping], data: { total: 0 } })
