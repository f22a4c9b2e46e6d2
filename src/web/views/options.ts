import ejs from 'ejs';
import type { Option } from './names.ts';

interface Written {
  html: string;
  places: Map<string, number>; // where `selected` goes, by value
}

const written = new WeakMap<readonly Option[], Written>();

function write(options: readonly Option[]): Written {
  const places = new Map<string, number>();
  let html = '';
  for (const { value, label } of options) {
    html += `${html && '\n    '}<option value="${ejs.escapeXML(value)}"`;
    places.set(value, html.length);
    html += `>${ejs.escapeXML(label)}</option>`;
  }
  return { html, places };
}

/** Cached by list: the sign-up form repeats all languages. */
export function optionsHtml(options: readonly Option[], selected?: string | null): string {
  let list = written.get(options);
  if (!list) written.set(options, (list = write(options)));
  const { html, places } = list;
  const place = typeof selected === 'string' ? places.get(selected) : undefined;
  return place === undefined ? html : `${html.slice(0, place)} selected${html.slice(place)}`;
}
