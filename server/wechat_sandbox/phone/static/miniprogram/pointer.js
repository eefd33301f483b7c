/**
 * Turns the browser's pointer into the mini-program's touch events.
 *
 * `tap` is made from `click`, the last event of a touch: whatever a tap opens under the finger cannot be
 * hit by the same touch.
 */

import * as glassEasel from 'glass-easel';
import { isListened } from './backend.js';
import { runInTapState } from './tap-state.js';

const LONG_PRESS_MILLISECONDS = 350;
const MOVE_PIXELS = 10;
const HOVER_STAY_MILLISECONDS = 70;

function engineElement(node) {
  for (let one = node; one; one = one.parentNode) if (one.__wxElement) return one.__wxElement;
  return null;
}

function touchOf(event) {
  return {
    identifier: event.pointerId ?? 0,
    pageX: event.pageX,
    pageY: event.pageY,
    clientX: event.clientX,
    clientY: event.clientY,
  };
}

function dispatch(event, type, state = null) {
  const target = engineElement(event.target);
  if (!target || event.target.closest('wx-button[disabled]')) return;
  const touch = touchOf(event);
  const touches = ['touchend', 'touchcancel'].includes(type) ? [] : [touch];
  const made = new glassEasel.Event(
    type,
    { x: touch.pageX, y: touch.pageY },
    {
      originalEvent: event,
      bubbles: true,
      composed: true,
      capturePhase: true,
      extraFields: { touches, changedTouches: [touch] },
    },
  );
  runInTapState(state, () => glassEasel.Event.dispatchEvent(target, made));
}

function hovered(node) {
  const found = [];
  for (let one = node; one; one = one.parentElement) {
    const component = one.__wxElement;
    const name = component?.data?.hoverClass;
    if (!name || name === 'none' || component.data.disabled) continue;
    found.push([component, name]);
    if (component.data.hoverStopPropagation) break;
  }
  return found;
}

/** Feeds every press inside `area` to the mini-program shown there. */
export class Pointer {
  constructor(area) {
    this.down = null;
    this.longPressed = false;
    area.addEventListener('pointerdown', (event) => this.press(event));
    area.addEventListener('pointermove', (event) => this.move(event));
    area.addEventListener('pointerup', (event) => this.release(event, 'touchend'));
    area.addEventListener('pointercancel', (event) => this.release(event, 'touchcancel'));
    area.addEventListener('click', (event) => this.tap(event));
    area.addEventListener('keydown', (event) => this.key(event));
  }

  press(event) {
    if (event.button > 0) return;
    this.longPressed = false;
    this.moved = false;
    this.down = { x: event.clientX, y: event.clientY, hovered: hovered(event.target) };
    this.down.hovered.forEach(([component, name]) => component.classList.toggle(name, true));
    this.down.timer = setTimeout(() => this.longPress(event), LONG_PRESS_MILLISECONDS);
    dispatch(event, 'touchstart');
  }

  longPress(event) {
    if (!this.down || this.moved) return;
    const handled = isListened(event.target, 'longpress');
    dispatch(event, 'longpress');
    dispatch(event, 'longtap');
    this.longPressed = handled;
  }

  move(event) {
    if (!this.down) return;
    if (Math.hypot(event.clientX - this.down.x, event.clientY - this.down.y) > MOVE_PIXELS) this.moved = true;
    dispatch(event, 'touchmove');
  }

  release(event, type) {
    if (!this.down) return;
    const { timer, hovered: marked } = this.down;
    clearTimeout(timer);
    setTimeout(
      () => marked.forEach(([component, name]) => component.classList.toggle(name, false)),
      HOVER_STAY_MILLISECONDS,
    );
    this.down = null;
    dispatch(event, type);
  }

  tap(event) {
    if (event.target.closest('a')) event.preventDefault();
    if (this.moved || this.longPressed) {
      this.moved = false;
      this.longPressed = false;
      return;
    }
    dispatch(event, 'tap', { tap: event.timeStamp });
  }

  key(event) {
    const reachable = event.target.matches?.('[tabindex]');
    if (!reachable || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  }
}
