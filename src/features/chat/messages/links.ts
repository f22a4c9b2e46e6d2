import { LinkifyIt } from 'linkify-it';

/** A piece of what somebody wrote; `href`: it is an address that can be followed. */
export interface TextPart {
  text: string;
  href: string | null;
}

/** Addresses that say how they are reached: "e.g.this" is none. */
const links = new LinkifyIt({ fuzzyEmail: false, urlAuth: true, maxLength: 2_000 })
  .add('ftp:', null)
  .add('//', null)
  .add('mailto:', null);
const schemes = /https?:\/\//i;

/** Null: nothing that a page may lead to. With a name before the host, it would not lead where it seems to. */
function hrefOf(found: string): string | null {
  if (!URL.canParse(found)) return null;
  const url = new URL(found);
  const isPlain = ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  return isPlain ? url.href : null;
}

export function textParts(text: string): TextPart[] {
  const matches = schemes.test(text) ? (links.match(text) ?? []) : [];
  const parts: TextPart[] = [];
  let from = 0;
  for (const { index, lastIndex, url } of matches) {
    const href = hrefOf(url);
    if (href === null) continue;
    parts.push({ text: text.slice(from, index), href: null }, { text: text.slice(index, lastIndex), href });
    from = lastIndex;
  }
  return [...parts, { text: text.slice(from), href: null }].filter((part) => part.text !== '');
}
