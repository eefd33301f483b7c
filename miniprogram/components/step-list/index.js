// What has happened and what comes next, top to bottom; a step is {title, text, done}.
Component({
  properties: {
    steps: { type: Array, value: [] },
  },
})
