/** Shown to people; anything else that is thrown becomes a plain 500. */
export class AppError extends Error {
  readonly status: number;
  readonly retryAfter: number | null; // seconds, for `Retry-After`

  constructor(status: number, message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.status = status;
    this.retryAfter = options.retryAfter ?? null;
  }
}

export function unavailable(message: string, retryAfter = 5, cause?: unknown): AppError {
  return new AppError(503, message, { retryAfter, cause });
}

export function tooOften(message: string, retryAfter: number): AppError {
  return new AppError(429, message, { retryAfter });
}
