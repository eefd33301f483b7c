/** Sign-in, subscription messages, and what the user once allowed (小程序文档 · 开放接口). */

import { tapState } from '../tap-state.js';
import { makeInterface, Refusal } from './interface.js';

const MOST_TEMPLATES = 5;
const NO_TAP = 'can only be invoked by user TAP gesture.';

function keptChoices(program) {
  const key = `phone:${program.phone.person.id}:${program.appid}#subscriptions`;
  return {
    read: () => JSON.parse(localStorage.getItem(key) ?? '{}'),
    write: (choices) => localStorage.setItem(key, JSON.stringify(choices)),
  };
}

function checkTemplates(ids) {
  if (!Array.isArray(ids) || !ids.length) throw new Refusal("TmplIds can't be empty", { errCode: 10001 });
  if (ids.length > MOST_TEMPLATES)
    throw new Refusal(`Templates count out of max bound: ${MOST_TEMPLATES}`, { errCode: 20003 });
}

/** Ask with WeChat's own sheet; only inside a tap state. The sandbox remembers what was allowed. */
async function requestSubscribeMessage(program, kept, { tmplIds }, tapped) {
  const { phone } = program;
  if (!tapped) throw new Refusal(NO_TAP);
  checkTemplates(tmplIds);
  const templates = await phone.templates(tmplIds);
  const unknown = tmplIds.filter((id) => !templates[id]);
  if (unknown.length) throw new Refusal('No template data return, verify the template id exist', { errCode: 20001 });
  const before = kept.read();
  let choices = Object.fromEntries(tmplIds.map((id) => [id, before[id]]));
  if (tmplIds.some((id) => !before[id])) {
    const answer = await phone.overlay.subscribe({ name: program.name, templates: tmplIds.map((id) => templates[id]) });
    choices = answer.choices;
    if (answer.always) kept.write({ ...before, ...choices });
  }
  const { errMsg: _message, ...result } = await phone.sandbox.consent(phone.person.id, choices);
  return result;
}

function settingOf(kept, withSubscriptions) {
  const setting = { authSetting: {} };
  if (withSubscriptions) setting.subscriptionsSetting = { mainSwitch: true, itemSettings: kept.read() };
  return setting;
}

/** The account interfaces of one mini-program. */
export function accountInterfaces(program) {
  const { phone } = program;
  const kept = keptChoices(program);
  const subscribe = makeInterface('requestSubscribeMessage', (options) =>
    requestSubscribeMessage(program, kept, options, options.tapped),
  );
  return {
    login: makeInterface(
      'login',
      async () => ({ code: await phone.sandbox.loginCode(phone.person.id, program.appid) }),
      { promises: false },
    ),
    checkSession: makeInterface('checkSession', () => {}),
    // The tap state is that of the call, not of a later moment.
    requestSubscribeMessage: (options = {}) => subscribe({ ...options, tapped: tapState() !== null }),
    getSetting: makeInterface('getSetting', ({ withSubscriptions }) => settingOf(kept, withSubscriptions), {
      taps: 'kept',
    }),
    openSetting: makeInterface('openSetting', async ({ withSubscriptions }) => {
      const choices = await phone.overlay.subscriptionSettings({
        name: program.name,
        choices: kept.read(),
        templates: await phone.templates(Object.keys(kept.read())),
      });
      kept.write(choices);
      return settingOf(kept, withSubscriptions);
    }),
    getLaunchOptionsSync: () => program.launchOptions,
    getEnterOptionsSync: () => program.enterOptions,
    getAccountInfoSync: () => ({
      miniProgram: { appId: program.appid, envVersion: 'develop', version: '' },
      plugin: {},
    }),
    getPrivacySetting: makeInterface('getPrivacySetting', () => ({
      needAuthorization: false,
      privacyContractName: `《${program.name}小程序隐私保护指引》`,
    })),
    openPrivacyContract: makeInterface('openPrivacyContract', () =>
      phone.overlay.modal({
        title: `${program.name}小程序隐私保护指引`,
        content: '沙箱不提供正文；正式环境由微信展示。',
        showCancel: false,
      }),
    ),
    requirePrivacyAuthorize: makeInterface('requirePrivacyAuthorize', () => {}),
    onNeedPrivacyAuthorization: () => {},
    authorize: makeInterface('authorize', () => {}),
  };
}
