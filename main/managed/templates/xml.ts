/** An element of XML: name, attributes, and text or elements. Enough for the templates, which we write and never read. */
export interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly content?: string | readonly Element[];
}

export const element = (
  name: string,
  attributes: Element['attributes'] = {},
  content: Element['content'] = [],
): Element => ({ name, attributes, content });

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Two spaces for each level; text stays on the line of its element. */
export function written({ name, attributes = {}, content = [] }: Element, indent = ''): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `${indent}<${name}${said.join('')}`;
  if (typeof content === 'string') return `${open}>${escaped(content)}</${name}>\n`;
  if (content.length === 0) return `${open}/>\n`;
  const inside = content.map((child) => written(child, `${indent}  `)).join('');
  return `${open}>\n${inside}${indent}</${name}>\n`;
}

export const XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
