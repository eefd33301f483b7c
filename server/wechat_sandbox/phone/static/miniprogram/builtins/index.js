/** All built-in components of the phone. */

import { defineForms } from './form.js';
import { defineLayout } from './layout.js';
import { definePicks } from './pick.js';
import { defineTextFields } from './text-fields.js';

/** Define them in the engine's global `space`; `context` is what they need of the phone. Returns tag → component. */
export function defineBuiltins(space, context) {
  return {
    ...defineLayout(space, context),
    ...defineForms(space, context),
    ...defineTextFields(space),
    ...definePicks(space, context),
  };
}
