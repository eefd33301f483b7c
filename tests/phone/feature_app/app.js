const journal = require('./shared/journal')

App({
  globalData: { colour: 'green' },
  onLaunch(options) {
    journal.write(`App.onLaunch ${options.path} ${options.scene}`)
  },
  onShow(options) {
    journal.write(`App.onShow ${options.path} ${options.scene}`)
  },
  onHide() {
    journal.write('App.onHide')
  },
  onError(message) {
    journal.write(`App.onError ${message.split('\n')[0]}`)
  },
})
