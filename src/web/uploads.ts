import type { Request, RequestHandler, Response } from 'express';
import { seconds } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { UploadTurns } from '../platform/upload-turns.ts';
import { boundaryOf, parseMultipart, type SentFile } from './multipart.ts';

/** What a form may weigh beside its file, in bytes: five short texts and the headers of its parts. */
const ROOM_BESIDE = 64 * 1024;

export interface UploadRules {
  /** Bytes of the largest file. */
  maxBytes: number;
  /** What the sender of a larger one is told. */
  tooLarge: string;
  /** Uploads are held in memory: these bound how much of it all of them take together, in bytes. */
  turns: UploadTurns;
  /** The slowest sender that is waited for: so many bytes in every so many milliseconds. */
  pace: { bytes: number; every: number };
  /** Whose a request is. */
  senderOf: (req: Request) => string;
}

/** A file that is larger than its form takes. */
export class FileTooLarge extends AppError {
  constructor(text: string) {
    super(413, text);
  }
}

const sent = new WeakMap<Request, SentFile[]>();

/** The files of a form, where one was read. */
export const filesOf = (req: Request): readonly SentFile[] => sent.get(req) ?? [];

const tooSlow = 'The picture came too slowly. Please try again where your connection is better.';

/** The whole body, or an AppError as soon as it is clear that it will not do; the rest is then left unread. */
const readBody = (req: Request, { maxBytes, tooLarge, pace }: UploadRules): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [length, seen] = [0, 0];
    const watch = setInterval(() => {
      if (length - seen < pace.bytes) stop(new AppError(408, tooSlow));
      seen = length;
    }, pace.every);
    const stop = (error: AppError): void => {
      clearInterval(watch);
      req.off('data', take);
      req.pause();
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes + ROOM_BESIDE) stop(new FileTooLarge(tooLarge));
      else chunks.push(chunk);
    };
    const cutOff = () => stop(new AppError(400, 'The upload was cut off. Please send it again.'));
    if (req.destroyed) return cutOff();
    req.on('data', take);
    req.once('end', () => {
      clearInterval(watch);
      resolve(Buffer.concat(chunks));
    });
    req.once('error', cutOff);
    // Comes after `end` as well, and changes nothing then.
    req.once('close', cutOff);
    return undefined;
  });

const answered = (res: Response): Promise<void> =>
  new Promise((resolve) => {
    if (res.closed) return resolve();
    res.once('close', resolve);
    return undefined;
  });

/**
 * Reads a form that carries files: its texts become `req.body`, its files are given out by `filesOf`. Other types of body
 * pass. Stands behind whatever decides whether somebody may send a file at all, and before the check of the form's
 * token, which is among the texts.
 */
export const readUpload =
  (rules: UploadRules): RequestHandler =>
  async (req, res, next) => {
    const type = req.get('content-type');
    if (!/^multipart\//i.test(type ?? '')) return next();
    const boundary = boundaryOf(type);
    if (boundary === null || req.get('content-encoding'))
      throw new AppError(415, 'This form is written in a way that we do not read.');
    const declared = Number(req.get('content-length') ?? 0);
    if (declared > rules.maxBytes + ROOM_BESIDE) throw new FileTooLarge(rules.tooLarge);

    // Its place is free again when the answer is out, since the bytes are needed until then.
    await rules.turns.take(rules.senderOf(req), declared || rules.maxBytes, async () => {
      const { fields, files } = parseMultipart(await readBody(req, rules), boundary);
      req.body = fields;
      sent.set(req, files);
      next();
      await answered(res);
    });
  };

/** How long a connection stays open for a request that has been answered already, in milliseconds. */
const LINGER = seconds(2);

/**
 * For requests that were answered before all of them had come (too large, too many, not signed in): what is still on its
 * way is thrown away for a moment, so that the sender gets to read the answer; then the connection ends. Node alone
 * would go on taking it in for as long as a request may last.
 */
export const endLateBodies: RequestHandler = (req, res, next) => {
  const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
  if (coding === undefined && (length === undefined || length === '0')) return next();
  res.once('finish', () => {
    if (req.complete) return;
    const timer = setTimeout(() => req.complete || req.socket.destroy(), LINGER);
    timer.unref();
    req.once('close', () => req.complete && clearTimeout(timer));
  });
  return next();
};
