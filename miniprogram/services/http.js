// The only door to the network: one request to the API, every failure turned into a Problem.
// Callbacks rather than promises, because WeChat hands the tap state on through them
// (小程序文档 · Tap 事件), and the subscription is asked for inside an answer.
const config = require('../config/index')

/**
 * What went wrong, in a form a page can show. `status` is the HTTP status, 0 when no answer came.
 * @typedef {{code: string, message: string, retryable: boolean, status: number}} Problem
 */

/**
 * @template T
 * @typedef {{success?: (body: T) => void, fail?: (problem: Problem) => void}} Answer
 */

/**
 * @typedef {{method?: 'GET' | 'POST', path: string, data?: object, token?: string,
 *   headers?: Record<string, string>} & Answer<any>} Call
 */

const PREFIX = '/api/v1'
const TIMEOUT_MS = 10000

/**
 * @param {number} status HTTP status of the answer
 * @param {any} body what came with it; the API sends {code, message}
 * @returns {Problem}
 */
function refused(status, body) {
  const said = body && typeof body === 'object' ? body : {}
  return {
    code: said.code || (status >= 500 ? 'server_error' : 'refused'),
    message: said.message || '',
    retryable: status >= 500 || status === 429 || status === 408,
    status,
  }
}

/**
 * @param {string} why WeChat's errMsg, such as "request:fail timeout"
 * @returns {Problem}
 */
function unanswered(why) {
  return { code: /timeout/.test(why) ? 'timeout' : 'network', message: '', retryable: true, status: 0 }
}

/**
 * Sends one call. `success` gets the decoded body (an empty string for 204), `fail` gets a Problem.
 * @param {Call} call
 */
function send(call) {
  /** @type {Record<string, string>} */
  const header = { 'content-type': 'application/json', ...call.headers }
  if (call.token) header.authorization = `Bearer ${call.token}`
  const fail = call.fail || (() => {})
  wx.request({
    url: config.apiBase + PREFIX + call.path,
    method: call.method || 'GET',
    data: call.data,
    header,
    timeout: TIMEOUT_MS,
    success(answer) {
      const good = answer.statusCode >= 200 && answer.statusCode < 300
      if (!good) fail(refused(answer.statusCode, answer.data))
      else if (call.success) call.success(answer.data)
    },
    fail(failure) {
      fail(unanswered(failure.errMsg))
    },
  })
}

module.exports = { send }
