/** The recruiter's phone: the official account's alerts, WeChat's browser, 扫一扫. */

import { chatTime } from './clock.js';
import { changePerson } from './frame.js';
import { installMail } from './mail/index.js';
import { bootPhone, Phone } from './phone.js';
import { sandbox } from './sandbox.js';
import { installSms } from './sms/index.js';
import { officialAvatar } from './wechat/avatars.js';
import { officialScreen } from './wechat/notices.js';
import { scannerScreen } from './wechat/scanner.js';
import { accountRow, Tabs } from './wechat/tabs.js';
import { STAFF_TALKS } from './wechat/talks.js';
import { webviewScreen } from './wechat/webview.js';

class StaffPhone extends Phone {
  constructor(about) {
    super({ ...about, account: 'official' });
    this.tabs = new Tabs({
      phone: this,
      talks: STAFF_TALKS,
      accounts: () => this.accountRows(),
      onPerson: changePerson,
    });
    this.screens.push(this.tabs);
    this.inbox.addEventListener('arrival', ({ detail }) => this.announce(detail));
    installSms(this);
    installMail(this);
  }

  accountRows() {
    if (!this.person.follows && !this.inbox.cards.length) return [];
    const [last] = this.inbox.cards;
    return [
      accountRow({
        face: officialAvatar(),
        name: this.names.official,
        unread: this.unread,
        text: last ? `[通知] ${last.title}` : '感谢关注',
        time: last ? chatTime(last.received_at, { short: true }) : '',
        onOpen: () => this.openOfficial(),
      }),
    ];
  }

  openOfficial() {
    if (this.screens.list.length > 1) this.screens.home();
    this.screens.push(
      officialScreen({
        screens: this.screens,
        inbox: this.inbox,
        name: this.names.official,
        onOpen: (card) => this.openCard(card),
      }),
    );
  }

  announce(card) {
    if (this.screens.top.element.classList.contains('ph-page-cards')) return;
    this.banner.show({
      face: officialAvatar(),
      name: this.names.official,
      text: card.title,
      onOpen: () => this.openOfficial(),
    });
  }

  openCard(card) {
    if (!card.url) return;
    this.screens.push(
      webviewScreen({
        screens: this.screens,
        overlay: this.overlay,
        url: sandbox.webview(this.person.id, card.url),
        title: card.title,
      }),
    );
  }

  scan() {
    this.screens.push(
      scannerScreen({
        screens: this.screens,
        kinds: ['official_qrcode'],
        hint: '还没有二维码。在后台点「绑定微信」，二维码会出现在这里。',
        onScan: (code) => this.scanned(code),
      }),
    );
  }

  async scanned(code) {
    try {
      await sandbox.scan(this.person.id, { ticket: code.ticket });
      this.person.follows = true;
      this.openOfficial();
    } catch {
      this.overlay.toast({ title: '二维码已失效', icon: 'none' });
    }
  }
}

const TO_BIND = '先绑定：在后台点「绑定微信」，再点右上角 ⊕ →「扫一扫」。';
const ALREADY_BOUND = '微信已绑定：候选人一取消，提醒就发到这里。';
const THEN = ['点开公众号的提醒，再点卡片上的「查看详情」。', '点「确认取消」，候选人马上收到结果。'];

bootPhone('staff', (about) => {
  const phone = new StaffPhone(about);
  window.__phone.phone = phone;
  phone.start({
    heading: '招聘专员的手机',
    steps: [about.person.follows ? ALREADY_BOUND : TO_BIND, ...THEN],
    links: [{ text: '打开候选人的手机', href: '/phone/' }],
  });
});
