import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { signedOut } from '../session/guards.ts';
import { FileTooLarge } from './multipart.ts';
import { type FileRules, readFiles } from './uploads.ts';

/** A form of signed-in people with files. Its token lies among them, so it is read behind its guard, and checked then. */
export interface FileForm {
  guard: readonly RequestHandler[];
  takes: FileRules;
  answer: RequestHandler;
  /** Shows the form again, of which most was not read. The status is set. */
  showTooLarge: (req: Request, res: Response, text: string) => unknown;
}

/** The routes of forms with files. `checks`: what every form goes through once it is read. */
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
      return showTooLarge(req, res.status(err.status), err.message);
    };
    router.post(path, ...guard, ...read, ...checks, answer, onTooLarge);
  }
  return router;
}
