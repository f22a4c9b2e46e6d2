import { ApiClient } from './api.ts';
import type { Asking } from './addressed.ts';
import { type Page, textOf, type Visitor } from './visitor.ts';

/** Two different references have the same length, and so has the rest: this much is for what only looks different. */
const BYTES = 32;

function wordsOf({ html }: Page): string {
  return textOf(html.replace(/(class="request-id">|"requestId":")[^<"]+/, '$1'));
}

/** By what two answers can be told apart, beside who was asked for. */
export function differences(one: Page, other: Page): string[] {
  const headers = ['content-type', 'cache-control', 'etag', 'location', 'content-disposition', 'retry-after'];
  const bytes = (page: Page): number => page.bytes?.length ?? Buffer.byteLength(page.html);
  return [
    ...(one.status === other.status ? [] : ['status']),
    ...(wordsOf(one) === wordsOf(other) ? [] : ['words']),
    ...(Math.abs(bytes(one) - bytes(other)) <= BYTES ? [] : ['bytes']),
    ...headers.filter((name) => one.header(name) !== other.header(name)),
  ];
}

/** Asks as a browser does, or as a program where the address is one of the API. */
export async function ask(who: Visitor, { method, path, fields }: Asking): Promise<Page> {
  if (!path.startsWith('/api/')) return method === 'post' ? who.post(path, fields) : who.get(path);
  const before = who.headers;
  const token = method === 'post' ? { 'X-CSRF-Token': await new ApiClient(who).token() } : {};
  who.headers = { ...before, Accept: 'application/json', ...token };
  try {
    return await (method === 'post'
      ? who.send('post', path, JSON.stringify(fields), 'application/json')
      : who.get(path));
  } finally {
    who.headers = before;
  }
}
