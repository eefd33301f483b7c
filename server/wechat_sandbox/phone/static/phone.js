/** What both phones have: screen, WeChat's screens, overlay, banner, inbox. */

import { h } from './dom.js';
import { chosenPerson, device, failure, panel } from './frame.js';
import { Home } from './home.js';
import { Inbox } from './inbox.js';
import { countTaps, record, recordError } from './record.js';
import { sandbox } from './sandbox.js';
import { Banner } from './wechat/banner.js';
import { Overlay } from './wechat/overlay.js';
import { Screens } from './wechat/screens.js';

const STATUS_BAR = 44;
const NAVIGATION_BAR = 44;

export class Phone {
  /** `account` is whose cards come in: miniprogram or official. */
  constructor({ person, people, names, account }) {
    Object.assign(this, { person, people, names, sandbox });
    /** What the phone has beside WeChat: `{name, drawing, tint, unread(), open()}`. */
    this.apps = [];
    this.inbox = new Inbox(person, account);
    this.overlay = new Overlay();
    this.screens = new Screens();
    this.banner = new Banner();
    const { screen, element } = device(this.screens.element, this.banner.element, this.overlay.element);
    this.screen = screen;
    this.element = element;
    this.home = new Home(this);
    screen.append(this.home.element, this.home.bar);
    countTaps(screen);
  }

  get unread() {
    return this.inbox.unread;
  }

  /** Sizes in px, as `wx.getWindowInfo` reports them. */
  size() {
    const { clientWidth: width, clientHeight: height } = this.screen;
    const framed = this.screen.querySelector('.ph-status').offsetHeight > 0;
    return {
      width,
      height,
      statusBar: framed ? STATUS_BAR : 0,
      navigationBar: NAVIGATION_BAR,
      safeBottom: framed ? 34 : 0,
    };
  }

  /** Show the phone with its panel and start listening. */
  start(about) {
    document.title = `${this.person.name}的微信`;
    const { person, people, home } = this;
    document.body.replaceChildren(
      h('div.ph-desk', {}, this.element, panel({ person, people, apps: home.shortcuts, ...about })),
    );
    this.inbox.addEventListener('change', () => this.refresh());
    this.inbox.addEventListener('reach', () => this.tabs.showReach(this.inbox.reachable));
    this.home.draw();
    this.inbox.start();
    record.ready = true;
  }

  refresh() {
    this.tabs.draw();
    this.home.draw();
  }
}

/** Prepare a phone of a kind of people: `build({person, people, names})` returns it started. */
export async function bootPhone(kind, build) {
  window.addEventListener('unhandledrejection', (event) => recordError(event.reason, 'promise'));
  try {
    const [all, accounts] = await Promise.all([sandbox.people(), sandbox.accounts()]);
    const people = all.filter((one) => one.kind === kind);
    const person = chosenPerson(people);
    if (!person) return failure('沙箱里没有这个人，请检查网址里的 person。');
    const names = { miniProgram: accounts.accounts.miniprogram.name, official: accounts.accounts.official.name };
    return await build({ person, people, names, templates: accounts.templates });
  } catch (error) {
    console.error(error);
    return failure('连不上微信沙箱，请先启动它，再刷新这一页。');
  }
}
