import type { Request, RequestHandler, Response } from 'express';
import { AppError, tooOften } from '../../kernel/errors.ts';
import { message, type Message } from '../../kernel/message.ts';
import type { Limits, WindowRule } from '../../platform/limits/limits.ts';
import type { UploadTurns } from '../../platform/pictures/upload-turns.ts';
import { viewerOf } from '../session/guards.ts';
import { isStillOpen } from '../session/session.ts';
import { boundaryOf, type FileBounds, FileTooLarge, type SentFile } from './multipart.ts';
import { readMultipartForm, ROOM_BESIDE, type UploadPatience } from './upload-body.ts';

export interface UploadRules extends FileBounds {
  /** Bounds the memory of uploads: few at once for each sender, and small ones apart from usual ones. */
  turns: UploadTurns;
  patience: UploadPatience;
}

/** Of a member's form, or of an act. */
export interface FileRules extends UploadRules {
  field: string; // a file in another field is refused
  /** Refused tries count too. */
  count: { limits: Limits; name: string; rules: readonly WindowRule[]; tooOften: Message };
}

const filesByRequest = new WeakMap<Request, SentFile[]>();

/** AppError 400 when files came in other fields. */
export function filesOf(req: Request, field: string): readonly SentFile[] {
  const files = filesByRequest.get(req) ?? [];
  if (files.every((file) => file.field === field)) return files;
  throw new AppError(400, message('web.form.otherFile'));
}

export function isMultipart(req: Request): boolean {
  return /^multipart\//i.test(req.get('content-type') ?? '');
}

function answered(res: Response): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed) return resolve();
    res.once('close', resolve);
    return undefined;
  });
}

/** Texts become `req.body`, `filesOf` gives the files. Other types of body pass. `senderOf`: whose request it is. */
export function readUpload(rules: UploadRules, senderOf: (req: Request) => string): RequestHandler {
  return async (req, res, next) => {
    if (!isMultipart(req)) return next();
    const boundary = boundaryOf(req.get('content-type'));
    if (boundary === null || req.get('content-encoding')) throw new AppError(415, message('web.form.kind'));
    const declared = Number(req.get('content-length') ?? 0);
    if (declared > rules.maxBytes + ROOM_BESIDE) throw new FileTooLarge(rules.tooLarge);

    // Until the answer is out, since the bytes are needed until then.
    await rules.turns.take(senderOf(req), declared, async (room) => {
      const { fields, files } = await readMultipartForm(req, boundary, rules, room);
      req.body = fields;
      filesByRequest.set(req, files);
      next();
      await answered(res);
    });
  };
}

/** After the guard. Sending may take minutes: `signedOut` answers who signs out elsewhere meanwhile. */
export function readFiles(
  rules: FileRules,
  signedOut: (req: Request, res: Response) => unknown,
): RequestHandler[] {
  const { limits, name, rules: windows, tooOften: sorry } = rules.count;
  return [
    async (req, _res, next) => {
      const taken = await limits.take([{ key: `${name}:${viewerOf(req).id}`, rules: windows }]);
      if (!taken.ok) throw tooOften(sorry, taken.waitMs / 1000);
      next();
    },
    readUpload(rules, (req) => viewerOf(req).id),
    async (req, res, next) => ((await isStillOpen(req)) ? next() : signedOut(req, res)),
  ];
}
