// One centred message for a screen that has nothing else to show: what is so, and what to do.
Component({
  properties: {
    /** 'error' or 'empty'; only the mark differs. */
    kind: { type: String, value: 'empty' },
    title: { type: String, value: '' },
    text: { type: String, value: '' },
    /** The button's words; no button when empty. */
    action: { type: String, value: '' },
  },
  methods: {
    act() {
      this.triggerEvent('action')
    },
  },
})
