// Says what the state of an interview means for the candidate, and what comes next.

/**
 * `tone` is told by colour and always beside a word: going 绿, waiting 橙, over 灰.
 * @typedef {'going' | 'waiting' | 'over'} Tone
 * @typedef {{tone: Tone, title: string, text: string}} Outlook
 */

/** @type {Record<string, Tone>} */
const TONES = { invited: 'waiting', confirmed: 'going', completed: 'over', cancelled: 'over', no_show: 'over' }

/** @type {Record<string, [title: string, text: string]>} */
const CANCELLED_BY = {
  candidate: ['您已取消这场面试', '谢谢您提前告知。'],
  staff: ['招聘方取消了这场面试', '给您添麻烦了，很抱歉。'],
  rule: ['这场面试已自动取消', '邀请在规定时间内没有收到确认。'],
  incident: ['因系统故障，这场面试已取消', '这不是您的原因，非常抱歉。'],
}

/** @type {Record<string, [title: string, text: string]>} */
const BY_STATUS = {
  invited: ['能来参加吗？', '请确认一下；来不了也没关系，告诉我们就好。'],
  confirmed: ['已确认参加', '到时见，祝您面试顺利。'],
  completed: ['面试已完成', '辛苦了，有结果招聘方会通知您。'],
  no_show: ['面试时间已过', '这次没有等到您。如有特殊情况，请联系招聘方。'],
}

/**
 * @param {import('../services/interviews').Interview} interview
 * @returns {Tone}
 */
function toneOf(interview) {
  return TONES[interview.status] || 'over'
}

/**
 * @param {import('../services/interviews').Interview} interview
 * @returns {Outlook}
 */
function outlook(interview) {
  const { status, cancellation, can_cancel: canCancel, why_not: whyNot } = interview
  const tone = toneOf(interview)
  if (status === 'cancelled') {
    const [title, text] = CANCELLED_BY[cancellation ? cancellation.initiator : ''] || ['这场面试已取消', '']
    return { tone, title, text }
  }
  const [title, text] = BY_STATUS[status] || [interview.status_text, '']
  const waiting = status === 'invited' || status === 'confirmed'
  if (waiting && !canCancel && whyNot) {
    return { tone, title: status === 'invited' ? '这场面试不能更改了' : title, text: whyNot }
  }
  if (waiting && cancellation && cancellation.status === 'restored') {
    return { tone, title: '面试已为您保留', text: '招聘方没有取消这场面试。仍来不了，可以再次取消。' }
  }
  return { tone, title, text }
}

/** @type {Record<string, [title: string, text: string]>} */
const SETTLED = {
  restored: ['面试已为您保留', '招聘方保留了这场面试，请留意面试时间。'],
  withdrawn: ['取消已撤回', '这场面试照常进行，请留意面试时间。'],
}

/**
 * @param {import('../services/interviews').Cancellation} cancellation
 * @returns {{mark: 'done' | 'over' | '', title: string, text: string}} mark: 'done' for the candidate's own
 *   act, 'over' for a cancellation that befell them, '' where the interview stands again
 */
function outcome(cancellation) {
  const settled = SETTLED[cancellation.status]
  if (settled) return { mark: '', title: settled[0], text: settled[1] }
  if (cancellation.initiator === 'candidate') {
    const text = cancellation.status === 'confirmed' ? '招聘方已确认。' : '已告知招聘方，谢谢您提前说一声。'
    return { mark: 'done', title: '已取消面试', text }
  }
  const [title, text] = CANCELLED_BY[cancellation.initiator]
  return { mark: 'over', title, text }
}

module.exports = { toneOf, outlook, outcome }
