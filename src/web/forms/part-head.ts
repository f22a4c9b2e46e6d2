import { isUtf8 } from 'node:buffer';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { isCleanText } from '../../kernel/text/text.ts';

export function malformed() {
  return new AppError(400, message('web.form.unreadable'));
}

/** AppError 400 unless it can be stored and shown. */
export function textOf(bytes: Buffer): string {
  const text = isUtf8(bytes) ? bytes.toString() : null;
  if (text === null || !isCleanText(text)) throw malformed();
  return text;
}

/** The HTML standard, "multipart/form-data encoding algorithm". */
function unescaped(name: string): string {
  return name.replace(/%(0A|0D|22)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const disposition = /^form-data((?:\s*;\s*[\w*-]+=(?:"(?:[^"\\]|\\.)*"|[^\s;"]*))*)\s*$/i;
const parameter = /;\s*([\w*-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** By names in lower case, in Latin-1. */
export type PartHeaders = Readonly<Record<string, readonly string[]>>;

export interface PartHead {
  name: string;
  filename: string | null; // null: a text field
  type: string | null;
}

/** As browsers write it, with the blank line at its end. */
export function headLength(headers: PartHeaders): number {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => `${name}: ${value}\r\n`.length),
  );
  return lines.reduce((sum, length) => sum + length, '\r\n'.length);
}

/** RFC 7578, 4.2. AppError 400: nothing is guessed. */
export function readHead(given: PartHeaders): PartHead {
  const headers = new Map<string, string>();
  for (const [name, values] of Object.entries(given)) {
    if (!/^[\w-]+$/.test(name) || values.length > 1) throw malformed();
    headers.set(name, textOf(Buffer.from(values[0]!, 'latin1')).trim());
  }
  // RFC 7578, 4.7: nobody sends one, and two readers may decode it differently.
  if (headers.has('content-transfer-encoding')) throw malformed();
  const list = disposition.exec(headers.get('content-disposition') ?? '')?.[1];
  if (list === undefined) throw malformed();
  const parameters = new Map<string, string>();
  for (const [, key, quoted, bare] of list.matchAll(parameter)) {
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
