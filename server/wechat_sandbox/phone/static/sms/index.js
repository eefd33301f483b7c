/** The phone's SMS program: its place among the apps, its banner, its screens, where its links lead. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { REQUEST_DOMAINS, SCENES } from '../settings.js';
import { webviewScreen } from '../wechat/webview.js';
import { Messages } from './messages.js';
import { talkScreen, talksScreen } from './screens.js';

const TINT = '#2FB344';
const LOOPBACK = ['localhost', '127.0.0.1'];

const face = () => h('span.ph-avatar', { style: `background:${TINT}`, 'aria-hidden': 'true', html: icon('sms') });

/** Where an address leads here: the sandbox answers for the company's domain, as it does for wx.request. */
function resolved(url) {
  const { origin, pathname, search } = new URL(url);
  return origin in REQUEST_DOMAINS ? `${REQUEST_DOMAINS[origin]}${pathname}${search}` : url;
}

/** Open what was tapped: WeChat's own scheme in the mini-program, an address in the phone's browser. */
function openLink(phone, url) {
  const target = new URL(url);
  if (target.protocol === 'weixin:') {
    // Source: 小程序文档 · 获取 URL Scheme（明文 URL Scheme）.
    const query = Object.fromEntries(new URLSearchParams(target.searchParams.get('query') ?? ''));
    phone.openProgram?.({ path: target.searchParams.get('path') ?? undefined, query, scene: SCENES.urlScheme });
    return;
  }
  const address = resolved(url);
  const ours = address !== url || LOOPBACK.includes(target.hostname);
  const { screens, overlay } = phone;
  // Only what this machine serves may be framed; everything else is the browser's own affair.
  if (ours) screens.push(webviewScreen({ screens, overlay, url: address, title: target.host }));
  else window.open(url, '_blank', 'noopener');
}

/** Give a phone whose owner has a number its SMS program. */
export function installSms(phone) {
  if (!phone.person.mobile) return;
  const { screens } = phone;
  const messages = new Messages(phone.person);
  const taps = { onLink: (url) => openLink(phone, url), onCall: (number) => phone.overlay.call(number) };

  const openTalk = (sender) => screens.push(talkScreen({ screens, messages, sender, taps }));
  const openTalks = () => {
    phone.leave?.();
    screens.home();
    screens.push(talksScreen({ screens, messages, onOpen: openTalk }));
  };

  phone.apps.push({ name: '短信', drawing: 'sms', tint: TINT, unread: () => messages.unread, open: openTalks });
  messages.addEventListener('change', () => phone.refresh());
  messages.addEventListener('arrival', ({ detail }) => {
    if (screens.top.sender === detail.sender && !screens.covered) return;
    phone.banner.show({
      face: face(),
      name: detail.sender,
      text: detail.text,
      onOpen: () => {
        openTalks();
        openTalk(detail.sender);
      },
    });
  });
  messages.start();
}
