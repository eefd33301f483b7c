// What the candidate was told: list it, read it in full, say "I know".
const session = require('./session')

/**
 * @typedef {{id: number, event: string, title: string, paragraphs: string[], reason: string | null,
 *   interview_id: number, created_at: string, acknowledged_at: string | null, can_acknowledge: boolean,
 *   contact: import('./interviews').Contact}} Notice
 */

/** @param {import('./http').Answer<{items: Notice[]}>} answer newest first */
function list(answer) {
  session.request({ path: '/notices', ...answer })
}

/**
 * @param {string | number} id
 * @param {import('./http').Answer<Notice>} answer
 */
function get(id, answer) {
  session.request({ path: `/notices/${id}`, ...answer })
}

/**
 * Says that the candidate knows; saying it again changes nothing.
 * @param {string | number} id
 * @param {import('./http').Answer<Notice>} answer
 */
function acknowledge(id, answer) {
  session.request({ method: 'POST', path: `/notices/${id}/acknowledgement`, data: {}, ...answer })
}

module.exports = { list, get, acknowledge }
