import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundaryOf, parseMultipart } from '../../../../src/web/forms/multipart.ts';
import { BOUNDARY, encodeMultipart, multipartType } from '../../../support/uploading.ts';

function parse(raw: Buffer | string) {
  return parseMultipart(Buffer.from(raw), BOUNDARY);
}
/** One part with this head, and the end. */
function part(head: string, content = 'x') {
  return `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;
}
const named = 'Content-Disposition: form-data; name="a"';

test('texts and files are read as they were sent', () => {
  const bytes = Buffer.from('\r\n--not it\r\n\0\xff\r\n', 'latin1');
  const form = parse(
    encodeMultipart([
      { name: '_csrf', content: 'token' },
      { name: 'a', content: '1' },
      { name: 'a', content: 'ä🦊' },
      { name: 'photo', filename: 'a "b".jpg'.replaceAll('"', '%22'), type: 'image/jpeg', content: bytes },
      { name: 'empty', filename: '', type: 'application/octet-stream', content: '' },
      { name: 'bare', filename: 'x', content: '' },
    ]),
  );
  expect(Object.fromEntries(form.fields)).toEqual({ _csrf: ['token'], a: ['1', 'ä🦊'] });
  expect(form.files).toEqual([
    { field: 'photo', bytes, type: 'image/jpeg' },
    { field: 'bare', bytes: Buffer.alloc(0), type: null },
  ]);
});

test('what Node itself writes is read', async () => {
  const data = new FormData();
  data.append('we"ird\r\nname', 'täxt');
  data.append('file', new Blob([Buffer.from([0, 255, 13, 10])], { type: 'image/png' }), 'ä "1".png');
  const answer = new Response(data);
  const boundary = boundaryOf(answer.headers.get('content-type') ?? '')!;
  const form = parseMultipart(Buffer.from(await answer.arrayBuffer()), boundary);
  expect([...form.fields]).toEqual([['we"ird\r\nname', ['täxt']]]);
  expect(form.files).toEqual([{ field: 'file', bytes: Buffer.from([0, 255, 13, 10]), type: 'image/png' }]);
});

test.each([
  [multipartType, BOUNDARY],
  ['Multipart/Form-Data;boundary="a b"', 'a b'],
  ['multipart/form-data; boundary=x ', 'x'],
  ['multipart/form-data', null],
  ['multipart/form-data; boundary=', null],
  [`multipart/form-data; boundary=${'a'.repeat(71)}`, null],
  ['multipart/mixed; boundary=x', null],
  ['multipart/form-data; charset=utf-8; boundary=x', null],
  [undefined, null],
])('%j is divided by %j', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

test.each([
  ['nothing', ''],
  ['another boundary', part(named).replaceAll(BOUNDARY, 'other')],
  ['a preamble', `hello\r\n${part(named)}`],
  ['an epilogue', `${part(named)}more`],
  ['no end', part(named).replace(/--\r\n$/, '')],
  ['an end in the middle of a part', `--${BOUNDARY}\r\n${named}\r\n\r\nx`],
  ['a head without an end', `--${BOUNDARY}\r\n${named}\r\n`],
  ['a head that is too long', part(`${named}\r\nX-Long: ${'x'.repeat(2_048)}`)],
  ['bare line feeds', part(named).replaceAll('\r\n', '\n')],
  ['no disposition', part('Content-Type: text/plain')],
  ['another disposition', part('Content-Disposition: attachment; name="a"')],
  ['no name', part('Content-Disposition: form-data')],
  ['a name twice', part(`${named}; name="b"`)],
  ['a header twice', part(`${named}\r\n${named}`)],
  ['a header that is none', part(`${named}\r\nhello`)],
  ['a quote without an end', part('Content-Disposition: form-data; name="a')],
  ['an encoding', part(`${named}\r\nContent-Transfer-Encoding: base64`)],
  ['bad UTF-8 in a name', Buffer.from(part('Content-Disposition: form-data; name="\xff"'), 'latin1')],
  ['bad UTF-8 in a text', Buffer.from(part(named, '\xff'), 'latin1')],
  ['NUL in a text', part(named, '\0')],
])('%s is 400', (_what, raw) => {
  expect(() => parse(raw)).toThrow(expect.objectContaining({ status: 400 }));
});

test('ten parts are read, eleven are too many', () => {
  const of = (n: number) => encodeMultipart(Array.from({ length: n }, () => ({ name: 'a', content: '' })));
  expect(parse(of(10)).fields.get('a')).toHaveLength(10);
  expect(() => parse(of(11))).toThrow(expect.objectContaining({ status: 413 }));
});

test('a text of 16 KB is read, a longer one is too long', () => {
  const of = (n: number) => part(named, 'x'.repeat(n));
  expect(parse(of(16 * 1024)).fields.get('a')![0]).toHaveLength(16 * 1024);
  expect(() => parse(of(16 * 1024 + 1))).toThrow(expect.objectContaining({ status: 413 }));
});

test('whatever is in a file comes out as it went in', () => {
  const piece = fc.oneof(
    fc.constantFrom('\r\n', '--', BOUNDARY, '-', '\r', '\n', '\0').map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const content = Buffer.concat(pieces);
      fc.pre(
        !content.includes(`\r\n--${BOUNDARY}`) &&
          !content.subarray(0, BOUNDARY.length + 2).equals(Buffer.from(`--${BOUNDARY}`)),
      );
      expect(parse(encodeMultipart([{ name: 'f', filename: 'f', content }])).files[0]!.bytes).toEqual(
        content,
      );
    }),
  );
});

test('a form with any bytes changed is read or refused, and never a failure', () => {
  const whole = encodeMultipart([
    { name: 'alt', content: 'hello' },
    { name: 'photo', filename: 'a.jpg', type: 'image/jpeg', content: Buffer.from([1, 2, 3]) },
  ]);
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, (list) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of list) bytes[at] = value;
      try {
        parse(bytes);
      } catch (err) {
        expect([400, 413]).toContain((err as { status?: number }).status);
      }
    }),
    { numRuns: 2_000 },
  );
});
