// Tells the server which card was opened; a page shows the same whether or not this arrives.
const session = require('./session')

/**
 * Reports the delivery token of a card after the sign-in, once per opening, without waiting for it.
 * @param {Record<string, string | undefined>} query the page's query; `d` carries the token
 */
function report(query) {
  if (!query.d) return
  const { scene } = wx.getEnterOptionsSync()
  session.request({ method: 'POST', path: '/openings', data: { token: query.d, scene } })
}

module.exports = { report }
