/** What the mini-program may know about the device. */

const SDK_VERSION = '3.17.0';
const WECHAT_VERSION = '8.0.62';
const CAPSULE = { width: 87, height: 32, right: 7, gap: 6 };

/** Sizes in px, from the phone's own `size()` (小程序文档 · wx.getWindowInfo). */
export function windowInfo({ width, height, statusBar, navigationBar, safeBottom }) {
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: width,
    screenHeight: height,
    windowWidth: width,
    windowHeight: height - statusBar - navigationBar,
    statusBarHeight: statusBar,
    screenTop: statusBar + navigationBar,
    safeArea: {
      left: 0,
      right: width,
      top: statusBar,
      bottom: height - safeBottom,
      width,
      height: height - statusBar - safeBottom,
    },
  };
}

/** WeChat itself (小程序文档 · wx.getAppBaseInfo). */
export function appBaseInfo() {
  return {
    SDKVersion: SDK_VERSION,
    version: WECHAT_VERSION,
    language: 'zh_CN',
    enableDebug: false,
    theme: 'light',
    fontSizeSetting: 16,
    fontSizeScaleFactor: 1,
    host: { env: 'WeChat' },
  };
}

/** The machine; a mini-program must not behave differently here, so it says what it is. */
export function deviceInfo() {
  return {
    brand: 'devtools',
    model: 'sandbox phone',
    platform: 'devtools',
    system: 'iOS 18.0',
    benchmarkLevel: -1,
    abi: '',
    memorySize: 4096,
  };
}

/** Where the capsule is (小程序文档 · wx.getMenuButtonBoundingClientRect). */
export function capsulePlace({ width, statusBar }) {
  const left = width - CAPSULE.right - CAPSULE.width;
  const top = statusBar + CAPSULE.gap;
  return {
    width: CAPSULE.width,
    height: CAPSULE.height,
    left,
    right: left + CAPSULE.width,
    top,
    bottom: top + CAPSULE.height,
  };
}
