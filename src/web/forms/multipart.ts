import { Dicer } from '@fastify/busboy';
import { AppError } from '../../kernel/errors.ts';
import { message, type Message } from '../../kernel/message.ts';
import { type FormBody, otherCharset, saysUtf8 } from './body.ts';
import { headLength, malformed, type PartHead, type PartHeaders, readHead, textOf } from './part-head.ts';

/** Its name isn't even looked at. */
export interface SentFile {
  field: string;
  bytes: Buffer;
  type: string | null; // unchecked; null: none
}

export interface MultipartForm {
  fields: FormBody;
  files: SentFile[]; // without empty, nameless ones: browsers send those when no file was chosen
}

export class FileTooLarge extends AppError {
  constructor(said: Message) {
    super(413, said);
  }
}

const PARTS_MAX = 10; // five fields would do; browsers write some 200 bytes of headers for each
const HEADERS_MAX = 2_048;
const TEXT_MAX = 16 * 1024;

/** RFC 2046, 5.1.1: 1 to 70 characters. */
const boundaryPattern = /^multipart\/form-data\s*;\s*boundary=(?:"([^"\\\r\n]{1,70})"|([^\s;",]{1,70}))\s*$/i;

/** Null unless it is a form with files. */
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
  take(chunk: Buffer): void; // throws AppError 400, 413 or 415 as soon as it is clear
  finish(): Promise<MultipartForm>; // throws as `take`
}

export interface FileBounds {
  maxBytes: number;
  tooLarge: Message;
}

/** Fills a part while it comes; what is wrong with it is told to `refuse`, and then its bytes are let go. */
function collect(stream: Dicer.PartStream, bounds: FileBounds, refuse: (err: unknown) => void): Part {
  const ended = new Promise<void>((resolve) => stream.once('end', resolve));
  const part: Part = { head: null, headLength: 0, chunks: [], length: 0, ended };
  const check = (work: () => void): void => {
    try {
      work();
    } catch (err) {
      part.chunks = [];
      refuse(err);
    }
  };
  stream.on('error', refuse);
  stream.on('header', (headers) => check(() => takeHead(part, headers as PartHeaders)));
  stream.on('data', (chunk: Buffer) => check(() => takeBytes(part, chunk, bounds)));
  return part;
}

function takeHead(part: Part, headers: PartHeaders): void {
  part.headLength = headLength(headers);
  if (part.headLength > HEADERS_MAX) throw malformed();
  part.head = readHead(headers);
  if (part.head.filename === null && !saysUtf8(part.head.type)) throw otherCharset();
}

function takeBytes(part: Part, chunk: Buffer, { maxBytes, tooLarge }: FileBounds): void {
  part.length += chunk.length;
  const isText = part.head?.filename === null;
  if (isText && part.length > TEXT_MAX) throw new AppError(413, message('web.form.longField'));
  if (!isText && part.length > maxBytes) throw new FileTooLarge(tooLarge);
  // A small one would keep all that it was cut from.
  part.chunks.push(chunk.length * 2 < chunk.buffer.byteLength ? Buffer.from(chunk) : chunk);
}

/** RFC 7578, while it comes. The parser skips what it doesn't understand, so its parts must add up to the bytes. */
export function createMultipartReader(boundary: string, bounds: FileBounds): MultipartReader {
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
    if (parts.length >= PARTS_MAX) refuse(new AppError(413, message('web.form.manyFields')));
    parts.push(collect(stream, bounds, refuse));
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
