/** Addresses of files inside the mini-program, for `<image>`. */

/** A data address for an SVG of the source; other addresses stay as they are. */
export function fileUrl(source, path) {
  if (!path || /^(https?:|data:|blob:)/.test(path)) return path ?? '';
  const text = source.text(path.replace(/^\//, ''));
  if (text !== undefined && path.endsWith('.svg'))
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  return `/phone/miniprogram/${path.replace(/^\//, '')}`;
}
