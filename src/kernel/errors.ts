import type { Message } from './message.ts';

/** Shown to people; anything else that is thrown becomes a plain 500. */
export class AppError extends Error {
  readonly status: number;
  readonly said: Message;
  readonly retryAfter: number | null; // seconds, for `Retry-After`

  constructor(status: number, said: Message, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(said.key, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.said = said;
    this.status = status;
    this.retryAfter = options.retryAfter ?? null;
  }
}

export function unavailable(message: Message, retryAfter = 5, cause?: unknown): AppError {
  return new AppError(503, message, { retryAfter, cause });
}

export function tooOften(message: Message, retryAfter: number): AppError {
  return new AppError(429, message, { retryAfter });
}
