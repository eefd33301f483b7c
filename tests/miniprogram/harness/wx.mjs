// The boundary: what WeChat's client and the network answer. Nothing of the mini-program itself is faked.

/** Answers to wx.request by "METHOD /path"; a value is a body, a function gets the call and gives [status, body]. */
export class Wx {
  constructor(answers = {}) {
    this.answers = answers
    /** Every request as it went out: {method, path, data, header}. */
    this.requests = []
    this.logins = 0
    /** What the consent sheet was asked for, and whether WeChat would have shown it. */
    this.sheets = []
    this.choice = 'accept'
    this.copied = []
    this.called = []
    this.tapping = false
    this.held = null
    this.api = this.#client()
  }

  /** Runs with the tap state on; it lasts for synchronous work and travels into answers of wx.request. */
  inTap(work, on = true) {
    const before = this.tapping
    this.tapping = on
    try {
      work()
    } finally {
      this.tapping = before
    }
  }

  sent(method, path) {
    return this.requests.filter((request) => request.method === method && request.path === path)
  }

  /** From now on answers wait, until the function it returns is called. */
  hold() {
    const waiting = []
    this.held = waiting
    return () => {
      this.held = null
      waiting.forEach((answer) => answer())
    }
  }

  #client() {
    return {
      login: ({ success }) => {
        this.logins += 1
        const code = `code-${this.logins}`
        setImmediate(() => success({ code, errMsg: 'login:ok' }))
      },
      request: (options) => this.#request(options),
      requestSubscribeMessage: ({ tmplIds, success, fail, complete }) => {
        const shown = this.tapping
        this.sheets.push({ tmplIds, shown })
        const errMsg = `requestSubscribeMessage:${shown ? 'ok' : 'fail can only be invoked by user TAP gesture.'}`
        const answer = shown ? Object.fromEntries(tmplIds.map((id) => [id, this.choice])) : { errCode: 20 }
        setImmediate(() => {
          ;(shown ? success : fail)?.({ ...answer, errMsg })
          complete?.({ ...answer, errMsg })
        })
      },
      getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1014 }),
      setClipboardData: ({ data }) => this.copied.push(data),
      makePhoneCall: ({ phoneNumber }) => this.called.push(phoneNumber),
    }
  }

  #request({ url, method = 'GET', data, header, success, fail }) {
    const path = new URL(url).pathname.replace('/api/v1', '')
    const call = { method, path, data, header }
    this.requests.push(call)
    const tapping = this.tapping
    const answer = () => this.inTap(() => {
      const planned = this.answers[`${method} ${path}`]
      const [status, body] = typeof planned === 'function' ? planned(call)
        : planned === undefined ? [404, { code: 'not_found', message: '没有找到' }] : [200, planned]
      if (status === 0) fail?.({ errMsg: `request:fail ${body ?? 'net::ERR_INTERNET_DISCONNECTED'}` })
      else success?.({ statusCode: status, data: structuredClone(body), header: {} })
    }, tapping)
    if (this.held) this.held.push(answer)
    else setImmediate(answer)
  }
}
