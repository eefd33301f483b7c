/** Turns WXSS into CSS: units, tag names, ids, and the class prefix that keeps a component's styles its own. */

import { HYPHENATED } from './builtins/tags.js';
import { resolvePath } from './paths.js';

const NESTING = /^@(media|supports|layer|container)\b/;

/** Convert the units that only WeChat knows; each is a variable the page area sets. */
export function convertUnits(text) {
  return text
    .replace(/(?<![\w.#-])(-?(?:\d*\.)?\d+)(rpx|vh|vw)\b/g, 'calc($1 * var(--$2))')
    .replace(/\b(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\s*(?:,[^)]*)?\)/g, 'var(--safe-$1)');
}

/** Find the end of the block or statement that starts at `from`; strings and brackets are skipped. */
function scan(text, from, stops) {
  let depth = 0;
  for (let i = from; i < text.length; i += 1) {
    const character = text[i];
    if (character === '\\') i += 1;
    else if (character === '"' || character === "'") i = closingQuote(text, i);
    else if (depth === 0 && stops.includes(character)) return i;
    else if ('({['.includes(character)) depth += 1;
    else if (')}]'.includes(character)) depth -= 1;
  }
  return text.length;
}

function closingQuote(text, from) {
  for (let i = from + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === text[from]) return i;
  }
  return text.length;
}

function compound(selector, scope) {
  const prefix = scope ? `${scope}--` : '';
  return selector
    .replace(/:host\b(\(([^)]*)\))?/g, (_all, _group, inner = '') => `[wx-host="${scope}"]${inner}`)
    .replace(/\.(-?[_a-zA-Z][\w-]*)/g, `.${prefix}$1`)
    .replace(/#([_a-zA-Z][\w-]*)/g, ':is(#_, [wx-id="$1"])')
    .replace(/(^|[\s>+~,(])([a-z][\w-]*)(?![\w(-])/g, (_all, before, tag) => before + domTagOf(tag));
}

function domTagOf(tag) {
  return tag === 'page' || (tag.includes('-') && !HYPHENATED.has(tag)) ? tag : `wx-${tag}`;
}

/** Rewrite a selector list; attribute values and quoted words are left as they are. */
export function convertSelector(selector, scope = '') {
  return selector
    .split(/(:nth-[a-z-]+\([^)]*\)|\[[^\]]*\]|"[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 ? part : compound(part, scope)))
    .join('')
    .trim();
}

function convertRules(text, context) {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const stop = scan(text, at, ['{', ';']);
    const prelude = text.slice(at, stop).trim();
    if (stop >= text.length || text[stop] === ';') {
      out += statement(prelude, context);
      at = stop + 1;
      continue;
    }
    const end = scan(text, stop + 1, ['}']);
    out += rule(prelude, text.slice(stop + 1, end), context);
    at = end + 1;
  }
  return out;
}

function statement(prelude, context) {
  const imported = /^@import\s+(?:url\()?\s*['"]?([^'")]+)/.exec(prelude);
  if (!imported) return '';
  const path = resolvePath(context.path, imported[1]);
  return convertStyles(context.source, path, context.scope);
}

function rule(prelude, body, context) {
  if (NESTING.test(prelude)) return `${prelude}{${convertRules(body, context)}}\n`;
  if (prelude.startsWith('@')) return `${prelude}{${convertUnits(body)}}\n`;
  return `${convertSelector(prelude, context.scope)}{${convertUnits(body)}}\n`;
}

/** The CSS of one WXSS file with its imports; `scope` is the class prefix, empty for pages and app.wxss. */
export function convertStyles(source, path, scope = '') {
  const text = (source.text(`${path.replace(/\.wxss$/, '')}.wxss`) ?? '').replace(/\/\*[\s\S]*?\*\//g, '');
  return convertRules(text, { source, path, scope });
}
