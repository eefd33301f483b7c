/** The phone's own drawings, as SVG text. Every one is drawn on a 24 × 24 grid in the current colour. */

const line = (paths, extra = '') =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"${extra}>${paths}</svg>`;
const solid = (paths) => `<svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">${paths}</svg>`;

const DRAWINGS = {
  back: line('<path d="M15 4l-8 8 8 8"/>'),
  close: line('<path d="M5 5l14 14M19 5L5 19"/>'),
  home: line('<path d="M4 11l8-7 8 7v8.5a.5.5 0 0 1-.5.5H15v-6H9v6H4.500a.5.5 0 0 1-.5-.5z"/>'),
  more: solid('<circle cx="5.5" cy="12" r="1.9"/><circle cx="12" cy="12" r="2.6"/><circle cx="18.5" cy="12" r="1.9"/>'),
  capsule: solid(
    '<path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 16a7 7 0 1 1 0-14 7 7 0 0 1 0 14Z"/><circle cx="12" cy="12" r="3.2"/>',
  ),
  search: line('<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4 4"/>'),
  plus: line('<circle cx="12" cy="12" r="9"/><path d="M12 8v8M8 12h8"/>'),
  scan: line(
    '<path d="M4 8V5.500A1.5 1.5 0 0 1 5.5 4H8M16 4h2.500A1.5 1.5 0 0 1 20 5.500V8M20 16v2.500a1.5 1.5 0 0 1-1.5 1.500H16M8 20H5.500A1.5 1.5 0 0 1 4 18.500V16M4 12h16"/>',
  ),
  chevron: line('<path d="M9 5l7 7-7 7"/>'),
  check: line('<path d="M5 12.500l4.5 4.500L19 7.5"/>', ' class="ph-tick"'),
  muted: line('<path d="M6 17V11a6 6 0 0 1 9.5-4.900M18 10.500V17M4 17h16M10.5 20h3M4 4l16 16"/>'),
  bell: solid(
    '<path d="M12 2.800a1.4 1.4 0 0 0-1.4 1.400v.5A6.3 6.3 0 0 0 5.7 10.800v4.400L4 17.600v.9h16v-.9l-1.7-2.400v-4.400a6.3 6.3 0 0 0-4.9-6.100v-.5A1.4 1.4 0 0 0 12 2.800ZM9.6 19.700a2.4 2.4 0 0 0 4.8 0z"/>',
  ),
  chats: solid(
    '<path d="M12 3.500c-5 0-9 3.3-9 7.5 0 2.4 1.3 4.5 3.4 5.900l-.6 2.9 3.3-1.700c.9.2 1.9.4 2.9.4 5 0 9-3.3 9-7.500s-4-7.5-9-7.500Z"/>',
  ),
  contacts: line(
    '<circle cx="10" cy="8" r="3.6"/><path d="M3.5 19.500c.4-3.7 3-5.7 6.5-5.700s6.1 2 6.5 5.700zM16.5 7h4M16.5 10.500h4M18 14h2.5"/>',
  ),
  discover: line('<circle cx="12" cy="12" r="8.5"/><path d="M15.8 8.200l-2.3 5.3-5.3 2.3 2.3-5.300z"/>'),
  me: line('<circle cx="12" cy="8.2" r="3.9"/><path d="M4.5 20c.5-4 3.4-6.2 7.5-6.200s7 2.2 7.5 6.200z"/>'),
  info: line('<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.300v.2"/>'),
  phone: solid(
    '<path d="M6.6 3.5 9.2 4l1 4.3-2 1.700c1 2.3 2.8 4.1 5.8 5.800l1.7-2 4.3 1 .5 2.600c-.4 1.8-1.6 3-3.3 3.100C10.2 20.4 3.6 13.8 3.5 6.800c.1-1.7 1.3-2.9 3.1-3.300Z"/>',
  ),
  calendar: line('<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.500v4M15.5 3.500v4"/>'),
  mail: line('<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="M4.5 7.500l7.5 6 7.5-6"/>'),
  sms: solid(
    '<path fill-rule="evenodd" d="M12 3.800c-5.200 0-9.300 3.300-9.300 7.500 0 2.600 1.600 4.900 4 6.200l-.9 3 3.900-2c.7.200 1.500.300 2.300.300 5.200 0 9.300-3.300 9.300-7.500s-4.100-7.500-9.300-7.500ZM8 10.100a1.300 1.300 0 1 1 0 2.600 1.300 1.300 0 0 1 0-2.600Zm4 0a1.300 1.300 0 1 1 0 2.600 1.300 1.300 0 0 1 0-2.600Zm4 0a1.300 1.300 0 1 1 0 2.600 1.300 1.300 0 0 1 0-2.600Z"/>',
  ),
  miniprogram: line('<path d="M8 13.500a3 3 0 1 0 3 3V7.500a3 3 0 1 1 3 3" transform="translate(.5 0)"/>'),
  code: solid(
    '<path fill-rule="evenodd" d="M3 3h8v8H3zm2 2v4h4V5zM13 3h8v8h-8zm2 2v4h4V5zM3 13h8v8H3zm2 2v4h4v-4z"/><path d="M6 6h2v2H6zM16 6h2v2h-2zM6 16h2v2H6zM13 13h3v3h-3zM18 13h3v2h-3zM16 16h2v2h-2zM13 18h2v3h-2zM19 17h2v4h-4v-2h2z"/>',
  ),
  suncode: line(
    '<circle cx="12" cy="12" r="3.2"/><path d="M12 2.500v4M12 17.500v4M2.5 12h4M17.5 12h4M5.3 5.300l2.8 2.800M15.9 15.900l2.8 2.800M18.7 5.300l-2.8 2.800M8.1 15.900l-2.8 2.800M8.5 3.200l1 2.400M14.5 18.400l1 2.400M3.2 15.500l2.4-1M18.4 9.500l2.4-1"/>',
  ),
  signal: solid(
    '<rect x="2" y="14" width="3.6" height="6" rx="1"/><rect x="7.5" y="11" width="3.6" height="9" rx="1"/><rect x="13" y="8" width="3.6" height="12" rx="1"/><rect x="18.5" y="4.5" width="3.6" height="15.5" rx="1"/>',
  ),
  wifi: solid(
    '<path d="M12 19.6 8.8 16.300a4.6 4.6 0 0 1 6.4 0zM6.9 14.3 5 12.300a10 10 0 0 1 14 0l-1.9 2a7.3 7.3 0 0 0-10.2 0zM3.2 10.4 1.3 8.500a15.3 15.3 0 0 1 21.4 0l-1.9 1.900a12.6 12.6 0 0 0-17.6 0z"/>',
  ),
  battery:
    '<svg viewBox="0 0 30 24" aria-hidden="true"><rect x="1" y="5.5" width="24" height="13" rx="3.8" fill="none" stroke="currentColor" opacity=".45" stroke-width="1.3"/><rect x="3" y="7.5" width="17" height="9" rx="2.2" fill="currentColor"/><path d="M26.5 9.800v4.400c1-.3 1.7-1.1 1.7-2.200s-.7-1.9-1.7-2.200z" fill="currentColor" opacity=".5"/></svg>',
};

/** SVG text of one drawing. */
export function icon(name) {
  return DRAWINGS[name];
}
