/** Asks the sandbox for new SMS every second and tells whoever shows them. */

import { sandbox } from '../sandbox.js';
import { POLL_MILLISECONDS } from '../settings.js';

/** One person's SMS, newest first. Fires `change` and `arrival` (detail: message). */
export class Messages extends EventTarget {
  constructor(person) {
    super();
    this.person = person;
    this.list = [];
    this.known = null;
  }

  get unread() {
    return this.list.filter((message) => !message.read).length;
  }

  /** Senders with their messages, oldest first in each; the sender who wrote last comes first. */
  get talks() {
    const talks = new Map();
    for (const message of this.list) talks.set(message.sender, [message, ...(talks.get(message.sender) ?? [])]);
    return talks;
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
      const { items } = await sandbox.sms(this.person.id);
      this.take(items);
    } catch {
      // The chat list already says that the sandbox is away.
    }
  }

  take(messages) {
    const before = this.known;
    const changed = JSON.stringify(messages) !== JSON.stringify(this.list);
    this.list = messages;
    this.known = new Set(messages.map((message) => message.id));
    if (changed) this.dispatchEvent(new Event('change'));
    if (!before) return;
    messages
      .filter((message) => !before.has(message.id) && !message.read)
      .reverse()
      .forEach((message) => this.dispatchEvent(new CustomEvent('arrival', { detail: message })));
  }

  /** The person has the sender's messages open. */
  async readFrom(sender) {
    const fresh = this.list.filter((message) => message.sender === sender && !message.read);
    if (!fresh.length) return;
    fresh.forEach((message) => {
      message.read = true;
    });
    this.dispatchEvent(new Event('change'));
    await Promise.allSettled(fresh.map((message) => sandbox.readSms(this.person.id, message.id)));
  }
}
