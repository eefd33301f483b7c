// Says in words what went wrong and what to do about it.

/** @typedef {{title: string, text: string, retry: boolean}} Explanation */

/** @type {Record<string, [title: string, text: string]>} */
const BY_CODE = {
  network: ['网络没连上', '请检查网络，再试一次。'],
  timeout: ['网络有点慢', '等了一会儿没有回音，请再试一次。'],
  login_failed: ['微信登录没有成功', '请再试一次。'],
  login_blocked: ['微信暂时不允许登录', '您的微信账号目前受限，请通过短信或邮件里的联系方式找招聘方处理。'],
  wechat_unavailable: ['微信暂时没有回应', '请稍等片刻，再试一次。'],
  unauthorized: ['登录已过期', '请再试一次，我们会重新登录。'],
  invite_taken: ['该邀请已被其他微信绑定', '请换用第一次打开这份邀请的微信；如果不是您本人绑定的，请尽快联系招聘方。'],
  invite_unknown: ['邀请链接打不开', '链接可能不完整或已失效，请回到短信或邮件里重新打开。'],
  not_bound: ['这个微信还没有关联邀请', '请先打开一次短信、邮件里的邀请链接或二维码，就能在这里看到面试了。'],
}

/**
 * @param {import('../services/http').Problem} problem
 * @returns {Explanation}
 */
function explain(problem) {
  const retry = problem.retryable || problem.status === 401
  const known = BY_CODE[problem.code]
  if (known) return { title: known[0], text: known[1], retry }
  if (problem.status === 404) {
    return { title: '没有找到', text: '它可能不属于当前微信。请换用收到邀请的微信，再打开一次。', retry }
  }
  if (problem.status >= 500) return { title: '服务暂时繁忙', text: '请稍等片刻，再试一次。', retry }
  return { title: '没有成功', text: problem.message || '请稍后再试，或联系招聘方。', retry }
}

module.exports = { explain }
