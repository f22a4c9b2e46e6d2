import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { waitInWords } from '../kernel/clock.ts';
import { AppError, unavailable } from '../kernel/errors.ts';
import type { Log } from '../platform/watching/log.ts';
import { answerProblem, isForApi } from './problem.ts';

const headings: Record<number, string> = {
  400: "We couldn't read that",
  403: "That didn't go through",
  404: "This page doesn't exist",
  405: "This page can't be opened this way",
  408: 'That took too long',
  413: "That's too much at once",
  415: "We couldn't read that",
  421: 'Wrong address',
  429: 'Too many requests',
  500: 'Something went wrong on our side',
  503: 'ChatLink is taking a short break',
};

interface HttpError {
  status?: unknown;
  expose?: unknown;
}

/** Everything unknown is a plain 500. */
function toAppError(err: unknown, isStoreDown: (err: unknown) => boolean): AppError {
  if (err instanceof AppError) return err;
  if (isStoreDown(err))
    return unavailable('Something on our side is down. Please try again in a moment.', 5, err);
  const { status, expose } = (err ?? {}) as HttpError;
  // Of Express and its parsers: a path that isn't UTF-8, a body that is too large.
  if (typeof status === 'number' && status >= 400 && status < 500 && expose !== false)
    return new AppError(status, "We couldn't read this request.");
  return new AppError(500, "We've made a note of it. Please try again in a moment.", { cause: err });
}

function answer(res: Response, error: AppError, requestId: string): void {
  if (error.retryAfter !== null) res.set('Retry-After', String(Math.ceil(error.retryAfter)));
  if (isForApi(res.req)) return answerProblem(res, error, requestId);
  const page = {
    title: headings[error.status] ?? headings[400],
    heading: headings[error.status] ?? headings[400],
    status: error.status,
    text: error.said,
    requestId,
    retryText: error.retryAfter === null ? null : `Please try again in ${waitInWords(error.retryAfter)}.`,
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
    answer(res, error, req.id);
  };
}

export const notFound: RequestHandler = () => {
  throw new AppError(404, "There's nothing here. It may have moved, or there's a typo in the address.");
};
