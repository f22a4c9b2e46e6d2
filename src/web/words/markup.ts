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

const special = /[&<>'"]/;

/** Most texts hold nothing to escape: looking first takes a third of the time. */
export function escapeHtml(text: string): string {
  return special.test(text) ? ejs.escapeXML(text) : text;
}

export function timeElement(time: ShownTime): Element {
  const shape = 'recent' in time ? 'recent' : time.shape;
  return el('time', { datetime: new Date(time.at).toISOString(), 'data-shape': shape });
}

/** `inner` is HTML already. */
export function elementHtml({ name, attributes }: Element, inner: string): string {
  let written = '';
  for (const [key, value] of Object.entries(attributes))
    written += value === true ? ` ${key}` : ` ${key}="${escapeHtml(value)}"`;
  return `<${name}${written}>${inner}</${name}>`;
}
