/** Asks the sandbox for new cards every second and tells whoever shows them. */

import { sandbox } from './sandbox.js';
import { POLL_MILLISECONDS } from './settings.js';

/** The cards one account sent to one person, newest first. Fires `change`, `arrival` (detail: card) and `reach`. */
export class Inbox extends EventTarget {
  constructor(person, account) {
    super();
    this.person = person;
    this.account = account;
    this.cards = [];
    this.known = null;
    this.reachable = true;
  }

  get unread() {
    return this.cards.filter((card) => !card.read).length;
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
      const { items } = await sandbox.inbox(this.person.id);
      this.take(items.filter((card) => card.account === this.account));
      this.tellReach(true);
    } catch {
      this.tellReach(false);
    }
  }

  take(cards) {
    const before = this.known;
    const changed = JSON.stringify(cards) !== JSON.stringify(this.cards);
    this.cards = cards;
    this.known = new Set(cards.map((card) => card.id));
    if (changed) this.dispatchEvent(new Event('change'));
    if (!before) return;
    cards
      .filter((card) => !before.has(card.id) && !card.read)
      .reverse()
      .forEach((card) => this.dispatchEvent(new CustomEvent('arrival', { detail: card })));
  }

  tellReach(reachable) {
    if (reachable === this.reachable) return;
    this.reachable = reachable;
    this.dispatchEvent(new Event('reach'));
  }

  /** The person has the chat open: every card has been seen. */
  async readAll() {
    const fresh = this.cards.filter((card) => !card.read);
    if (!fresh.length) return;
    fresh.forEach((card) => {
      card.read = true;
    });
    this.dispatchEvent(new Event('change'));
    await Promise.allSettled(fresh.map((card) => sandbox.read(this.person.id, card.id)));
  }
}
