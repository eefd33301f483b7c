// Asks whether WeChat may send one more message per template, and reports what was answered.
const session = require('./session')

const CHOICES = ['accept', 'reject', 'ban', 'filter']

/** @param {Record<string, any>} answers what wx.requestSubscribeMessage gave: choices beside an errMsg */
function report(answers) {
  const results = Object.fromEntries(Object.entries(answers).filter(([, answer]) => CHOICES.includes(answer)))
  session.request({ method: 'POST', path: '/subscriptions', data: { results } })
}

/**
 * Opens WeChat's consent sheet; must run inside a tap or an answer to a request made in one
 * (小程序文档 · wx.requestSubscribeMessage). Goes on whatever is answered: consent is never a condition.
 * @param {(keyof import('./session').Templates)[]} names which templates, at most three
 * @param {() => void} [goOn] runs once, after the sheet is closed or could not be shown
 */
function ask(names, goOn = () => {}) {
  const known = session.templates()
  const tmplIds = names.map((name) => (known ? known[name] : '')).filter(Boolean)
  if (!tmplIds.length) {
    goOn()
    return
  }
  wx.requestSubscribeMessage({ tmplIds, success: report, complete: goOn })
}

module.exports = { ask }
