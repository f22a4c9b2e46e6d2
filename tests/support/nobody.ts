import { type Page, textOf } from './visitor.ts';

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
