/** Built-in components one types into: input and textarea. */

import { convertUnits } from '../styles.js';
import { define, fire } from './base.js';

const COMMON = {
  value: null,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  disabled: Boolean,
  maxlength: { type: Number, value: 140 },
  focus: Boolean,
  autoFocus: Boolean,
  confirmType: { type: String, value: 'done' },
  confirmHold: Boolean,
  cursor: Number,
  cursorSpacing: null,
  selectionStart: Number,
  selectionEnd: Number,
  adjustPosition: { type: Boolean, value: true },
  holdKeyboard: Boolean,
  alwaysEmbed: Boolean,
  name: String,
};
const KEYBOARDS = { number: 'numeric', digit: 'decimal', idcard: 'text', text: 'text', nickname: 'text' };

function apply() {
  const control = this.control;
  if (!control) return;
  const { value, placeholder, disabled, maxlength } = this.data;
  const text = value === null || value === undefined ? '' : String(value);
  if (control.value !== text) control.value = text;
  control.placeholder = placeholder ?? '';
  showPlaceholder.call(this);
  control.disabled = disabled;
  if (maxlength >= 0) control.maxLength = maxlength;
  else control.removeAttribute('maxlength');
  this.$$.toggleAttribute('disabled', disabled);
  this.$$.toggleAttribute('autoheight', Boolean(this.data.autoHeight));
  fitHeight.call(this);
}

/** WeChat's placeholder is an element of its own, so that a class of the page can style it. */
function showPlaceholder() {
  const { placeholder, placeholderClass, placeholderStyle } = this.data;
  this.hint.textContent = this.control.value ? '' : (placeholder ?? '');
  this.hint.className = `mp-placeholder ${placeholderClass ?? ''}`;
  this.hint.setAttribute('style', convertUnits(placeholderStyle ?? ''));
}

function fitHeight() {
  if (!this.data.autoHeight) return;
  this.control.style.height = 'auto';
  this.control.style.height = `${this.control.scrollHeight}px`;
}

/** A handler of `bindinput` may return what the field shall show instead. */
function onReturn(component) {
  return (value) => {
    const text = value?.value ?? value;
    if (typeof text !== 'string' || text === component.control.value) return;
    component.setData({ value: text });
    component.control.value = text;
  };
}

function listen(component) {
  const { control } = component;
  const cursor = () => control.selectionStart ?? control.value.length;
  control.addEventListener('input', () => {
    component.setData({ value: control.value });
    showPlaceholder.call(component);
    fitHeight.call(component);
    fire(
      component,
      'input',
      { value: control.value, cursor: cursor(), keyCode: 0 },
      { handleListenerReturn: onReturn(component) },
    );
  });
  control.addEventListener('focus', () => fire(component, 'focus', { value: control.value, height: 0 }));
  control.addEventListener('blur', () => fire(component, 'blur', { value: control.value, cursor: cursor() }));
  control.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Enter' || event.isComposing || control.localName === 'textarea') return;
    fire(component, 'confirm', { value: control.value });
    if (!component.data.confirmHold) control.blur();
  });
}

function mount(tag) {
  return function attached() {
    this.control = document.createElement(tag);
    this.control.className = 'mp-field';
    if (tag === 'input') {
      this.control.type = this.data.password || this.data.type === 'safe-password' ? 'password' : 'text';
      this.control.inputMode = KEYBOARDS[this.data.type] ?? 'text';
      this.control.autocomplete = 'off';
    }
    if (this.data.ariaLabel) this.control.setAttribute('aria-label', this.data.ariaLabel);
    this.initial = this.data.value;
    this.hint = document.createElement('div');
    this.hint.setAttribute('aria-hidden', 'true');
    this.$$.append(this.control, this.hint);
    listen(this);
    apply.call(this);
    if (this.data.focus || this.data.autoFocus) this.activate();
  };
}

function defineField(space, name, properties) {
  return define(space, name, {
    properties: { ...COMMON, ...properties },
    observers: {
      'value, placeholder, disabled, maxlength': apply,
      focus(value) {
        if (value) this.activate();
        else this.control?.blur();
      },
    },
    lifetimes: { attached: mount(name) },
    methods: {
      activate() {
        queueMicrotask(() => this.control?.focus({ preventScroll: true }));
      },
      field() {
        return this.control.value;
      },
      resetField() {
        this.setData({ value: this.initial ?? '' });
      },
    },
  });
}

/** Define them in the engine's `space`; returns tag → component. */
export function defineTextFields(space) {
  return {
    input: defineField(space, 'input', { type: { type: String, value: 'text' }, password: Boolean }),
    textarea: defineField(space, 'textarea', {
      autoHeight: Boolean,
      fixed: Boolean,
      showConfirmBar: { type: Boolean, value: true },
      disableDefaultPadding: Boolean,
    }),
  };
}
