// Signs the candidate in by wx.login and lends the session to every call.
const http = require('./http')

/**
 * @typedef {{interview_invitation: string, cancellation_result: string}} Templates
 * @typedef {{token: string, expires_at: string, candidate: {name: string} | null,
 *   interview_id: number | null, templates: Templates}} Session
 * @typedef {{invite: string, answer: import('./http').Answer<Session>}} Waiter
 */

/** @type {Session | null} */
let current = null
/** The invite the present session was opened with, so that it is not presented twice. */
let presented = ''
/** @type {Waiter[] | null} Who waits for the sign-in under way; null when there is none. */
let waiting = null

/**
 * Exchanges a fresh login code (valid once, five minutes: 小程序文档 · wx.login) for a session.
 * @param {string} invite token of the invitation link, or ''
 * @param {import('./http').Answer<Session>} answer
 */
function exchange(invite, answer) {
  wx.login({
    success({ code }) {
      const data = invite ? { code, invite } : { code }
      http.send({ method: 'POST', path: '/sessions', data, ...answer })
    },
    fail() {
      if (answer.fail) answer.fail({ code: 'login_failed', message: '', retryable: true, status: 0 })
    },
  })
}

/** @param {(waiter: Waiter) => void} tell */
function settle(tell) {
  const waiters = waiting || []
  waiting = null
  waiters.forEach(tell)
}

/**
 * Gives the session, signing in first if there is none or an invite has to be presented.
 * Pages that ask at the same time share one sign-in.
 * @param {string} invite
 * @param {import('./http').Answer<Session>} answer
 */
function open(invite, answer) {
  if (waiting) {
    waiting.push({ invite, answer })
    return
  }
  if (current && (!invite || invite === presented)) {
    if (answer.success) answer.success(current)
    return
  }
  waiting = [{ invite, answer }]
  exchange(invite, {
    success(session) {
      current = session
      presented = invite
      settle((waiter) => open(waiter.invite, waiter.answer))
    },
    fail(problem) {
      settle((waiter) => {
        if (waiter.invite !== invite) open(waiter.invite, waiter.answer)
        else if (waiter.answer.fail) waiter.answer.fail(problem)
      })
    },
  })
}

/**
 * Sends a call as the signed-in candidate. A session the server no longer knows (401) is replaced once.
 * @param {import('./http').Call} call
 * @param {boolean} [mayRenew] whether a 401 may be answered by signing in again
 */
function request(call, mayRenew = true) {
  open('', {
    success(session) {
      http.send({
        ...call,
        token: session.token,
        fail(problem) {
          if (problem.status === 401 && mayRenew) {
            if (current === session) current = null
            request(call, false)
          } else if (call.fail) call.fail(problem)
        },
      })
    },
    fail: call.fail,
  })
}

/** @returns {Templates | null} the message templates a tap may ask for; null before the sign-in */
function templates() {
  return current && current.templates
}

module.exports = { open, request, templates }
