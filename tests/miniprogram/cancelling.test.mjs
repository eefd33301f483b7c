// From the opened card to done: taps, the reason, one submission, and a network that comes and goes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api, cancelled, interview } from './harness/answers.mjs'
import { Phone } from './harness/phone.mjs'
import { Wx } from './harness/wx.mjs'

const CANCEL = '/interviews/12/cancellation'

async function opened(url, over) {
  const wx = new Wx(api(over))
  const phone = new Phone(wx)
  await phone.open(url)
  return { wx, phone }
}

test('an opened invitation card is cancelled in exactly three taps', async () => {
  const { wx, phone } = await opened('pages/interview/index?id=12&d=token-of-the-card')
  await phone.tap('cancel')
  await phone.tap('chip', 0)
  await phone.tap('submit')
  assert.equal(phone.taps, 3)
  assert.equal(phone.path, 'pages/result/index?id=12')
  assert.match(phone.text, /已取消面试/)
  assert.match(phone.text, /QX-7K3M-9P2D/)
  assert.match(phone.text, /时间冲突/)
  assert.deepEqual(wx.sent('POST', CANCEL)[0].data, { reason: 'time_conflict' })
})

test('a link straight to the cancel page needs two taps', async () => {
  const { phone } = await opened('pages/cancel/index?id=12')
  await phone.tap('chip', 1)
  await phone.tap('submit')
  assert.equal(phone.taps, 2)
  assert.match(phone.text, /已取消面试/)
})

test('the page says what is cancelled and its buttons say the act', async () => {
  const { phone } = await opened('pages/cancel/index?id=12')
  assert.match(phone.text, /后端工程师/)
  assert.match(phone.text, /3月15日 周五 14:00–16:00/)
  assert.match(phone.text, /确认取消面试/)
  assert.match(phone.text, /保留面试/)
})

test('nothing is sent before a reason is chosen', async () => {
  const { wx, phone } = await opened('pages/cancel/index?id=12')
  await phone.tap('submit')
  phone.page.submit()
  await phone.settle()
  assert.equal(wx.sent('POST', CANCEL).length, 0)
  assert.equal(phone.find('chosen').length, 0)
})

test('only 其他 shows a note, and the note may stay empty', async () => {
  const { wx, phone } = await opened('pages/cancel/index?id=12')
  await phone.tap('chip', 0)
  assert.equal(phone.find('note').length, 0)
  await phone.tap('chip', 6)
  assert.equal(phone.find('note').length, 1)
  await phone.tap('submit')
  assert.deepEqual(wx.sent('POST', CANCEL)[0].data, { reason: 'other' })
})

test('a note that was written goes along, trimmed', async () => {
  const { wx, phone } = await opened('pages/cancel/index?id=12')
  await phone.tap('chip', 6)
  await phone.type('note', ' 家里有事 ')
  await phone.tap('submit')
  assert.deepEqual(wx.sent('POST', CANCEL)[0].data, { reason: 'other', note: '家里有事' })
})

test('a double tap sends once', async () => {
  const { wx, phone } = await opened('pages/cancel/index?id=12')
  await phone.tap('chip', 0)
  const release = wx.hold()
  const button = phone.find('submit')[0]
  phone.touch('submit')
  phone.page.submit()
  await phone.settle()
  assert.equal(button.data.disabled, true)
  release()
  await phone.settle()
  assert.equal(wx.sent('POST', CANCEL).length, 1)
})

test('a network failure keeps the choice, and the retry carries the same key', async () => {
  const normal = api()
  let failures = 2
  const { wx, phone } = await opened('pages/cancel/index?id=12', {
    ...normal,
    [`POST ${CANCEL}`]: (call) => (failures-- > 0 ? [0, 'timeout'] : normal[`POST ${CANCEL}`](call)),
  })
  await phone.tap('chip', 2)
  await phone.tap('submit')
  assert.match(phone.text, /您选的原因还在/)
  assert.match(phone.text, /重试，确认取消面试/)
  assert.equal(phone.find('chosen').length, 1)
  await phone.tap('submit')
  await phone.tap('submit')
  const sent = wx.sent('POST', CANCEL)
  assert.equal(sent.length, 3)
  assert.equal(new Set(sent.map((request) => request.header['Idempotency-Key'])).size, 1)
  assert.match(sent[0].header['Idempotency-Key'], /^[\w-]{8,64}$/)
  assert.match(phone.text, /已取消面试/)
})

test('another reason after a failure is another submission with its own key', async () => {
  const { wx, phone } = await opened('pages/cancel/index?id=12', { [`POST ${CANCEL}`]: () => [503, { code: 'busy' }] })
  await phone.tap('chip', 0)
  await phone.tap('submit')
  await phone.tap('chip', 1)
  await phone.tap('submit')
  const keys = wx.sent('POST', CANCEL).map((request) => request.header['Idempotency-Key'])
  assert.notEqual(keys[0], keys[1])
})

test('a refusal in words leads to the true state', async () => {
  const { phone, wx } = await opened('pages/cancel/index?id=12')
  wx.answers[`POST ${CANCEL}`] = () => [409, { code: 'invalid_transition', message: '面试已经取消。' }]
  wx.answers['GET /interviews/12'] = cancelled({ initiator: 'staff' })
  await phone.tap('chip', 0)
  await phone.tap('submit')
  assert.match(phone.text, /招聘方取消了这场面试/)
  assert.match(phone.text, /查看取消详情/)
  assert.equal(phone.find('submit').length, 0)
})

test('an interview that cannot be cancelled says why instead of asking for a reason', async () => {
  const { phone } = await opened('pages/cancel/index?id=12', {
    'GET /interviews/12': interview({ can_cancel: false, why_not: '您已提交这场 AI 面试，不能再取消。' }),
  })
  assert.match(phone.text, /这场面试不能取消了您已提交这场 AI 面试，不能再取消。/)
  assert.equal(phone.find('chip').length + phone.find('submit').length, 0)
})

test('the outcome message is asked for inside the submitting tap, and a refusal leads on just the same', async () => {
  for (const choice of ['accept', 'reject']) {
    const { wx, phone } = await opened('pages/cancel/index?id=12')
    wx.choice = choice
    await phone.tap('chip', 0)
    await phone.tap('submit')
    assert.deepEqual(wx.sheets, [{ tmplIds: ['tpl-cancelled'], shown: true }])
    assert.deepEqual(wx.sent('POST', '/subscriptions')[0].data, { results: { 'tpl-cancelled': choice } })
    assert.equal(phone.path, 'pages/result/index?id=12')
  }
})

test('保留面试 goes back to where the candidate came from, or to the invitation', async () => {
  const { wx, phone } = await opened('pages/interview/index?id=12')
  await phone.tap('cancel')
  await phone.tap('keep')
  assert.equal(phone.path, 'pages/interview/index?id=12')
  await phone.open('pages/cancel/index?id=12')
  await phone.tap('keep')
  assert.equal(phone.path, 'pages/interview/index?id=12')
  assert.equal(wx.sent('POST', CANCEL).length, 0)
})
