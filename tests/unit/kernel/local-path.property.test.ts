import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseLocalPath } from '../../../src/kernel/local-path.ts';
import { hostile } from './hostile.ts';

const slashes = '/ / // \\ /\\ . .. /./ /../ %2e %2E%2e %2f %5c %09 %00 % %25 ／ ＼ ⁄ ∕ ． 。';
const elsewhere = '@ : :80 http: https: HTTPS:// javascript: data: evil.example chatlink.example';
const ordinary = 'people 1 é 👋 ? # & = ; | [ ] { ^ ` \' " <';
const unseen = '\0\t\n\r \u007f\u0085\u00a0\u00ad\u200b\u202e\u2028\ufeff\udfff\ud800'.split('');
const fragments = [...`${slashes} ${elsewhere} ${ordinary}`.split(' '), ...unseen];
// Most begin with a slash, or nearly none would get past the first look.
const typed = fc.oneof(
  hostile(fragments),
  hostile(fragments).map((rest) => `/${rest}`),
  hostile(fragments).map((rest) => `/people${rest}`),
);

const bases = ['https://chatlink.example/login?next=/a', 'http://[::1]:3000/a//b/#top'];

/** A property of whatever is accepted. */
function whateverIsAccepted(check: (path: string, text: string) => void): void {
  return fc.assert(
    fc.property(typed, (text) => {
      const path = parseLocalPath(text);
      if (path !== null) check(path, text);
    }),
    { numRuns: 3_000 },
  );
}

test('an accepted path stays on the site, from whatever page it is followed', () => {
  whateverIsAccepted((path, text) => {
    for (const base of bases) {
      const { origin } = new URL(base);
      expect(new URL(path, base).href).toBe(origin + path);
      expect(new URL(text, base).origin).toBe(origin);
    }
  });
});

test('an accepted path begins with one slash and fits into a header as it is', () => {
  whateverIsAccepted((path, text) => {
    expect(path).toMatch(/^\/(?![/\\])[!-~]*$/);
    // Nor was anything dropped or turned into a slash to make it so.
    expect(text).not.toMatch(/[\\\s\p{Cc}]/u);
  });
});

test('an accepted path, when short enough to be read again, is then the same', () => {
  whateverIsAccepted((path) => {
    // Percent-encoding makes a path up to nine times as long as it was typed.
    if (path.length <= 2_048) expect(parseLocalPath(path)).toBe(path);
  });
});

test('a link within the site is kept letter by letter', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9_~@:;,+-]{1,9}$/);
  const rest = fc.stringMatching(/^(\?[a-z0-9=&%/?@:+.-]{1,20})?(#[a-z0-9/?-]{1,9})?$/);
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 5 }), rest, (segments, end) => {
      const path = `/${segments.join('/')}${end}`;
      expect(parseLocalPath(path)).toBe(path);
    }),
  );
});

test('no address of another site is accepted, whatever hides its two slashes', () => {
  const start = fc.constantFrom(
    '',
    ' ',
    '\n',
    '/.',
    '/..',
    '/x/..',
    '/%2e',
    '/x/%2E%2e',
    'https:',
    '/\t',
    '\\',
  );
  const two = fc.constantFrom('//', '///', '/\\', '\\/', '\\\\', '/\t/', '/\r/', '/\n\\', '/.//');
  const there = fc.tuple(start, two, fc.domain()).map((parts) => `${parts.join('')}/people`);
  fc.assert(
    fc.property(there, (url) => expect(parseLocalPath(url)).toBeNull()),
    { numRuns: 1_000 },
  );
  fc.assert(fc.property(fc.webUrl(), (url) => expect(parseLocalPath(url)).toBeNull()));
});

test('what is no string is no path', () => {
  const noString = fc.oneof(fc.anything(), fc.array(typed)).filter((value) => typeof value !== 'string');
  fc.assert(fc.property(noString, (value) => expect(parseLocalPath(value)).toBeNull()));
});
