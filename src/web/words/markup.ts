import ejs from 'ejs';
import type { ShownTime } from '../../kernel/message.ts';

/** What a named tag of a message becomes: `<link>…</link>` in a catalogue, an anchor with its address on the page. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string | true>>;
}

export type Tags = Readonly<Record<string, Element>>;

/** Tags that stand for themselves. */
const plain = ['strong', 'em', 'b', 'code', 'bdi', 'span'] as const;

export const plainTags: Tags = Object.fromEntries(plain.map((name) => [name, el(name)]));

export function el(name: string, attributes: Element['attributes'] = {}): Element {
  return { name, attributes };
}

export function escapeHtml(text: string): string {
  return ejs.escapeXML(text);
}

export function timeElement({ shape, at }: ShownTime): Element {
  return el('time', { datetime: new Date(at).toISOString(), 'data-shape': shape });
}

/** `inner` is HTML already. */
export function elementHtml({ name, attributes }: Element, inner: string): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === true ? ` ${key}` : ` ${key}="${escapeHtml(value)}"`,
  );
  return `<${name}${written.join('')}>${inner}</${name}>`;
}
