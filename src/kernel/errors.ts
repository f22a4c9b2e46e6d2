/** What a visitor may be told. Anything else that is thrown becomes a quiet 500 with the request id. */
export class AppError extends Error {
  readonly status: number;
  /** Seconds a client should wait before it tries again; becomes `Retry-After`. */
  readonly retryAfter: number | null;

  constructor(status: number, message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.status = status;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** A store or the hash queue cannot serve now; the same request may work in `retryAfter` seconds. */
export function unavailable(message: string, retryAfter = 5, cause?: unknown): AppError {
  return new AppError(503, message, { retryAfter, cause });
}

/** Too often: 429 with the time to wait, in seconds. */
export function tooOften(message: string, retryAfter: number): AppError {
  return new AppError(429, message, { retryAfter });
}
