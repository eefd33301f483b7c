// What the API says, with sensible defaults; a test names only what it is about.
export const TEMPLATES = { interview_invitation: 'tpl-invitation', cancellation_result: 'tpl-cancelled' }

export const session = (over = {}) => ({
  token: 'session-1', expires_at: '2099-01-01T00:00:00Z', candidate: { name: '陈思远' }, interview_id: null,
  templates: TEMPLATES, ...over,
})

export const cancellation = (over = {}) => ({
  id: 5, number: 'QX-7K3M-9P2D', status: 'requested', status_text: '待招聘方确认', initiator: 'candidate',
  initiator_text: '候选人', reason: { code: 'time_conflict', label: '时间冲突' }, note: null,
  requested_at: '2024-03-14T07:02:00Z', confirmed_at: null, next_step: '招聘方确认后会通知您。',
  tell_by: '2024-03-14T08:02:00Z', ...over,
})

export const interview = (over = {}) => ({
  id: 12, number: 'AI-2024-03-15-001', status: 'invited', status_text: '待确认', company: '云杉科技',
  position: '后端工程师', department: '平台部', starts_at: '2024-03-15T06:00:00Z', ends_at: '2024-03-15T08:00:00Z',
  when_text: '3月15日 周五 14:00–16:00', contact: { name: '王晓燕', phone: '010-5555 0100', email: 'hr@example.com' },
  can_confirm: true, can_cancel: true, why_not: null, cancellation: null, ...over,
})

export const cancelled = (over = {}) => interview({
  status: 'cancelled', status_text: '已取消', can_confirm: false, can_cancel: false, why_not: '面试已经取消。',
  cancellation: cancellation(over),
})

export const notice = (over = {}) => ({
  id: 7, event: 'cancellation_confirmed', title: '面试取消通知', paragraphs: ['您好，您的面试已取消。', '欢迎再约。'],
  reason: '时间冲突', interview_id: 12, created_at: '2024-03-14T07:30:00Z', acknowledged_at: null,
  can_acknowledge: true, contact: interview().contact, ...over,
})

const reason = (code, label, over = {}) => ({ code, label, asks_note: false, offers_new_time: false, ...over })

export const reasons = { items: [
  reason('time_conflict', '时间冲突', { offers_new_time: true }), reason('new_job', '已找到其他工作'),
  reason('health', '身体不适'), reason('not_fit', '岗位不合适'), reason('far', '地点太远'),
  reason('personal', '个人原因'), reason('other', '其他', { asks_note: true }),
] }

/** A server with one invitation, on which the acts of the candidate have their effect. */
export function api(over = {}) {
  let current = interview()
  return {
    'POST /sessions': () => [201, session()],
    'GET /interviews': () => [200, { items: [current] }],
    'GET /interviews/12': () => [200, current],
    'GET /reasons': reasons,
    'GET /notices': { items: [notice()] },
    'GET /notices/7': notice(),
    'POST /notices/7/acknowledgement': notice({ acknowledged_at: '2024-03-14T07:40:00Z', can_acknowledge: false }),
    'POST /interviews/12/confirmation': () => {
      current = interview({ status: 'confirmed', status_text: '已确认', can_confirm: false })
      return [200, current]
    },
    'POST /interviews/12/cancellation': ({ data }) => {
      const chosen = reasons.items.find((item) => item.code === data.reason)
      current = cancelled({ reason: { code: chosen.code, label: chosen.label }, note: data.note ?? null })
      return [201, current]
    },
    'POST /subscriptions': () => [204, ''],
    'POST /openings': { notice_id: 7, interview_id: 12, event: 'invitation' },
    ...over,
  }
}
