/** What the mini-program may know about the device, and the few things it may ask of it. */

import { makeInterface } from './interface.js';

const SDK_VERSION = '3.17.0';
const WECHAT_VERSION = '8.0.62';
const CAPSULE = { width: 87, height: 32, right: 7, gap: 6 };

/** Device interfaces (小程序文档 · 系统信息、设备). */
export function deviceInterfaces(program) {
  const { phone } = program;
  const size = () => phone.size();
  const windowInfo = () => {
    const { width, height, statusBar, navigationBar, safeBottom } = size();
    return {
      pixelRatio: devicePixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: width,
      windowHeight: height - statusBar - navigationBar,
      statusBarHeight: statusBar,
      screenTop: statusBar + navigationBar,
      safeArea: { left: 0, right: width, top: statusBar, bottom: height - safeBottom, width, height: height - statusBar - safeBottom },
    };
  };
  const appBaseInfo = () => ({
    SDKVersion: SDK_VERSION, version: WECHAT_VERSION, language: 'zh_CN', enableDebug: false, theme: 'light', fontSizeSetting: 16, fontSizeScaleFactor: 1, host: { env: 'WeChat' },
  });
  const deviceInfo = () => ({ brand: 'devtools', model: 'sandbox phone', platform: 'devtools', system: 'iOS 18.0', benchmarkLevel: -1, abi: '', memorySize: 4096 });
  const systemInfo = () => ({ ...windowInfo(), ...appBaseInfo(), ...deviceInfo(), locationEnabled: false, wifiEnabled: true, bluetoothEnabled: false });
  const setting = () => ({ bluetoothEnabled: false, locationEnabled: false, wifiEnabled: true, deviceOrientation: 'portrait' });
  const menuRect = () => {
    const { width, statusBar } = size();
    const left = width - CAPSULE.right - CAPSULE.width;
    const top = statusBar + CAPSULE.gap;
    return { width: CAPSULE.width, height: CAPSULE.height, left, right: left + CAPSULE.width, top, bottom: top + CAPSULE.height };
  };
  return {
    getWindowInfo: windowInfo,
    getAppBaseInfo: appBaseInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: systemInfo,
    getSystemInfo: makeInterface('getSystemInfo', systemInfo),
    getSystemInfoAsync: makeInterface('getSystemInfoAsync', systemInfo),
    getSystemSetting: setting,
    getAppAuthorizeSetting: () => ({ notificationAuthorized: 'authorized', locationAuthorized: 'not determined' }),
    getMenuButtonBoundingClientRect: menuRect,
    vibrateShort: makeInterface('vibrateShort', () => { navigator.vibrate?.(15); }),
    vibrateLong: makeInterface('vibrateLong', () => { navigator.vibrate?.(400); }),
    setClipboardData: makeInterface('setClipboardData', async ({ data }) => {
      phone.clipboard = String(data);
      await navigator.clipboard?.writeText(phone.clipboard).catch(() => {});
      phone.overlay.toast({ title: '内容已复制', icon: 'none', duration: 1500 });
    }),
    getClipboardData: makeInterface('getClipboardData', () => ({ data: phone.clipboard ?? '' })),
    makePhoneCall: makeInterface('makePhoneCall', ({ phoneNumber }) => phone.overlay.call(String(phoneNumber ?? ''))),
    hideKeyboard: makeInterface('hideKeyboard', () => { document.activeElement?.blur(); }),
    setKeepScreenOn: makeInterface('setKeepScreenOn', () => {}),
    addPhoneCalendar: makeInterface('addPhoneCalendar', ({ title }) => phone.overlay.calendar(String(title ?? ''))),
  };
}
