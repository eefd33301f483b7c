/** Paths inside the mini-program: always without a leading slash, as in app.json. */

/** Resolve `target` (absolute, or relative to the file `from`) to a path from the root. */
export function resolvePath(from, target) {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Split `path?a=b` into the page's path and its query; values stay as written, WeChat does not decode them. */
export function splitUrl(url, from = '') {
  const [path, search = ''] = String(url).split(/\?(.*)/s);
  const query = {};
  for (const pair of search.split('&').filter(Boolean)) {
    const [name, value = ''] = pair.split(/=(.*)/s);
    query[name] = value;
  }
  return { path: resolvePath(from, path), query };
}
