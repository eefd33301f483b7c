/** Built-in components that lead elsewhere: picker and navigator. */

import { define, fire } from './base.js';

const TWO = (number) => String(number).padStart(2, '0');
const YEARS_AROUND = 50;

const range = (from, to) => Array.from({ length: to - from + 1 }, (_item, index) => from + index);

function labels(list, key) {
  return (list ?? []).map((item) => (key ? item[key] : String(item)));
}

function selectorColumns({ range: list, rangeKey, value }) {
  return { columns: [labels(list, rangeKey)], chosen: [Number(value) || 0], result: ([index]) => String(index) };
}

function multiColumns({ range: list, rangeKey, value }) {
  return {
    columns: (list ?? []).map((column) => labels(column, rangeKey)),
    chosen: (list ?? []).map((_column, index) => Number(value?.[index]) || 0),
    result: (indexes) => indexes,
  };
}

function timeColumns({ value }) {
  const [hour = 0, minute = 0] = String(value || '00:00')
    .split(':')
    .map(Number);
  return {
    columns: [range(0, 23).map((one) => `${TWO(one)}时`), range(0, 59).map((one) => `${TWO(one)}分`)],
    chosen: [hour, minute],
    result: ([h, m]) => `${TWO(h)}:${TWO(m)}`,
  };
}

function dateColumns({ value, start, end }) {
  const now = new Date();
  const [year, month, day] = (value || `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`)
    .split('-')
    .map(Number);
  const first = Number(String(start || '').slice(0, 4)) || year - YEARS_AROUND;
  const last = Number(String(end || '').slice(0, 4)) || year + YEARS_AROUND;
  const date = ([y, m, d]) => {
    const days = new Date(first + y, m + 1, 0).getDate();
    return `${first + y}-${TWO(m + 1)}-${TWO(Math.min(d + 1, days))}`;
  };
  const within = (text) => (start && text < start ? start : end && text > end ? end : text);
  return {
    columns: [
      range(first, last).map((one) => `${one}年`),
      range(1, 12).map((one) => `${one}月`),
      range(1, 31).map((one) => `${one}日`),
    ],
    chosen: [year - first, month - 1, day - 1],
    result: (indexes) => within(date(indexes)),
  };
}

const MODES = { selector: selectorColumns, multiSelector: multiColumns, time: timeColumns, date: dateColumns };

async function openPicker(component, context) {
  if (component.data.disabled) return;
  const { columns, chosen, result } = (MODES[component.data.mode] ?? selectorColumns)(component.data);
  const indexes = await context.overlay.pick({ title: component.data.headerText, columns, chosen });
  if (!indexes) return fire(component, 'cancel', {});
  const value = result(indexes);
  component.setData({ value });
  return fire(component, 'change', { value });
}

function definePicker(space, context) {
  return define(space, 'picker', {
    properties: {
      mode: { type: String, value: 'selector' },
      value: null,
      range: Array,
      rangeKey: String,
      start: String,
      end: String,
      fields: String,
      disabled: Boolean,
      headerText: String,
      name: String,
    },
    lifetimes: {
      attached() {
        this.initial = this.data.value;
        this.addListener('tap', () => {
          this.activate();
        });
      },
    },
    methods: {
      activate() {
        openPicker(this, context);
      },
      field() {
        return this.data.value;
      },
      resetField() {
        this.setData({ value: this.initial });
      },
    },
  });
}

const OPEN_TYPES = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
  exit: 'exitMiniProgram',
};

function defineNavigator(space, context) {
  return define(space, 'navigator', {
    properties: {
      url: String,
      openType: { type: String, value: 'navigate' },
      delta: { type: Number, value: 1 },
      target: String,
      hoverClass: { type: String, value: 'navigator-hover' },
    },
    lifetimes: {
      attached() {
        this.$$.setAttribute('role', 'link');
        this.$$.setAttribute('tabindex', '0');
        this.addListener('tap', () => {
          const { url, delta, openType } = this.data;
          context.wx()[OPEN_TYPES[openType]]({
            url,
            delta,
            success: (detail) => fire(this, 'success', detail),
            fail: (detail) => fire(this, 'fail', detail),
          });
        });
      },
    },
  });
}

/** Define them in the engine's `space`; returns tag → component. */
export function definePicks(space, context) {
  return { picker: definePicker(space, context), navigator: defineNavigator(space, context) };
}
