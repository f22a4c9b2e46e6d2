import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { verbatim } from '../../../../src/kernel/message.ts';
import {
  boundaryOf,
  createMultipartReader,
  type MultipartForm,
} from '../../../../src/web/forms/multipart.ts';
import { BOUNDARY, encodeMultipart, multipartType } from '../../../support/uploading.ts';

const maxBytes = 100_000;

/** Reads a form that comes in pieces of so many bytes, the last of them again and again. */
async function parse(
  raw: Buffer | string,
  sizes: readonly number[] = [Infinity],
  boundary = BOUNDARY,
): Promise<MultipartForm> {
  const bytes = Buffer.from(raw);
  const reader = createMultipartReader(boundary, { maxBytes, tooLarge: verbatim('Too large.') });
  for (let [from, n] = [0, 0]; from < bytes.length; n++) {
    const to = from + (sizes[n] ?? sizes.at(-1)!);
    reader.take(bytes.subarray(from, to));
    from = to;
    await new Promise(setImmediate);
  }
  return reader.finish();
}

/** What becomes of a form: what is in it, or the status of the refusal. */
function verdictOn(raw: Buffer | string, sizes?: readonly number[]) {
  return parse(raw, sizes).catch((err: { status?: number }) => err.status ?? err);
}

/** Refused with this status, however it comes. */
async function expectRefused(raw: Buffer | string, status: number): Promise<void> {
  for (const sizes of [[Infinity], [1], [7]])
    expect([sizes, await verdictOn(raw, sizes)]).toEqual([sizes, status]);
}
/** One part with this head, and the end. */
function part(head: string, content = 'x') {
  return `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;
}
const named = 'Content-Disposition: form-data; name="a"';

test.each([Infinity, 1, 7])('texts and files are read as they were sent, in pieces of %d', async (size) => {
  const bytes = Buffer.from('\r\n--not it\r\n\0\xff\r\n', 'latin1');
  const form = await parse(
    encodeMultipart([
      { name: '_csrf', content: 'token' },
      { name: 'a', content: '1' },
      { name: 'a', content: 'ä🦊' },
      { name: 'photo', filename: 'a "b".jpg'.replaceAll('"', '%22'), type: 'image/jpeg', content: bytes },
      { name: 'empty', filename: '', type: 'application/octet-stream', content: '' },
      { name: 'bare', filename: 'x', content: '' },
    ]),
    [size],
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
  const form = await parse(Buffer.from(await answer.arrayBuffer()), [Infinity], boundary);
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
  ['an epilogue of two bytes', part(named).replace(/\r\n$/, 'xx')],
  ['an epilogue of half a line break', part(named).replace(/\r\n$/, '\r')],
  ['more behind a boundary than a line break', part(named).replace('\r\n', 'xx\r\n')],
  ['blanks behind a boundary', part(named).replace('\r\n', '  \r\n')],
  ['a head right behind a boundary', part(named).replace('\r\n', '')],
  ['a folded header', part(`${named};\r\n filename="x"`)],
  ['a header without a name', part(`${named}\r\n: x`)],
  ['no head', `--${BOUNDARY}\r\n\r\nx\r\n--${BOUNDARY}--\r\n`],
  ['a part of nothing', `--${BOUNDARY}\r\n${part(named)}`],
  ['parts behind the end', part(named) + part(named)],
  ['very much behind the end', part(named) + 'x'.repeat(100_000)],
  ['a name in the way of headers', part("Content-Disposition: form-data; name*=UTF-8''a")],
  ['a header that every object has', part(`${named}\r\n__proto__: x\r\n__proto__: y`)],
])('%s is 400', async (_what, raw) => {
  await expectRefused(raw, 400);
});

test('names that every object has are names as any others', async () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const form = await parse(encodeMultipart(names.map((name) => ({ name, content: 'x' }))));
  expect([...form.fields]).toEqual(names.map((name) => [name, ['x']]));
});

test("what a file is called, in whichever way, makes it a file and isn't kept", async () => {
  for (const called of [
    'filename="C:\\holiday\\a.jpg"',
    'filename="a \\"b\\".jpg"',
    'filename="../../etc/passwd"',
    "filename*=UTF-8''%e2%82%ac.jpg",
    "filename*=KOI8-R''%ff",
  ])
    expect((await parse(part(`${named}; ${called}`))).files).toEqual([
      { field: 'a', bytes: Buffer.from('x'), type: null },
    ]);
});

test('a text in another charset is 415', async () => {
  await expectRefused(part(`${named}\r\nContent-Type: text/plain; charset=utf-16`), 415);
});

test('a file of all that may be is read, with one byte more it is refused and never cut', async () => {
  const of = (n: number) => part(`${named}; filename="x"`, 'x'.repeat(n));
  for (const sizes of [[Infinity], [4_096]]) {
    expect((await parse(of(maxBytes), sizes)).files[0]!.bytes).toHaveLength(maxBytes);
    expect(await verdictOn(of(maxBytes + 1), sizes)).toBe(413);
  }
});

test('what is too much is refused while it comes', () => {
  const reader = createMultipartReader(BOUNDARY, { maxBytes, tooLarge: verbatim('Too large.') });
  const parts = encodeMultipart(Array.from({ length: 11 }, () => ({ name: 'a', content: '' })));
  expect(() => reader.take(parts.subarray(0, -10))).toThrow(expect.objectContaining({ status: 413 }));
});

test('ten parts are read, eleven are too many', async () => {
  const of = (n: number) => encodeMultipart(Array.from({ length: n }, () => ({ name: 'a', content: '' })));
  expect((await parse(of(10))).fields.get('a')).toHaveLength(10);
  await expectRefused(of(11), 413);
});

test('a text of 16 KB is read, a longer one is too long', async () => {
  const of = (n: number) => part(named, 'x'.repeat(n));
  expect((await parse(of(16 * 1024))).fields.get('a')![0]).toHaveLength(16 * 1024);
  await expectRefused(of(16 * 1024 + 1), 413);
});

const someSizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });

test('whatever is in a file comes out as it went in, in whatever pieces it comes', async () => {
  const piece = fc.oneof(
    fc.constantFrom('\r\n', '--', BOUNDARY, '-', '\r', '\n', '\0').map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece), someSizes, async (pieces, sizes) => {
      const content = Buffer.concat(pieces);
      fc.pre(
        !content.includes(`\r\n--${BOUNDARY}`) &&
          !content.subarray(0, BOUNDARY.length + 2).equals(Buffer.from(`--${BOUNDARY}`)),
      );
      const raw = encodeMultipart([{ name: 'f', filename: 'f', content }]);
      expect((await parse(raw, sizes)).files[0]!.bytes).toEqual(content);
    }),
  );
});

test('a form with any bytes changed is read or refused, the same in whatever pieces it comes, and never a failure', async () => {
  const whole = encodeMultipart([
    { name: 'alt', content: 'hello' },
    { name: 'photo', filename: 'a.jpg', type: 'image/jpeg', content: Buffer.from([1, 2, 3]) },
  ]);
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(changes, someSizes, async (list, sizes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of list) bytes[at] = value;
      const verdict = await verdictOn(bytes);
      if (typeof verdict !== 'object') expect([400, 413, 415]).toContain(verdict);
      expect(await verdictOn(bytes, sizes)).toEqual(verdict);
    }),
    { numRuns: 2_000 },
  );
});
