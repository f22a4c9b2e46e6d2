import { Dicer } from '@fastify/busboy';
import { AppError } from '../../kernel/errors.ts';
import { type FormBody, otherCharset, saysUtf8 } from './body.ts';
import { headLength, malformed, type PartHead, type PartHeaders, readHead, textOf } from './part-head.ts';

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

/** A file that is larger than its form takes. */
export class FileTooLarge extends AppError {
  constructor(text: string) {
    super(413, text);
  }
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

interface Part {
  head: PartHead | null;
  headLength: number;
  chunks: Buffer[];
  length: number;
  ended: Promise<void>;
}

export interface MultipartReader {
  /** Throws AppError 400, 413 or 415 as soon as it is clear that the form will not do. */
  take(chunk: Buffer): void;
  /** The form, once all of its bytes have been taken; throws as `take` does. */
  finish(): Promise<MultipartForm>;
}

export interface FileBounds {
  /** Bytes of the largest file. */
  maxBytes: number;
  /** What the sender of a larger one is told. */
  tooLarge: string;
}

/**
 * Reads `multipart/form-data` as browsers write it (RFC 7578), while it comes. The parser passes over what it does not
 * understand; so its parts have to be all that was sent, byte for byte, or the form is refused.
 */
export function createMultipartReader(boundary: string, { maxBytes, tooLarge }: FileBounds): MultipartReader {
  const parser = new Dicer({ boundary });
  const parts: Part[] = [];
  let fault: AppError | null = null;
  let total = 0;
  let end = '';

  const refuse = (err: unknown): void => {
    fault ??= err instanceof AppError ? err : malformed();
  };
  const closed = new Promise<void>((resolve) => {
    parser.on('finish', resolve);
    parser.on('error', (err) => {
      refuse(err);
      resolve();
    });
  });

  parser.on('part', (stream: Dicer.PartStream) => {
    if (parts.length >= PARTS_MAX) refuse(new AppError(413, 'This form has too many fields.'));
    const ended = new Promise<void>((resolve) => stream.once('end', resolve));
    const part: Part = { head: null, headLength: 0, chunks: [], length: 0, ended };
    parts.push(part);
    stream.on('error', refuse);
    stream.on('header', (headers) => {
      try {
        part.headLength = headLength(headers as PartHeaders);
        if (part.headLength > HEADERS_MAX) throw malformed();
        part.head = readHead(headers as PartHeaders);
        if (part.head.filename === null && !saysUtf8(part.head.type)) throw otherCharset();
      } catch (err) {
        refuse(err);
      }
    });
    stream.on('data', (chunk: Buffer) => {
      part.length += chunk.length;
      if (part.head?.filename === null) {
        if (part.length > TEXT_MAX) refuse(new AppError(413, 'A field of this form is too long.'));
      } else if (part.length > maxBytes) refuse(new FileTooLarge(tooLarge));
      if (fault) part.chunks = [];
      else part.chunks.push(chunk);
    });
  });

  const isAllRead = (): boolean => {
    const delimiter = Buffer.byteLength(`--${boundary}\r\n`);
    const read = parts.reduce((sum, part) => sum + part.headLength + part.length + 2, 0);
    const rest = total - read - (parts.length + 1) * delimiter;
    return (rest === 0 && end === '--') || (rest === 2 && end === '\r\n');
  };

  return {
    take(chunk) {
      total += chunk.length;
      end = (end + chunk.toString('latin1', chunk.length - 2)).slice(-2);
      parser.write(chunk);
      if (fault) throw fault;
    },
    async finish() {
      parser.end();
      await closed;
      if (!fault) await Promise.all(parts.map(({ ended }) => ended));
      if (!fault && !isAllRead()) refuse(malformed());
      if (fault) throw fault;
      return formOf(parts);
    },
  };
}

function formOf(parts: readonly Part[]): MultipartForm {
  const fields = new Map<string, string[]>();
  const files: SentFile[] = [];
  for (const { head, chunks } of parts) {
    if (!head) throw malformed();
    const { name, filename, type } = head;
    const bytes = Buffer.concat(chunks);
    if (filename === null) fields.set(name, [...(fields.get(name) ?? []), textOf(bytes)]);
    else if (filename !== '' || bytes.length > 0) files.push({ field: name, bytes, type });
  }
  return { fields, files };
}
