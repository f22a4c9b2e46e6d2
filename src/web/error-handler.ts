import { randomInt } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { durationOf } from '../kernel/duration.ts';
import { AppError, unavailable } from '../kernel/errors.ts';
import { message, type Message } from '../kernel/message.ts';
import type { Log } from '../platform/watching/log.ts';
import { answerProblem, isForApi } from './problem.ts';

const told = [400, 403, 404, 405, 408, 413, 415, 421, 429, 500, 503] as const;

function headingOf(status: number): Message {
  return message(`web.error.heading.${told.find((one) => one === status) ?? 400}`);
}

interface HttpError {
  status?: unknown;
  expose?: unknown;
}

/** Everything unknown is a plain 500. */
function toAppError(err: unknown, isStoreDown: (err: unknown) => boolean): AppError {
  if (err instanceof AppError) return err;
  if (isStoreDown(err)) return unavailable(message('web.error.down'), 5, err);
  const { status, expose } = (err ?? {}) as HttpError;
  // Of Express and its parsers: a path that isn't UTF-8, a body that is too large.
  if (typeof status === 'number' && status >= 400 && status < 500 && expose !== false)
    return new AppError(status, message('web.error.unreadable'));
  return new AppError(500, message('web.error.fault'), { cause: err });
}

function answer(res: Response, error: AppError, requestId: string): void {
  if (error.retryAfter !== null) res.set('Retry-After', String(Math.ceil(error.retryAfter)));
  if (isForApi(res.req)) return answerProblem(res, error, requestId);
  const page = {
    title: headingOf(error.status),
    status: error.status,
    text: error.said,
    requestId,
    retryText:
      error.retryAfter === null ? null : message('web.error.retry', { wait: durationOf(error.retryAfter) }),
  };
  res.status(error.status);
  if (res.req.accepts(['html', 'json']) === 'json')
    res.json({ error: { status: error.status, message: res.req.words.say(error.said), requestId } });
  else res.render('errors/error', page);
}

/** Logs what is ours to mend; tells one sentence, never a stack. */
export function errorHandler(isStoreDown: (err: unknown) => boolean, log: Log): ErrorRequestHandler {
  return (err, req, res, _next) => {
    const error = toAppError(err, isStoreDown);
    if (error.status >= 500)
      log[error.status === 503 ? 'warn' : 'error']({ id: req.id, err: error.cause ?? err }, 'request failed');
    if (res.headersSent) {
      // Half a page is worth no more than none.
      if (!res.writableEnded) res.destroy();
      return;
    }
    // Looking closer at somebody who may not be seen takes some hundredths of a millisecond longer than finding nobody: a
    // wait of one to four milliseconds, by chance, hides that.
    if (error.status !== 404 || !req.session?.userId) return answer(res, error, req.id);
    setTimeout(() => answer(res, error, req.id), randomInt(1, 5));
  };
}

export const notFound: RequestHandler = () => {
  throw new AppError(404, message('web.error.nothing'));
};
