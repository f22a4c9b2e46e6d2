import { expect, test } from '@jest/globals';
import { textParts } from '../../../../src/features/chat/messages/links.ts';

function linksIn(text: string): (string | null)[] {
  const parts = textParts(text);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  return parts.flatMap(({ href }) => href ?? []);
}

test.each([
  ['See https://example.com/a?b=1&c=2#d, ok?', ['https://example.com/a?b=1&c=2#d']],
  ['(http://example.com/x_(y))', ['http://example.com/x_(y)']],
  ['HTTPS://Example.COM', ['https://example.com/']],
  ['https://пример.рф/путь', ['https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C']],
  ['https://a.example https://b.example', ['https://a.example/', 'https://b.example/']],
  ['انظر https://example.com/ من فضلك', ['https://example.com/']],
])('%s', (text, links) => expect(linksIn(text)).toEqual(links));

test.each([
  'example.com and www.example.com',
  'javascript:alert(1) data:text/html,x',
  'ftp://example.com mailto:a@example.com //example.com a@example.com',
  'https://bank.example@evil.example/ http://user:pw@example.com',
  'http:// https://',
])('leads nowhere: %s', (text) => expect(linksIn(text)).toEqual([]));

test('a text that is made to be slow is not', () => {
  for (const piece of ['http://', 'https://a.', 'https://((((', 'http://a:', 'https://a/"\'[(']) {
    const began = performance.now();
    textParts(piece.repeat(60_000 / piece.length));
    expect([piece, performance.now() - began < 1_000]).toEqual([piece, true]);
  }
});
