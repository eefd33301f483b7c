/** The phone's body around the screen, and the panel beside it that says what to tap. */

import { timeOfDay } from './clock.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { onTapCount, record } from './record.js';

const CLOCK_MILLISECONDS = 5000;

function statusBar() {
  const clock = h('b', {}, timeOfDay());
  setInterval(() => {
    clock.textContent = timeOfDay();
  }, CLOCK_MILLISECONDS);
  return h(
    'div.ph-status',
    { 'aria-hidden': 'true' },
    clock,
    h('span', { html: icon('signal') }),
    h('span', { html: icon('wifi') }),
    h('span.ph-battery', { html: icon('battery') }),
  );
}

/** The device; `content` fills the screen below the status bar. */
export function device(...content) {
  const screen = h('main.ph-screen', {}, statusBar(), ...content, h('i.ph-homebar'));
  return { screen, element: h('div.ph-device', {}, screen) };
}

/** Go to the same page as another person. */
export function changePerson(person) {
  const url = new URL(location.href);
  url.searchParams.set('person', person.id);
  location.assign(url);
}

/** The panel: who holds the phone, its apps, three lines of advice, taps, the other phone. */
export function panel({ heading, steps, person, people, apps, links }) {
  const count = h('output', {}, String(record.taps));
  onTapCount((taps) => {
    count.textContent = String(taps);
  });
  const select = h(
    'select',
    { id: 'person', onchange: () => changePerson({ id: select.value }) },
    people.map((one) =>
      h(
        'option',
        { value: one.id, selected: one.id === person.id },
        one.title ? `${one.name}（${one.title}）` : one.name,
      ),
    ),
  );
  return h(
    'aside.ph-panel',
    {},
    h('h1', {}, heading),
    h('label', { for: 'person' }, '谁的手机'),
    select,
    apps,
    h(
      'ol',
      {},
      steps.map((text) => h('li', {}, text)),
    ),
    h(
      'p.ph-taps',
      {},
      '已点 ',
      count,
      ' 下',
      h('button', { type: 'button', onclick: () => record.resetTaps() }, '重新计数'),
    ),
    h(
      'p.ph-links',
      {},
      links.map(({ text, href }) => h('a', { href, target: '_blank', rel: 'noopener' }, text)),
    ),
  );
}

/** One sentence in the middle of an empty page. */
export function failure(text) {
  document.body.replaceChildren(h('p.ph-failure', { role: 'alert' }, text));
}

/** Who the address names; without one, the first of that kind, written into the address. */
export function chosenPerson(people) {
  const url = new URL(location.href);
  const wanted = url.searchParams.get('person');
  const person = people.find((one) => one.id === wanted) ?? (wanted ? null : people[0]);
  if (person && !wanted) {
    url.searchParams.set('person', person.id);
    history.replaceState(null, '', url);
  }
  return person;
}
