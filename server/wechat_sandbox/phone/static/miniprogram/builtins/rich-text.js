/** The nodes of `<rich-text>`: a fixed set of tags and attributes, never scripts or events (小程序文档 · rich-text). */

const TAGS = new Set(
  (
    'a abbr b blockquote br code dd del div dl dt em fieldset h1 h2 h3 h4 h5 h6 hr i img ins label legend li ol p q s small ' +
    'span strong sub sup table tbody td tfoot th thead tr u ul'
  ).split(' '),
);
const ATTRIBUTES = ['class', 'style', 'alt', 'src', 'width', 'height', 'colspan', 'rowspan', 'start', 'type'];

function fromDom(node) {
  if (node.nodeType === Node.TEXT_NODE) return [{ type: 'text', text: node.textContent }];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const attrs = Object.fromEntries([...node.attributes].map((one) => [one.name, one.value]));
  return [{ name: node.localName, attrs, children: [...node.childNodes].flatMap(fromDom) }];
}

function build(node) {
  if (node.type === 'text') return [document.createTextNode(node.text ?? '')];
  if (!TAGS.has(node.name)) return [];
  const element = document.createElement(node.name);
  for (const name of ATTRIBUTES) {
    const value = node.attrs?.[name];
    if (value !== undefined && !(name === 'src' && !/^(https:|data:image\/)/.test(value)))
      element.setAttribute(name, value);
  }
  element.append(...(node.children ?? []).flatMap(build));
  return [element];
}

/** DOM nodes for a `nodes` value, which is HTML text or a list of node objects. */
export function richNodes(nodes) {
  if (!nodes) return [];
  const list =
    typeof nodes === 'string'
      ? [...new DOMParser().parseFromString(nodes, 'text/html').body.childNodes].flatMap(fromDom)
      : nodes;
  return list.flatMap(build);
}
