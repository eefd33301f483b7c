// One interview at a glance: which job, when, at whose company, how it stands.
const { toneOf } = require('../../wording/interview')

Component({
  properties: {
    interview: { type: Object, value: /** @type {any} */ ({}) },
    /** Whether the card leads somewhere; it then fires `open` with the interview's id. */
    tappable: { type: Boolean, value: false },
    /** Whether the state is shown. */
    tagged: { type: Boolean, value: true },
  },
  data: { tone: 'over' },
  observers: {
    interview(interview) {
      if (interview && interview.status) this.setData({ tone: toneOf(interview) })
    },
  },
  methods: {
    open() {
      if (this.data.tappable) this.triggerEvent('open', { id: this.data.interview.id })
    },
  },
})
