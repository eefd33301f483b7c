/** The candidate's phone: 服务通知, the mini-program, 扫一扫. */

import { chatTime } from './clock.js';
import { animate } from './dom.js';
import { changePerson } from './frame.js';
import { installMail } from './mail/index.js';
import { splitUrl } from './miniprogram/paths.js';
import { MiniProgram } from './miniprogram/program.js';
import { loadSource } from './miniprogram/source.js';
import { bootPhone, Phone } from './phone.js';
import { recordError, recordMissing } from './record.js';
import { sandbox } from './sandbox.js';
import { SCENES } from './settings.js';
import { installSms } from './sms/index.js';
import { noticeAvatar, officialAvatar } from './wechat/avatars.js';
import { noticeScreen } from './wechat/notices.js';
import { scannerScreen } from './wechat/scanner.js';
import { accountRow, openTalk, Tabs } from './wechat/tabs.js';
import { CANDIDATE_TALKS } from './wechat/talks.js';

const UP = [{ transform: 'translateY(100%)' }, { transform: 'none' }];
const DOWN = [{ transform: 'none' }, { transform: 'translateY(100%)' }];

class CandidatePhone extends Phone {
  constructor(about) {
    super({ ...about, account: 'miniprogram' });
    this.allTemplates = about.templates;
    this.program = null;
    this.tabs = new Tabs({
      phone: this,
      talks: CANDIDATE_TALKS,
      accounts: () => this.accountRows(),
      onPerson: changePerson,
    });
    this.screens.push(this.tabs);
    this.inbox.addEventListener('arrival', ({ detail }) => this.announce(detail));
    installSms(this);
    installMail(this);
  }

  accountRows() {
    const [last] = this.inbox.cards;
    const notices = accountRow({
      face: noticeAvatar(),
      name: '服务通知',
      unread: this.unread,
      text: last ? `${this.names.miniProgram}：${last.title}` : '暂无新通知',
      time: last ? chatTime(last.received_at, { short: true }) : '',
      onOpen: () => this.openNotices(),
    });
    const talk = {
      face: officialAvatar(),
      name: this.names.official,
      text: '欢迎关注，面试安排会通过服务通知发给你',
      time: '星期一',
    };
    return [notices, accountRow({ ...talk, onOpen: () => openTalk(this.screens, talk) })];
  }

  openNotices() {
    if (this.screens.list.length > 1) this.screens.home();
    this.screens.push(
      noticeScreen({
        screens: this.screens,
        inbox: this.inbox,
        name: this.names.miniProgram,
        onOpen: (card) => this.openCard(card),
      }),
    );
  }

  announce(card) {
    const reading =
      this.screens.list.some((screen) => screen.element.classList.contains('ph-page-cards')) && !this.program?.visible;
    if (reading) return;
    this.banner.show({
      face: noticeAvatar(),
      name: '服务通知',
      text: `${this.names.miniProgram}：${card.title}`,
      onOpen: () => {
        this.leave();
        this.openNotices();
      },
    });
  }

  openCard(card) {
    const { path, query } = splitUrl(card.page);
    this.openProgram({ path, query, scene: SCENES.notice });
  }

  scan() {
    this.screens.push(
      scannerScreen({
        screens: this.screens,
        kinds: ['wxacode', 'official_qrcode'],
        hint: '还没有码。在后台生成面试的小程序码后，会出现在这里。',
        onScan: (code) => this.scanned(code),
      }),
    );
  }

  async scanned(code) {
    if (code.kind === 'official_qrcode') {
      await sandbox.scan(this.person.id, { ticket: code.ticket });
      this.screens.pop();
      return;
    }
    const { page, scene } = await sandbox.scan(this.person.id, { wxacode_scene: code.scene });
    this.screens.pop();
    this.openProgram({
      path: page ? splitUrl(page).path : undefined,
      query: { scene: encodeURIComponent(scene) },
      scene: SCENES.miniProgramCode,
    });
  }

  /** Open the mini-program at a page, or as it was left. */
  async openProgram({ path, query, scene = SCENES.chatList }) {
    try {
      this.starting ??= this.loadProgram();
      const program = await this.starting;
      const wasVisible = program.visible;
      program.element.hidden = false;
      program.element.inert = false;
      program.visible = true;
      this.screens.covered = true;
      this.screen.classList.add('ph-in-program');
      program.open({ path, query, scene });
      if (!wasVisible) animate(program.element, UP, 280);
    } catch (error) {
      recordError(error, 'mini-program');
      this.overlay.modal({ title: '小程序打不开', content: error.message, showCancel: false, confirmText: '知道了' });
    }
  }

  async loadProgram() {
    this.overlay.toast({ title: '正在打开', icon: 'loading', duration: 0, mask: true });
    try {
      const program = new MiniProgram(this, await loadSource());
      await program.load();
      this.program = program;
      this.screen.insertBefore(program.element, this.banner.element);
      return program;
    } catch (error) {
      this.starting = null;
      throw error;
    } finally {
      this.overlay.hideToast();
    }
  }

  /** Back to WeChat; the mini-program goes to the background. */
  leave() {
    const { program } = this;
    if (!program?.visible) return;
    program.visible = false;
    this.screens.covered = false;
    program.element.inert = true;
    this.overlay.hideToast();
    this.screen.classList.remove('ph-in-program');
    program.hide();
    animate(program.element, DOWN, 240).then(() => {
      program.element.hidden = !program.visible;
    });
    this.screens.top.shown?.();
  }

  /** The templates with these ids, as id → {id, title, fields}. */
  templates(ids) {
    return Object.fromEntries(ids.filter((id) => this.allTemplates[id]).map((id) => [id, this.allTemplates[id]]));
  }

  /** `open-type` of a button. */
  openType(type, program) {
    if (type === 'contact') this.overlay.toast({ title: '客服会话请在真机上使用', icon: 'none' });
    else if (type === 'openSetting') program.wx.openSetting({});
    else if (type !== 'agreePrivacyAuthorization') recordMissing(`button open-type="${type}"`);
  }
}

bootPhone('candidate', (about) => {
  const phone = new CandidatePhone(about);
  window.__phone.phone = phone;
  phone.start({
    heading: '候选人的手机',
    steps: [
      '点「服务通知」，再点面试卡片，进入小程序。',
      '点「取消面试」，选一个原因，再确认。',
      '微信询问时点「允许」，结果会发回服务通知。',
    ],
    links: [{ text: '打开招聘专员的手机', href: '/phone/hr' }],
  });
});
