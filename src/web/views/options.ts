import ejs from 'ejs';
import type { Option } from '../words/names.ts';

interface Written {
  html: string;
  places: Map<string, number>; // where `selected` goes, by value
}

const written = new WeakMap<readonly Option[], Written>();

function write(options: readonly Option[]): Written {
  const places = new Map<string, number>();
  let html = '';
  for (const { value, label } of options) {
    html += `<option value="${ejs.escapeXML(value)}"`;
    places.set(value, html.length);
    html += `>${ejs.escapeXML(label)}`;
  }
  return { html, places };
}

/** Cached by list. Without end tags, which HTML lets go: the sign-up form has some 860 options. */
export function optionsHtml(
  options: readonly Option[],
  selected: string | readonly string[] | null = null,
): string {
  let list = written.get(options);
  if (!list) written.set(options, (list = write(options)));
  const { html, places } = list;
  const chosen = new Set([selected ?? []].flat().map((value) => places.get(value) ?? -1));
  let [marked, from] = ['', 0];
  for (const place of [...chosen].filter((at) => at >= 0).sort((a, b) => a - b)) {
    marked += `${html.slice(from, place)} selected`;
    from = place;
  }
  return marked + html.slice(from);
}
