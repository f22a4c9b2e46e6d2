import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Message } from '../../kernel/message.ts';
import { signedOut } from '../session/guards.ts';
import { FileTooLarge } from './multipart.ts';
import { type FileRules, readFiles } from './uploads.ts';

/** Its token is among its texts, so it is read after the guard, and checked then. */
export interface FileForm {
  guard: readonly RequestHandler[];
  takes: FileRules;
  answer: RequestHandler;
  /** Most of it wasn't read. The status is set. */
  showTooLarge: (req: Request, res: Response, text: Message) => unknown;
}

/** `checks`: those of every form, once it is read. */
export function fileForms(
  forms: Readonly<Record<string, { files?: FileForm }>>,
  checks: readonly RequestHandler[],
): Router {
  const router = Router();
  for (const [path, { files }] of Object.entries(forms)) {
    if (!files) continue;
    const { guard, takes, answer, showTooLarge } = files;
    const read = readFiles(takes, async (req, res) => res.redirect(303, await signedOut(req)));
    const onTooLarge: ErrorRequestHandler = (err, req, res, next) => {
      if (!(err instanceof FileTooLarge)) return next(err);
      return showTooLarge(req, res.status(err.status), err.said);
    };
    router.post(path, ...guard, ...read, ...checks, answer, onTooLarge);
  }
  return router;
}
