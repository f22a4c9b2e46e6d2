import ejs from 'ejs';
import type { Option } from '../words/names.ts';

interface Written {
  html: string;
  places: Map<string, [from: number, to: number]>; // of the attribute, by value
}

/** Of options that are sent by their texts: no value. */
const bare = new WeakMap<readonly Option[], Written>();
const valued = new WeakMap<readonly Option[], Written>();

function attribute(value: string): string {
  return ` value="${ejs.escapeXML(value)}"`;
}

/** Without quotes and end tags, which HTML lets go: the sign-up form has some 980 options. */
function write(options: readonly Option[], isBare: boolean): Written {
  const places: Written['places'] = new Map();
  let html = '';
  for (const { value, label } of options) {
    html += '<option';
    const from = html.length;
    if (!isBare) html += /^[A-Za-z0-9-]+$/.test(value) ? ` value=${value}` : attribute(value);
    places.set(value, [from, html.length]);
    html += `>${ejs.escapeXML(label)}`;
  }
  return { html, places };
}

/** Cached by list. */
function writtenOf(options: readonly Option[], isBare: boolean): Written {
  const known = isBare ? bare : valued;
  let list = known.get(options);
  if (!list) known.set(options, (list = write(options, isBare)));
  return list;
}

/** `isBare`: the form sends labels, not values. */
export function optionsHtml(
  options: readonly Option[],
  selected: string | readonly string[] | null = null,
  isBare = false,
): string {
  const { html, places } = writtenOf(options, isBare);
  const chosen = [...new Set([selected ?? []].flat())].flatMap((value) => {
    const place = places.get(value);
    return place ? [{ place, value: isBare ? '' : attribute(value) }] : [];
  });
  let [marked, at] = ['', 0];
  for (const { place, value } of chosen.sort((a, b) => a.place[0] - b.place[0])) {
    marked += `${html.slice(at, place[0])}${value} selected`;
    at = place[1];
  }
  return marked + html.slice(at);
}
