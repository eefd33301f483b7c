// The invitation in every state, the answer "I come", and the words for an invitation that is not yours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api, cancellation, cancelled, interview, notice, session } from './harness/answers.mjs'
import { Phone } from './harness/phone.mjs'
import { Wx } from './harness/wx.mjs'

async function opened(url, over) {
  const wx = new Wx(api(over))
  const phone = new Phone(wx)
  await phone.open(url)
  return { wx, phone }
}

const PAGE = 'pages/interview/index?id=12'
const showing = (answer) => opened(PAGE, { 'GET /interviews/12': answer })
const closed = { can_confirm: false, can_cancel: false }

test('an invitation shows what, when, whose, and both answers', async () => {
  const { phone } = await showing(interview())
  for (const words of ['后端工程师', '云杉科技', '3月15日 周五 14:00–16:00', 'AI-2024-03-15-001', '王晓燕',
    '确认参加', '无法参加，取消面试']) assert.ok(phone.text.includes(words), words)
  assert.equal(phone.find('primary').length, 1)
})

test('an outline is on screen before the first answer', async () => {
  const wx = new Wx(api())
  const phone = new Phone(wx)
  wx.hold()
  await phone.open(PAGE)
  assert.equal(phone.find('skeleton').length, 1)
})

const states = [
  ['confirmed', { status: 'confirmed', status_text: '已确认', can_confirm: false }, /已确认参加/, 0, 1],
  ['completed', { status: 'completed', status_text: '已完成', ...closed }, /面试已完成/, 0, 0],
  ['no_show', { status: 'no_show', status_text: '未参加', ...closed }, /面试时间已过/, 0, 0],
  ['submitted', { status: 'confirmed', status_text: '已确认', ...closed, why_not: '答题已提交，不能取消。' }, /答题已提交，不能取消。/, 0, 0],
  ['restored', { cancellation: cancellation({ status: 'restored' }) }, /面试已为您保留/, 1, 1],
]
for (const [name, over, words, confirms, cancels] of states) {
  test(`an interview that is ${name} says so and offers only what is possible`, async () => {
    const { phone } = await showing(interview(over))
    assert.match(phone.text, words)
    assert.equal(phone.find('confirm').length, confirms)
    assert.equal(phone.find('cancel').length, cancels)
  })
}

for (const [initiator, words] of [['candidate', /您已取消这场面试/], ['staff', /招聘方取消了这场面试/],
  ['rule', /已自动取消/], ['incident', /因系统故障/]]) {
  test(`an interview cancelled by ${initiator} says by whom and why, and leads to the details`, async () => {
    const { phone } = await showing(cancelled({ initiator }))
    assert.match(phone.text, words)
    assert.match(phone.text, /时间冲突/)
    await phone.tap('quiet-fill')
    assert.equal(phone.path, 'pages/result/index?id=12')
  })
}

test('confirming is one tap, which also asks for the reminder', async () => {
  const { wx, phone } = await opened(PAGE)
  await phone.tap('confirm')
  assert.match(phone.text, /已确认参加/)
  assert.deepEqual(wx.sheets, [{ tmplIds: ['tpl-invitation', 'tpl-cancelled'], shown: true }])
  assert.deepEqual(wx.sent('POST', '/subscriptions')[0].data.results, { 'tpl-invitation': 'accept', 'tpl-cancelled': 'accept' })
})

test('a confirmation that did not get through says so and can be tapped again', async () => {
  const { wx, phone } = await opened(PAGE)
  const works = wx.answers['POST /interviews/12/confirmation']
  wx.answers['POST /interviews/12/confirmation'] = () => [0]
  await phone.tap('confirm')
  assert.match(phone.text, /网络没连上/)
  wx.answers['POST /interviews/12/confirmation'] = works
  await phone.tap('confirm')
  assert.match(phone.text, /已确认参加/)
})

test('coming back from another page shows the state of now', async () => {
  const { wx, phone } = await opened(PAGE)
  await phone.tap('cancel')
  wx.answers['GET /interviews/12'] = cancelled({ initiator: 'staff' })
  await phone.tap('keep')
  assert.match(phone.text, /招聘方取消了这场面试/)
})

for (const query of ['invite=AbCdEfGhIjKlMnOpQr-_Uv', 'scene=AbCdEfGhIjKlMnOpQr%2D_Uv']) {
  test(`a first contact by ${query.split('=')[0]} presents the invite at sign-in and shows its interview`, async () => {
    const { wx, phone } = await opened(`pages/interview/index?${query}`, {
      'POST /sessions': () => [201, session({ interview_id: 12 })],
    })
    assert.deepEqual(wx.sent('POST', '/sessions')[0].data, { code: 'code-1', invite: 'AbCdEfGhIjKlMnOpQr-_Uv' })
    assert.match(phone.text, /后端工程师/)
  })
}

test('somebody else’s invitation is explained in words', async () => {
  const refusal = () => [409, { code: 'invite_taken', message: 'taken' }]
  const { phone } = await opened('pages/interview/index?invite=AbCdEfGhIjKlMnOpQrStUv', { 'POST /sessions': refusal })
  assert.match(phone.text, /该邀请已被其他微信绑定/)
  assert.equal(phone.find('confirm').length, 0)
})

test('a mangled code does not break the page', async () => {
  const refusal = () => [404, { code: 'invite_unknown', message: 'unknown' }]
  const { phone } = await opened('pages/interview/index?scene=%E4%A', { 'POST /sessions': refusal })
  assert.match(phone.text, /邀请链接打不开/)
})

test('an unknown invitation is explained in words', async () => {
  const refusal = () => [404, { code: 'invite_unknown', message: 'unknown' }]
  const { phone } = await opened('pages/interview/index?invite=AbCdEfGhIjKlMnOpQrStUv', { 'POST /sessions': refusal })
  assert.match(phone.text, /邀请链接打不开/)
})

test('a WeChat bound to nobody is told how to begin', async () => {
  const refusal = () => [403, { code: 'not_bound', message: '请先打开面试邀请' }]
  const { phone } = await opened(PAGE, { 'GET /interviews/12': refusal, 'GET /interviews': refusal, 'GET /notices': refusal })
  assert.match(phone.text, /这个微信还没有关联邀请/)
  await phone.open('pages/home/index')
  assert.match(phone.text, /没有面试邀请/)
})

test('a foreign interview is not found, in words', async () => {
  const { phone } = await opened('pages/interview/index?id=99')
  assert.match(phone.text, /可能不属于当前微信/)
})

test('a page that could not load offers a retry that works', async () => {
  const { wx, phone } = await opened(PAGE, { 'GET /interviews/12': () => [500, '<html>'] })
  assert.match(phone.text, /服务暂时繁忙/)
  wx.answers['GET /interviews/12'] = interview()
  await phone.tap('quiet-fill')
  assert.match(phone.text, /后端工程师/)
})

test('the list shows interviews and notices, and says when there is nothing', async () => {
  const { wx, phone } = await opened('pages/home/index')
  assert.match(phone.text, /后端工程师/)
  assert.match(phone.text, /面试取消通知/)
  await phone.tap('line')
  assert.equal(phone.path, 'pages/notice/index?id=7')
  Object.assign(wx.answers, { 'GET /interviews': { items: [] }, 'GET /notices': { items: [notice()].slice(1) } })
  await phone.open('pages/home/index')
  assert.match(phone.text, /没有面试邀请/)
})

test('a card in the list leads to its interview', async () => {
  const { phone } = await opened('pages/home/index')
  await phone.tap('card')
  assert.equal(phone.path, PAGE)
})
