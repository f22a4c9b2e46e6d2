import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { isCleanText } from '../../kernel/text/text.ts';
import { type FormBody, type FormBounds, otherCharset, saysUtf8, usualBounds } from './body.ts';

function malformed(why: 'utf8' | 'malformed' | 'noObject' | 'nameTwice' | 'noName') {
  return new AppError(400, message(`web.api.json.${why}`));
}

/** JSON.parse would hide repeated ones. */
function countNames(text: string): number {
  let [depth, names] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (token === ':' && depth === 1) names++;
  }
  return names;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && isCleanText(value);
}

/** `true` is a ticked box, `false` an empty one (null), an empty list an empty field. */
function valuesOf(name: string, value: unknown): readonly string[] | null {
  if (isText(value)) return [value];
  if (typeof value === 'boolean') return value ? ['on'] : null;
  if (Number.isSafeInteger(value)) return [String(value)];
  if (Array.isArray(value) && value.every(isText)) return value.length > 0 ? value : [''];
  throw new AppError(400, message('web.api.json.value', { name }));
}

/** A flat object, read as strictly as a form. */
export function parseJsonForm(raw: Buffer, fieldsMax = usualBounds.fields): FormBody {
  if (!isUtf8(raw)) throw malformed('utf8');
  const text = raw.toString();
  const read = parsed(text);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw malformed('noObject');
  if (countNames(text) > Object.keys(read).length) throw malformed('nameTwice');
  return formOfObject(read, fieldsMax);
}

/** The same of what was read already. */
export function formOfObject(read: object, fieldsMax = usualBounds.fields): FormBody {
  const fields = Object.entries(read);
  if (!fields.every(([name]) => isCleanText(name))) throw malformed('noName');
  const form = new Map<string, readonly string[]>();
  let sent = 0;
  for (const [name, value] of fields) {
    const values = valuesOf(name, value);
    sent += Math.max(1, values?.length ?? 0);
    if (sent > fieldsMax) throw new AppError(413, message('web.api.manyFields'));
    if (values) form.set(name, values);
  }
  return form;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('malformed');
  }
}

function isEmpty(req: Request): boolean {
  return req.get('transfer-encoding') === undefined && Number(req.get('content-length') ?? 0) === 0;
}

/** Without a body: an empty form. */
export function jsonBody({ bytes, fields }: FormBounds = usualBounds): RequestHandler[] {
  const raw = express.raw({ type: () => true, limit: bytes, inflate: false });
  return [
    (req, res, next) => {
      if (isEmpty(req)) return next();
      const type = req.get('content-type');
      if (!/^application\/json\s*(?:;|$)/i.test(type ?? '')) throw new AppError(415, message('web.api.type'));
      if (!saysUtf8(type)) throw otherCharset();
      return raw(req, res, next);
    },
    (req, _res, next) => {
      const sent: unknown = req.body;
      req.body = Buffer.isBuffer(sent) ? parseJsonForm(sent, fields) : new Map();
      next();
    },
  ];
}
