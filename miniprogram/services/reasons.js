// The reasons a candidate can choose from, as the company keeps them.
const session = require('./session')

/** @typedef {{code: string, label: string, asks_note: boolean, offers_new_time: boolean}} Reason */

/** @param {import('./http').Answer<{items: Reason[]}>} answer in the order to show */
function list(answer) {
  session.request({ path: '/reasons', ...answer })
}

module.exports = { list }
