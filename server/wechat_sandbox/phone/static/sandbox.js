/** The sandbox's control endpoints, as the phone uses them. */

export class SandboxError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    cache: 'no-store',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new SandboxError(response.status, answer?.error ?? response.statusText);
  return answer;
}

const of = (person) => `/sandbox/people/${encodeURIComponent(person)}`;

export const sandbox = {
  people: async () => (await call('GET', '/sandbox/people')).items,
  accounts: () => call('GET', '/phone/accounts.json'),
  inbox: (person) => call('GET', `${of(person)}/inbox`),
  read: (person, card) => call('POST', `${of(person)}/inbox/${encodeURIComponent(card)}/read`),
  codes: async () => (await call('GET', '/sandbox/codes')).items,
  scan: (person, code) => call('POST', `${of(person)}/scans`, code),
  loginCode: async (person, appid) => (await call('POST', `${of(person)}/login-code`, { appid })).code,
  consent: (person, choices) => call('POST', `${of(person)}/consents`, { choices }),
  sms: (person) => call('GET', `${of(person)}/sms`),
  readSms: (person, sms) => call('POST', `${of(person)}/sms/${encodeURIComponent(sms)}/read`),
  mail: (person) => call('GET', `${of(person)}/mail`),
  readMail: (person, mail) => call('POST', `${of(person)}/mail/${encodeURIComponent(mail)}/read`),
  addToCalendar: (person, mail) => call('POST', `${of(person)}/mail/${encodeURIComponent(mail)}/calendar`),
  webview: (person, url) => `${of(person)}/webview?url=${encodeURIComponent(url)}`,
};
