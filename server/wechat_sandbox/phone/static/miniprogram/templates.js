/** Compiles every WXML and WXS file with Tencent's own compiler, here in the page. */

import * as compiler from 'glass-easel-template-compiler';

const WASM = '/phone/vendor/glass_easel_template_compiler_bg.wasm';
/** Only a warning to this compiler, an error to WeChat's. */
const MISSING_END_TAG = 65543;
const WXS_GLOBALS = `
var getRegExp = function (pattern, flags) { return new RegExp(pattern, flags) };
var getDate = function () { return arguments.length ? new (Function.prototype.bind.apply(Date, [null].concat([].slice.call(arguments))))() : new Date() };
`;

let ready = null;

async function instantiate() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(WASM), {
    './glass_easel_template_compiler_bg.js': compiler,
  });
  compiler.__wbg_set_wasm(instance.exports);
}

/** In WXS `constructor` is a word, in JavaScript a function: compare its name instead. */
function constructorNames(text) {
  return text.replace(/\.constructor(\s*[!=]==?\s*['"])/g, '.constructor.name$1');
}

function describe(path, warning) {
  return `${path}.wxml:${warning.startLine + 1}:${warning.startColumn + 1} ${warning.message}`;
}

/**
 * Compile the source's templates. Returns `{groups, problems}`: `groups[path]` is a template for the
 * component engine, `problems` are sentences naming file, line and what is wrong.
 */
export async function compileTemplates(source) {
  ready ??= instantiate();
  await ready;
  const group = new compiler.TmplGroup();
  const problems = [];
  for (const [file, text] of Object.entries(source.files).sort()) {
    if (file.endsWith('.wxml')) {
      const path = file.slice(0, -'.wxml'.length);
      const warnings = group.addTmpl(path, constructorNames(text));
      problems.push(
        ...warnings.filter((one) => one.isError || one.code === MISSING_END_TAG).map((one) => describe(path, one)),
      );
    } else if (file.endsWith('.wxs')) {
      group.addScript(
        file.slice(0, -'.wxs'.length),
        constructorNames(text).replace(/(require\(\s*['"][^'"]+)\.wxs(['"])/g, '$1$2'),
      );
    }
  }
  group.setExtraRuntimeScript(WXS_GLOBALS);
  const code = group.getTmplGenObjectGroups();
  group.free();
  return { groups: (0, eval)(code), problems };
}
