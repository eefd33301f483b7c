/** Built-in components one taps in a form: form, button, label, checkbox, radio, switch, slider. */

import { define, descendants, fire, ancestor } from './base.js';

const CONTROLS = ['checkbox', 'radio', 'switch', 'button', 'input', 'textarea', 'picker'];
const FIELDS = ['input', 'textarea', 'switch', 'slider', 'picker', 'checkbox-group', 'radio-group'];

function customFields(form) {
  return [...form.$$.querySelectorAll('*')]
    .map((element) => element.__wxElement)
    .filter((one) => one?.data && one.data.name && 'value' in one.data && !one.field);
}

function collect(form) {
  const value = {};
  descendants(form, ...FIELDS).forEach((one) => {
    if (one.data.name) value[one.data.name] = one.field();
  });
  customFields(form).forEach((one) => {
    value[one.data.name] = one.data.value;
  });
  return value;
}

function defineForm(space) {
  return define(space, 'form', {
    properties: { reportSubmit: Boolean, reportSubmitTimeout: Number },
    methods: {
      submit() {
        fire(this, 'submit', { value: collect(this), formId: '' });
      },
      reset() {
        descendants(this, ...FIELDS).forEach((one) => one.resetField?.());
        fire(this, 'reset', {});
      },
    },
  });
}

function onButtonTap() {
  const { disabled, formType, openType } = this.data;
  if (disabled) return;
  const form = ancestor(this, 'form');
  if (formType === 'submit') form?.submit();
  if (formType === 'reset') form?.reset();
  if (openType) this.phone.openType(openType, this);
}

function defineButton(space, context) {
  return define(space, 'button', {
    properties: {
      type: { type: String, value: 'default' },
      size: { type: String, value: 'default' },
      plain: Boolean,
      disabled: Boolean,
      loading: Boolean,
      formType: String,
      openType: String,
      hoverClass: { type: String, value: 'button-hover' },
      lang: String,
      sessionFrom: String,
      sendMessageTitle: String,
      sendMessagePath: String,
      sendMessageImg: String,
      appParameter: String,
      showMessageCard: Boolean,
      name: String,
    },
    reflect: ['type', 'size', 'plain', 'disabled', 'loading'],
    observers: {
      disabled(value) {
        this.$$.setAttribute('aria-disabled', String(Boolean(value)));
      },
    },
    lifetimes: {
      attached() {
        this.phone = context;
        for (const name of ['type', 'size']) this.$$.setAttribute(name, this.data[name]);
        if (!this.$$.hasAttribute('role')) this.$$.setAttribute('role', 'button');
        this.$$.setAttribute('tabindex', '0');
        this.addListener('tap', () => onButtonTap.call(this));
      },
    },
    methods: {
      activate() {
        this.$$.click();
      },
    },
  });
}

function defineLabel(space) {
  return define(space, 'label', {
    properties: { for: String },
    lifetimes: {
      attached() {
        this.$$.addEventListener('click', (event) => {
          const own = event.target.closest(CONTROLS.map((tag) => `wx-${tag}`).join(','));
          if (own && this.$$.contains(own)) return;
          const wanted =
            this.data.for && this.$$.closest('page')?.querySelector(`[wx-id="${CSS.escape(this.data.for)}"]`);
          const control = wanted?.__wxElement ?? descendants(this, ...CONTROLS)[0];
          control?.activate?.();
        });
      },
    },
  });
}

function defineChoice(space, tag, toggle) {
  const properties = {
    value: String,
    checked: Boolean,
    disabled: Boolean,
    color: { type: String, value: '#07C160' },
    name: String,
  };
  return define(space, tag, {
    properties,
    reflect: ['checked', 'disabled'],
    observers: {
      checked(value) {
        this.$$.setAttribute('aria-checked', String(Boolean(value)));
      },
      color(value) {
        this.$$.style.setProperty('--mp-checked', value);
      },
    },
    lifetimes: {
      attached() {
        const mark = document.createElement('i');
        mark.className = `mp-${tag}-mark`;
        this.$$.prepend(mark);
        this.$$.setAttribute('role', tag);
        this.$$.setAttribute('tabindex', '0');
        this.$$.setAttribute('aria-checked', String(this.data.checked));
        this.initial = this.data.checked;
        this.addListener('tap', () => this.activate());
      },
    },
    methods: {
      activate() {
        if (!this.data.disabled) toggle(this);
      },
    },
  });
}

function toggleCheckbox(box) {
  box.setData({ checked: !box.data.checked });
  const group = ancestor(box, 'checkbox-group');
  if (group) fire(group, 'change', { value: group.field() });
}

function chooseRadio(radio) {
  if (radio.data.checked) return;
  const group = ancestor(radio, 'radio-group');
  if (group) descendants(group, 'radio').forEach((one) => one.data.checked && one.setData({ checked: false }));
  radio.setData({ checked: true });
  if (group) fire(group, 'change', { value: radio.data.value });
}

function toggleSwitch(one) {
  one.setData({ checked: !one.data.checked });
  fire(one, 'change', { value: one.data.checked });
}

function defineGroup(space, tag, child, read) {
  return define(space, tag, {
    properties: { name: String },
    methods: {
      field() {
        return read(
          descendants(this, child)
            .filter((one) => one.data.checked)
            .map((one) => one.data.value),
        );
      },
      resetField() {
        descendants(this, child).forEach((one) => one.setData({ checked: one.initial }));
      },
    },
  });
}

function defineSwitch(space) {
  return define(space, 'switch', {
    properties: {
      checked: Boolean,
      disabled: Boolean,
      type: { type: String, value: 'switch' },
      color: String,
      name: String,
    },
    reflect: ['checked', 'disabled', 'type'],
    observers: {
      checked(value) {
        this.$$.setAttribute('aria-checked', String(Boolean(value)));
      },
      color(value) {
        this.$$.style.setProperty('--mp-checked', value);
      },
    },
    lifetimes: {
      attached() {
        this.$$.setAttribute('role', 'switch');
        this.$$.setAttribute('tabindex', '0');
        this.initial = this.data.checked;
        this.addListener('tap', () => this.activate());
      },
    },
    methods: {
      activate() {
        if (!this.data.disabled) toggleSwitch(this);
      },
      field() {
        return this.data.checked;
      },
      resetField() {
        this.setData({ checked: this.initial });
      },
    },
  });
}

/** Define them in the engine's `space`; returns tag → component. */
export function defineForms(space, context) {
  return {
    form: defineForm(space),
    button: defineButton(space, context),
    label: defineLabel(space),
    checkbox: defineChoice(space, 'checkbox', toggleCheckbox),
    radio: defineChoice(space, 'radio', chooseRadio),
    'checkbox-group': defineGroup(space, 'checkbox-group', 'checkbox', (values) => values),
    'radio-group': defineGroup(space, 'radio-group', 'radio', (values) => values[0] ?? ''),
    switch: defineSwitch(space),
  };
}
