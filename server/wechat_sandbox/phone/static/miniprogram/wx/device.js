/** Device interfaces (小程序文档 · 系统信息、设备). */

import { appBaseInfo, capsulePlace, deviceInfo, windowInfo } from './device-info.js';
import { makeInterface } from './interface.js';

const SWITCHES = { bluetoothEnabled: false, locationEnabled: false, wifiEnabled: true };

/** What a mini-program may ask of the phone it runs on; calls and the calendar are only shown. */
export function deviceInterfaces({ phone }) {
  const systemInfo = () => ({ ...windowInfo(phone.size()), ...appBaseInfo(), ...deviceInfo(), ...SWITCHES });
  return {
    getWindowInfo: () => windowInfo(phone.size()),
    getAppBaseInfo: appBaseInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: systemInfo,
    getSystemInfo: makeInterface('getSystemInfo', systemInfo),
    getSystemInfoAsync: makeInterface('getSystemInfoAsync', systemInfo),
    getSystemSetting: () => ({ ...SWITCHES, deviceOrientation: 'portrait' }),
    getAppAuthorizeSetting: () => ({ notificationAuthorized: 'authorized', locationAuthorized: 'not determined' }),
    getMenuButtonBoundingClientRect: () => capsulePlace(phone.size()),
    vibrateShort: makeInterface('vibrateShort', () => {
      navigator.vibrate?.(15);
    }),
    vibrateLong: makeInterface('vibrateLong', () => {
      navigator.vibrate?.(400);
    }),
    setClipboardData: makeInterface('setClipboardData', async ({ data }) => {
      phone.clipboard = String(data);
      await navigator.clipboard?.writeText(phone.clipboard).catch(() => {});
      phone.overlay.toast({ title: '内容已复制', icon: 'none', duration: 1500 });
    }),
    getClipboardData: makeInterface('getClipboardData', () => ({ data: phone.clipboard ?? '' })),
    makePhoneCall: makeInterface('makePhoneCall', ({ phoneNumber }) => phone.overlay.call(String(phoneNumber ?? ''))),
    hideKeyboard: makeInterface('hideKeyboard', () => {
      document.activeElement?.blur();
    }),
    setKeepScreenOn: makeInterface('setKeepScreenOn', () => {}),
    addPhoneCalendar: makeInterface('addPhoneCalendar', ({ title }) => phone.overlay.calendar(String(title ?? ''))),
  };
}
