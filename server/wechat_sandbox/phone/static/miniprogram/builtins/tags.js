/** Built-in tags with a hyphen; every other tag with one is a custom component's. */
export const HYPHENATED = new Set([
  'checkbox-group',
  'cover-view',
  'match-media',
  'page-container',
  'page-meta',
  'radio-group',
  'rich-text',
  'root-portal',
  'scroll-view',
  'swiper-item',
]);
