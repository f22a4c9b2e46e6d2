import { STATUS_CODES } from 'node:http';
import type { Request, Response } from 'express';
import { AppError } from '../kernel/errors.ts';
import type { Message } from '../kernel/message.ts';
import { sendText } from './send-text.ts';

/** A mistake in one field; `row`: which value of a list. */
export interface FieldProblem {
  field: string;
  message: string;
  row?: number;
}

/** A refusal of the API, with what programs need of it beside the sentence. */
export class Problem extends AppError {
  readonly reason: string;
  readonly errors: readonly FieldProblem[] | null;

  constructor(
    status: number,
    reason: string,
    said: Message,
    { retryInMs, errors }: { retryInMs?: number; errors?: readonly FieldProblem[] } = {},
  ) {
    super(status, said, retryInMs === undefined ? {} : { retryAfter: retryInMs / 1000 });
    this.name = 'Problem';
    this.reason = reason;
    this.errors = errors ?? null;
  }
}

export function isForApi({ originalUrl }: Request): boolean {
  return /^\/api\/v1(?:[/?]|$)/i.test(originalUrl);
}

/** RFC 9457. `Retry-After` is set by whoever answers errors, as for pages. */
export function answerProblem(res: Response, error: AppError, requestId: string): void {
  const { status, said, retryAfter } = error;
  // RFC 9110, 15.5.2, wants one; browsers know no such scheme and ask nobody for a password.
  if (status === 401) res.set('WWW-Authenticate', 'Session');
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: res.req.words.say(said),
    ...(error instanceof Problem ? { reason: error.reason } : {}),
    ...(error instanceof Problem && error.errors ? { errors: error.errors } : {}),
    ...(retryAfter === null ? {} : { retryInMs: Math.ceil(retryAfter * 1000) }),
    requestId,
  };
  sendText(res.status(status), 'application/problem+json; charset=utf-8', JSON.stringify(body));
}
