// The candidate's interviews: read them, confirm one, cancel one.
const session = require('./session')

/**
 * Times are ISO 8601 in UTC; `*_text` is ready to be read.
 * @typedef {{name: string, phone: string | null, email: string | null}} Contact
 * @typedef {{id: number, number: string, status: 'requested' | 'confirmed' | 'withdrawn' | 'restored',
 *   status_text: string, initiator: 'candidate' | 'staff' | 'rule' | 'incident', initiator_text: string,
 *   reason: {code: string, label: string}, note: string | null, requested_at: string,
 *   confirmed_at: string | null, next_step: string, tell_by: string}} Cancellation
 * @typedef {{id: number, number: string,
 *   status: 'invited' | 'confirmed' | 'completed' | 'cancelled' | 'no_show', status_text: string,
 *   company: string, position: string, department: string, starts_at: string, ends_at: string,
 *   when_text: string, contact: Contact, can_confirm: boolean, can_cancel: boolean,
 *   why_not: string | null, cancellation: Cancellation | null}} Interview
 */

/** @param {import('./http').Answer<{items: Interview[]}>} answer upcoming first */
function list(answer) {
  session.request({ path: '/interviews', ...answer })
}

/**
 * @param {string | number} id
 * @param {import('./http').Answer<Interview>} answer
 */
function get(id, answer) {
  session.request({ path: `/interviews/${id}`, ...answer })
}

/**
 * Says that the candidate will come; saying it again changes nothing.
 * @param {string | number} id
 * @param {import('./http').Answer<Interview>} answer
 */
function confirm(id, answer) {
  session.request({ method: 'POST', path: `/interviews/${id}/confirmation`, data: {}, ...answer })
}

/**
 * Cancels. The key makes a repeat after a lost answer harmless.
 * @param {string | number} id
 * @param {{key: string, reason: string, note: string}} submission note: at most 200 characters, '' for none
 * @param {import('./http').Answer<Interview>} answer
 */
function cancel(id, { key, reason, note }, answer) {
  session.request({
    method: 'POST',
    path: `/interviews/${id}/cancellation`,
    data: note ? { reason, note } : { reason },
    headers: { 'Idempotency-Key': key },
    ...answer,
  })
}

module.exports = { list, get, confirm, cancel }
