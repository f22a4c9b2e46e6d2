import { isUtf8 } from 'node:buffer';
import { AppError } from '../../kernel/errors.ts';
import { isCleanText } from '../../kernel/text/text.ts';
import { type FormBody, otherCharset, saysUtf8 } from './body.ts';

/** A file as it was sent. What its sender calls it is not looked at, let alone kept. */
export interface SentFile {
  /** Of the form's field. */
  field: string;
  bytes: Buffer;
  /** The media type that came with it, unchecked; null: none. */
  type: string | null;
}

export interface MultipartForm {
  fields: FormBody;
  /** Without those of fields in which no file was chosen: browsers send them empty and without a name. */
  files: SentFile[];
}

function malformed() {
  return new AppError(400, "We couldn't read this form. Please go back and send it again.");
}

/** Five fields would do; browsers write some 200 bytes of headers before each. */
const PARTS_MAX = 10;
const HEADERS_MAX = 2_048;
const TEXT_MAX = 16 * 1024;

/** RFC 2046 section 5.1.1: 1 to 70 characters; quoted when it has others than a token may. */
const boundaryPattern = /^multipart\/form-data\s*;\s*boundary=(?:"([^"\\\r\n]{1,70})"|([^\s;",]{1,70}))\s*$/i;

/** What divides the parts of this body; null when it is no form with files, or does not say. */
export function boundaryOf(contentType: string | undefined): string | null {
  const found = boundaryPattern.exec(contentType ?? '');
  return found?.[1] ?? found?.[2] ?? null;
}

function textOf(bytes: Buffer): string {
  const text = isUtf8(bytes) ? bytes.toString() : null;
  if (text === null || !isCleanText(text)) throw malformed();
  return text;
}

/** The HTML standard, "multipart/form-data encoding algorithm": these three are escaped in names, and nothing else. */
function unescaped(name: string): string {
  return name.replace(/%(0A|0D|22)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const disposition = /^form-data((?:\s*;\s*[\w*-]+=(?:"(?:[^"\\]|\\.)*"|[^\s;"]*))*)\s*$/i;
const parameter = /;\s*([\w*-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

interface Head {
  name: string;
  /** Null: a text. */
  filename: string | null;
  type: string | null;
}

function readHead(block: string): Head {
  const headers = new Map<string, string>();
  for (const line of block.split('\r\n')) {
    const [, key, value] = /^([\w-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (key === undefined || headers.has(key.toLowerCase())) throw malformed();
    headers.set(key.toLowerCase(), value!.trim());
  }
  // RFC 7578 section 4.7: nobody sends one, and what is encoded twice is read differently by two readers.
  if (headers.has('content-transfer-encoding')) throw malformed();
  const given = disposition.exec(headers.get('content-disposition') ?? '')?.[1];
  if (given === undefined) throw malformed();
  const parameters = new Map<string, string>();
  for (const [, key, quoted, bare] of given.matchAll(parameter)) {
    if (parameters.has(key!.toLowerCase())) throw malformed();
    parameters.set(key!.toLowerCase(), quoted ?? bare!);
  }
  const name = parameters.get('name');
  if (name === undefined) throw malformed();
  return {
    name: unescaped(name),
    filename: parameters.get('filename') ?? parameters.get('filename*') ?? null,
    type: headers.get('content-type') ?? null,
  };
}

/**
 * `multipart/form-data` as browsers write it (RFC 7578), out of bytes that are all there. Nothing is guessed, skipped or
 * mended: whatever is written otherwise is AppError 400, or 413 where it has too many parts. The bytes of a file are
 * those of `raw`, not copied.
 */
export function parseMultipart(raw: Buffer, boundary: string): MultipartForm {
  const fields = new Map<string, string[]>();
  const files: SentFile[] = [];
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const starts = (at: number, text: string) => raw.subarray(at, at + text.length).equals(Buffer.from(text));

  // The first delimiter has no line break before it.
  if (!raw.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))) throw malformed();
  let at = delimiter.length - 2;
  for (let parts = 0; !starts(at, '--'); parts++) {
    if (parts >= PARTS_MAX) throw new AppError(413, 'This form has too many fields.');
    if (!starts(at, '\r\n')) throw malformed();
    const from = at + 2;
    const headEnd = raw.subarray(from, from + HEADERS_MAX).indexOf('\r\n\r\n');
    if (headEnd < 0) throw malformed();
    const { name, filename, type } = readHead(textOf(raw.subarray(from, from + headEnd)));
    const start = from + headEnd + 4;
    const end = raw.indexOf(delimiter, start);
    if (end < 0) throw malformed();
    const bytes = raw.subarray(start, end);
    if (filename === null) {
      if (!saysUtf8(type)) throw otherCharset();
      if (bytes.length > TEXT_MAX) throw new AppError(413, 'A field of this form is too long.');
      fields.set(name, [...(fields.get(name) ?? []), textOf(bytes)]);
    } else if (filename !== '' || bytes.length > 0) files.push({ field: name, bytes, type });
    at = end + delimiter.length;
  }
  const rest = raw.subarray(at + 2);
  if (rest.length > 0 && !rest.equals(Buffer.from('\r\n'))) throw malformed();
  return { fields, files };
}
