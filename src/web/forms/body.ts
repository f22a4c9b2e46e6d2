import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { isCleanText } from '../../kernel/text/text.ts';

/** In bytes and in fields, repeated ones counted each. */
export interface FormBounds {
  bytes: number;
  fields: number;
}

/** Nearly all forms are under 4 KB, sign-up at all its limits included. */
export const usualBounds: FormBounds = { bytes: 16 * 1024, fields: 60 };

/** Values in order, by name. Nothing is guessed: `a[]=1` is a field called "a[]". */
export type FormBody = ReadonlyMap<string, readonly string[]>;

/** Or says nothing: browsers name no charset, and another one than ours would give a field two meanings. */
export function saysUtf8(contentType: string | null | undefined): boolean {
  const charsets = [...(contentType ?? '').matchAll(/;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/gi)];
  return charsets.every(([, quoted, plain]) => /^utf-?8$/i.test((quoted ?? plain)!.trim()));
}

export function otherCharset() {
  return new AppError(415, message('web.form.charset'));
}

function malformed() {
  return new AppError(400, message('web.form.unreadable'));
}

/** By the WHATWG URL standard, but bad UTF-8, NUL and lone surrogates are refused. */
export function parseForm(raw: string, fieldsMax = usualBounds.fields): FormBody {
  const form = new Map<string, string[]>();
  const pairs = raw === '' ? [] : raw.split('&');
  if (pairs.length > fieldsMax) throw new AppError(413, message('web.form.manyFields'));
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
    const [key, text] = [decode(name), decode(value)];
    const list = form.get(key);
    if (list) list.push(text);
    else form.set(key, [text]);
  }
  return form;
}

function decode(part: string): string {
  try {
    const text = decodeURIComponent(part.replaceAll('+', ' '));
    if (isCleanText(text)) return text;
  } catch {
    // Not UTF-8, or a stray percent sign: browsers send neither.
  }
  throw malformed();
}

function rawBody({ bytes }: FormBounds): RequestHandler {
  return express.raw({ type: 'application/x-www-form-urlencoded', limit: bytes, inflate: false });
}

/** Other types of body are left unread, with `req.body` empty. */
export function formBodies(largerOf: (path: string) => FormBounds | undefined): RequestHandler[] {
  const readers = new Map<FormBounds, RequestHandler>();
  const boundsOf = (path: string): FormBounds => largerOf(path) ?? usualBounds;
  const readerOf = (bounds: FormBounds): RequestHandler => {
    const reader = readers.get(bounds) ?? rawBody(bounds);
    readers.set(bounds, reader);
    return reader;
  };
  const none: FormBody = new Map();
  const isBodiless = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';
  return [
    (req, res, next) => (isBodiless(req) ? next() : readerOf(boundsOf(req.path))(req, res, next)),
    (req, _res, next) => {
      if (isBodiless(req)) {
        req.body = none;
        return next();
      }
      const raw: unknown = req.body;
      if (Buffer.isBuffer(raw) && !saysUtf8(req.get('content-type'))) throw otherCharset();
      if (Buffer.isBuffer(raw) && !isUtf8(raw)) throw malformed();
      req.body = Buffer.isBuffer(raw) ? parseForm(raw.toString(), boundsOf(req.path).fields) : new Map();
      return next();
    },
  ];
}

export function bodyOf(req: Request): FormBody {
  return req.body as FormBody;
}

/** Undefined when it is missing or repeated. */
export function single(form: FormBody, name: string): string | undefined {
  const values = form.get(name);
  return values?.length === 1 ? values[0] : undefined;
}
