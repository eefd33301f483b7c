// What the candidate reads afterwards, and what the server learns: openings, receipts, a session that ran out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api, cancelled, interview, session } from './harness/answers.mjs'
import { Phone } from './harness/phone.mjs'
import { Wx } from './harness/wx.mjs'

async function opened(url, over) {
  const wx = new Wx(api(over))
  const phone = new Phone(wx)
  await phone.open(url)
  return { wx, phone }
}

test('a notice is read in full and acknowledged with one tap', async () => {
  const { wx, phone } = await opened('pages/notice/index?id=7')
  for (const words of ['您好，您的面试已取消。', '欢迎再约。', '时间冲突', '王晓燕']) assert.ok(phone.text.includes(words), words)
  await phone.tap('acknowledge')
  assert.equal(wx.sent('POST', '/notices/7/acknowledgement').length, 1)
  assert.match(phone.text, /已知晓 · 3月14日 15:40/)
  assert.equal(phone.find('acknowledge').length, 0)
})

test('a failed acknowledgement says so and can be sent again', async () => {
  const { phone } = await opened('pages/notice/index?id=7', { 'POST /notices/7/acknowledgement': () => [0] })
  await phone.tap('acknowledge')
  assert.match(phone.text, /网络没连上/)
  assert.match(phone.text, /重试，我已知晓/)
})

test('the result follows the recruiter’s confirmation whenever it comes to the front', async () => {
  const { wx, phone } = await opened('pages/result/index?id=12', { 'GET /interviews/12': cancelled() })
  assert.match(phone.text, /等招聘方确认/)
  wx.answers['GET /interviews/12'] = cancelled({ status: 'confirmed', confirmed_at: '2024-03-14T07:20:00Z' })
  phone.page.onShow()
  await phone.settle()
  assert.match(phone.text, /招聘方已确认3月14日 15:20/)
})

test('the result gives number, reason, time, next step and contact, and its number can be copied', async () => {
  const { wx, phone } = await opened('pages/result/index?id=12', { 'GET /interviews/12': cancelled() })
  for (const words of ['QX-7K3M-9P2D', '时间冲突', '3月15日 周五 14:00–16:00', '招聘方确认后会通知您。', '王晓燕']) {
    assert.ok(phone.text.includes(words), words)
  }
  await phone.tap('number')
  await phone.tap('reach')
  assert.deepEqual([wx.copied, wx.called], [['QX-7K3M-9P2D'], ['010-5555 0100']])
  await phone.tap('finish')
  assert.equal(phone.path, 'pages/home/index')
})

test('a result link to an interview that stands says so', async () => {
  const { phone } = await opened('pages/result/index?id=12', { 'GET /interviews/12': interview() })
  assert.match(phone.text, /这场面试没有取消/)
})

for (const page of ['interview/index?id=12', 'notice/index?id=7', 'cancel/index?id=12', 'result/index?id=12', 'home/index?x=1']) {
  test(`an opening of ${page.split('?')[0]} is reported once, after the sign-in`, async () => {
    const { wx } = await opened(`pages/${page}&d=token-of-the-card`)
    assert.equal(wx.logins, 1)
    const reports = wx.sent('POST', '/openings')
    assert.equal(reports.length, 1)
    assert.deepEqual(reports[0].data, { token: 'token-of-the-card', scene: 1014 })
    assert.equal(reports[0].header.authorization, 'Bearer session-1')
  })
}

test('a page without a card’s token reports nothing', async () => {
  const { wx } = await opened('pages/interview/index?id=12')
  assert.equal(wx.sent('POST', '/openings').length, 0)
})

test('an opening that cannot be reported does not disturb the page', async () => {
  const { phone } = await opened('pages/interview/index?id=12&d=foreign', { 'POST /openings': () => [404, {}] })
  assert.match(phone.text, /确认参加/)
})

test('a session that ran out is replaced once, and the call is repeated with the new one', async () => {
  let signIns = 0
  const { wx, phone } = await opened('pages/interview/index?id=12', {
    'POST /sessions': () => [201, session({ token: `session-${(signIns += 1)}` })],
    'GET /interviews/12': ({ header }) => (
      header.authorization === 'Bearer session-2' ? [200, interview()] : [401, { code: 'unauthorized', message: '' }]
    ),
  })
  assert.equal(wx.logins, 2)
  assert.match(phone.text, /后端工程师/)
})

test('a server that keeps answering 401 is not asked forever', async () => {
  const { wx, phone } = await opened('pages/interview/index?id=12', { 'GET /interviews/12': () => [401, { code: 'unauthorized' }] })
  assert.equal(wx.logins, 2)
  assert.equal(wx.sent('GET', '/interviews/12').length, 2)
  assert.match(phone.text, /登录已过期/)
})

test('a submission whose session ran out goes through with the same key', async () => {
  let refusals = 1
  const normal = api()
  const { wx, phone } = await opened('pages/cancel/index?id=12', {
    ...normal,
    'POST /interviews/12/cancellation': (call) => (
      refusals-- > 0 ? [401, { code: 'unauthorized' }] : normal['POST /interviews/12/cancellation'](call)
    ),
  })
  await phone.tap('chip', 0)
  await phone.tap('submit')
  const keys = wx.sent('POST', '/interviews/12/cancellation').map((request) => request.header['Idempotency-Key'])
  assert.equal(keys.length, 2)
  assert.equal(keys[0], keys[1])
  assert.match(phone.text, /已取消面试/)
})
