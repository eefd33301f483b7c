/** Builds DOM elements of the phone's own screens. */

/**
 * Make an element. `spec` is `tag.class.class`; attributes starting with `on` are listeners,
 * `html` sets trusted markup (own icons only); children are nodes, strings, or nothing.
 */
export function h(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'html') element.innerHTML = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Waits until the browser has painted once; a hidden tab paints never, so a timer stands in. */
export function nextFrame() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Runs a Web Animation and waits for its end; none for people who asked for less motion. */
export async function animate(element, frames, duration = 240) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  try {
    await element.animate(frames, { duration, easing: 'cubic-bezier(.25,.8,.35,1)' }).finished;
  } catch {
    // The element was taken away in mid-animation, which is what the caller wanted anyway.
  }
}
