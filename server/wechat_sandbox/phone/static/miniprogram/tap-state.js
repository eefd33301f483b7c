/**
 * The tap state (小程序文档 · Tap 事件 / 点击态): some interfaces may only be called because the user tapped.
 *
 * A state belongs to the piece of mini-program code that is running and to the promises it awaits. It is handed on
 * by the interfaces that say so, and is gone in a timer. A browser cannot follow promises, but everything that is
 * not a timer or a native answer runs before the next task: so the state is kept until the task is over.
 */

let current = null;
let depth = 0;
const channel = new MessageChannel();
channel.port1.onmessage = () => {
  if (depth === 0) current = null;
};

/** The state of the code that runs now: an object while the user's tap is being served, otherwise null. */
export function tapState() {
  return current;
}

/** Run mini-program code in the given state. */
export function runInTapState(state, code) {
  const before = current;
  current = state;
  depth += 1;
  try {
    return code();
  } finally {
    depth -= 1;
    if (depth > 0) current = before;
    else channel.port2.postMessage(null);
  }
}

/** Timers for mini-program code, in which the tap state is lost. */
export function timersWithoutTapState(onError) {
  const wrap =
    (start) =>
    (callback, delay, ...rest) =>
      start(() => {
        try {
          runInTapState(null, () => callback(...rest));
        } catch (error) {
          onError(error);
        }
      }, delay);
  return { setTimeout: wrap(setTimeout.bind(window)), setInterval: wrap(setInterval.bind(window)) };
}
