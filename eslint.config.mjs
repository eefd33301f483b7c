// Which globals each kind of JavaScript may use, and a few rules that find mistakes; layout is left to the eye.

const rules = {
  'no-undef': 'error',
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
  'no-redeclare': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-dupe-keys': 'error',
  'no-dupe-args': 'error',
  'no-duplicate-case': 'error',
  'no-unreachable': 'error',
  'no-unsafe-finally': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-fallthrough': 'error',
  'no-cond-assign': 'error',
  'no-const-assign': 'error',
  'no-import-assign': 'error',
  'no-loss-of-precision': 'error',
  'no-shadow-restricted-names': 'error',
  'no-sparse-arrays': 'error',
  'no-useless-escape': 'error',
  'use-isnan': 'error',
  'valid-typeof': 'error',
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60 }],
};

const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

// What a mini-program file sees: WeChat's names and the language, no browser.
const miniProgram = readonly(
  'wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'require', 'module', 'exports',
  'console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval',
);

const browser = readonly(
  'window', 'document', 'location', 'history', 'navigator', 'localStorage', 'sessionStorage', 'console', 'fetch', 'URL', 'URLSearchParams',
  'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'requestAnimationFrame', 'matchMedia',
  'AbortController', 'CSS', 'CustomEvent', 'DOMParser', 'Event', 'EventSource', 'EventTarget', 'FormData', 'Headers', 'IntersectionObserver',
  'MessageChannel', 'MutationObserver', 'Node', 'ResizeObserver', 'TextEncoder', 'WebAssembly', 'devicePixelRatio', 'getComputedStyle',
  'HTMLElement', 'HTMLFormElement', 'HTMLInputElement', 'Element', 'Intl',
);

export default [
  { ignores: ['**/vendor/**', 'node_modules/**', 'var/**', '.venv/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['miniprogram/**/*.js', 'tests/phone/feature_app/**/*.js'],
    languageOptions: { ecmaVersion: 2020, sourceType: 'commonjs', globals: { ...miniProgram } },
    rules,
  },
  {
    files: ['server/wechat_sandbox/phone/static/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: browser },
    rules,
  },
  {
    files: ['server/backoffice/static/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'script', globals: { ...browser, ...readonly('htmx', 'tabler', 'bootstrap') } },
    rules,
  },
];
