/** How every `wx` interface answers: callbacks or a promise, `errMsg`, and what happens to the tap state. */

import { recordError } from '../../record.js';
import { runInTapState, tapState } from '../tap-state.js';

/** An interface's refusal; `fields` go into the result beside `errMsg`. */
export class Refusal extends Error {
  constructor(message, fields = {}) {
    super(message);
    this.fields = fields;
  }
}

function callBack(state, name, callbacks, result) {
  for (const callback of callbacks) {
    if (typeof callback !== 'function') continue;
    try {
      runInTapState(state, () => callback(result));
    } catch (error) {
      recordError(error, `wx.${name}`);
    }
  }
}

function stateAfter(kind) {
  if (kind === 'kept') return tapState();
  return kind === 'given' ? { from: 'sheet' } : null;
}

/**
 * Make an interface. `run(options)` returns the result (or a promise of it) or throws a Refusal.
 * `taps`: what callbacks and awaiting code get: `kept` hands the caller's tap state on, `given` makes one, `lost` (default).
 * `promises: false` for the interfaces WeChat documents without a promise form.
 */
export function makeInterface(name, run, { taps = 'lost', promises = true } = {}) {
  return (options = {}) => {
    const state = stateAfter(taps);
    const outcome = new Promise((resolve, reject) => {
      try {
        resolve(run(options ?? {}));
      } catch (error) {
        reject(error);
      }
    }).then(
      (result) => [true, { errMsg: `${name}:ok`, ...result }],
      (error) => {
        if (!(error instanceof Refusal)) recordError(error, `wx.${name}`);
        return [false, { errMsg: `${name}:fail ${error.message}`, ...error.fields }];
      },
    );
    const { success, fail, complete } = options ?? {};
    const withCallbacks = Boolean(success || fail || complete);
    // A native answer always arrives in a later task, never while the caller is still running.
    const later = (deliver) => outcome.then(([done, result]) => setTimeout(() => deliver(done, result), 0));
    if (withCallbacks || !promises) {
      later((done, result) => callBack(state, name, [done ? success : fail, complete], result));
      return undefined;
    }
    return new Promise((resolve, reject) => {
      later((done, result) => runInTapState(state, () => (done ? resolve : reject)(result)));
    });
  };
}
