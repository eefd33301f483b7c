/** The phone's mail program: its place among the apps, its banner, its screens. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { webviewScreen } from '../wechat/webview.js';
import { Mailbox } from './mailbox.js';
import { mailListScreen, mailScreen } from './screens.js';

const TINT = '#2F7DE1';

const face = () => h('span.ph-avatar', { style: `background:${TINT}`, 'aria-hidden': 'true', html: icon('mail') });

/** Give a phone whose owner has an address its mail program. */
export function installMail(phone) {
  if (!phone.person.email) return;
  const { screens } = phone;
  const mailbox = new Mailbox(phone.person);

  const openLink = (url, title) => {
    // Only what this machine serves may be framed; everything else is the browser's own affair.
    const ours = ['localhost', '127.0.0.1'].includes(new URL(url).hostname);
    if (ours) screens.push(webviewScreen({ screens, overlay: phone.overlay, url, title }));
    else window.open(url, '_blank', 'noopener');
  };
  const openMessage = (id) => screens.push(mailScreen({ screens, mailbox, id, onLink: openLink }));
  const openList = () => {
    phone.leave?.();
    screens.home();
    screens.push(mailListScreen({ screens, mailbox, onOpen: openMessage }));
  };

  phone.apps.push({ name: '邮件', drawing: 'mail', tint: TINT, unread: () => mailbox.unread, open: openList });
  mailbox.addEventListener('change', () => phone.refresh());
  mailbox.addEventListener('arrival', ({ detail }) =>
    phone.banner.show({
      face: face(),
      name: detail.from.name || '邮件',
      text: detail.subject,
      onOpen: () => {
        openList();
        openMessage(detail.id);
      },
    }),
  );
  mailbox.start();
}
