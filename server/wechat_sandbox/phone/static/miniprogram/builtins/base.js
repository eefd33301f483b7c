/** What all built-in components share: hidden, hover, and the accessibility attributes. */

const ARIA = [
  'label',
  'hidden',
  'checked',
  'disabled',
  'live',
  'selected',
  'expanded',
  'describedby',
  'labelledby',
  'modal',
  'valuenow',
  'valuemin',
  'valuemax',
  'current',
  'required',
  'invalid',
  'controls',
  'haspopup',
  'busy',
  'atomic',
];

const camel = (name) => `aria${name[0].toUpperCase()}${name.slice(1)}`;

function setAttribute(component, name, value) {
  if (value === undefined || value === null || value === '' || value === false) component.$$.removeAttribute(name);
  else component.$$.setAttribute(name, value === true ? '' : String(value));
}

function sharedProperties() {
  const properties = {
    hidden: Boolean,
    hoverClass: String,
    hoverStopPropagation: Boolean,
    hoverStartTime: Number,
    hoverStayTime: Number,
    ariaRole: String,
    tabindex: String,
  };
  ARIA.forEach((name) => {
    properties[camel(name)] = null;
  });
  return properties;
}

function sharedObservers() {
  const observers = {
    hidden(value) {
      setAttribute(this, 'hidden', value);
    },
    ariaRole(value) {
      setAttribute(this, 'role', value);
    },
    tabindex(value) {
      setAttribute(this, 'tabindex', value);
    },
  };
  for (const name of ARIA) {
    observers[camel(name)] = function observe(value) {
      this.$$.setAttribute(`aria-${name}`, String(value ?? ''));
    };
  }
  return observers;
}

/**
 * Define one built-in component. Besides the engine's own fields (`properties`, `observers`, `lifetimes`, `methods`)
 * a spec may list `reflect`: properties written as DOM attributes for the style sheet.
 */
export function define(
  space,
  tag,
  { properties = {}, observers = {}, reflect = [], lifetimes = {}, methods = {} } = {},
) {
  const all = { ...sharedObservers(), ...observers };
  for (const name of reflect) {
    const own = observers[name];
    all[name] = function observe(value, old) {
      setAttribute(this, name, value);
      own?.call(this, value, old);
    };
  }
  return space.defineComponent({
    is: `wx/${tag}`,
    options: { multipleSlots: false },
    properties: { ...sharedProperties(), ...properties },
    observers: all,
    lifetimes,
    methods,
  });
}

/** Fire a component's own event: to its listeners only, as WeChat's form events do. */
export function fire(component, name, detail = {}, options = {}) {
  component.triggerEvent(name, detail, { bubbles: false, composed: false, ...options });
}

/** The built-in components of some tags below `component`, in document order. */
export function descendants(component, ...tags) {
  return [...component.$$.querySelectorAll(tags.map((tag) => `wx-${tag}`).join(','))].map(
    (element) => element.__wxElement,
  );
}

/** The nearest built-in component of a tag above `component`, or null. */
export function ancestor(component, tag) {
  return component.$$?.parentElement?.closest(`wx-${tag}`)?.__wxElement ?? null;
}
