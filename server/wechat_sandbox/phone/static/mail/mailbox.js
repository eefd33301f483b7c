/** Asks the sandbox for new mail every second and tells whoever shows it. */

import { sandbox } from '../sandbox.js';
import { POLL_MILLISECONDS } from '../settings.js';

/** One person's mail, newest first. Fires `change` and `arrival` (detail: message). */
export class Mailbox extends EventTarget {
  constructor(person) {
    super();
    this.person = person;
    this.messages = [];
    this.known = null;
  }

  get unread() {
    return this.messages.filter((message) => !message.read).length;
  }

  find(id) {
    return this.messages.find((message) => message.id === id);
  }

  start() {
    const again = async () => {
      await this.poll();
      setTimeout(again, POLL_MILLISECONDS);
    };
    again();
  }

  async poll() {
    try {
      const { items } = await sandbox.mail(this.person.id);
      this.take(items);
    } catch {
      // The chat list already says that the sandbox is away.
    }
  }

  take(messages) {
    const before = this.known;
    const changed = JSON.stringify(messages) !== JSON.stringify(this.messages);
    this.messages = messages;
    this.known = new Set(messages.map((message) => message.id));
    if (changed) this.dispatchEvent(new Event('change'));
    if (!before) return;
    messages
      .filter((message) => !before.has(message.id) && !message.read)
      .reverse()
      .forEach((message) => this.dispatchEvent(new CustomEvent('arrival', { detail: message })));
  }

  async read(message) {
    if (message.read) return;
    message.read = true;
    this.dispatchEvent(new Event('change'));
    await sandbox.readMail(this.person.id, message.id);
  }

  async addToCalendar(message) {
    await sandbox.addToCalendar(this.person.id, message.id);
    await this.poll();
  }
}
