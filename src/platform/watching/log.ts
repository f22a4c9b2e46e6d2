import { type Logger, pino } from 'pino';
import type { Config } from '../../config/config.ts';
import { readable } from './readable-lines.ts';
import { requestForLog } from './request-id.ts';

export type Log = Logger;

/** One JSON line an event. Nothing personal or secret is logged; redaction catches what libraries slip in. */
export function createLog(level: string, stream?: { write(line: string): void }): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'req.headers',
          'res.headers',
          '*.password',
          '*.code',
          '*.token',
          '*.cookie',
          '*.to',
          '*.destination',
          '*.email',
        ],
        remove: true,
      },
      serializers: { err: errorForLog },
      mixin: requestForLog,
    },
    stream ?? terminal(),
  );
}

export function logOf({ logLevel, environment }: Pick<Config, 'logLevel' | 'environment'>): Log {
  if (environment !== 'development') return createLog(logLevel);
  // A terminal may be closed while there is still something to say.
  process.stdout.on('error', () => {});
  return createLog(logLevel, { write: (line) => void process.stdout.write(readable(line)) });
}

/** In batches of 4 KB or 100 ms: writing each line at once costs a page as much as its session. */
function terminal() {
  const lines = pino.destination({ sync: false, minLength: 4096, periodicFlush: 100 });
  // The last flush would retry on a full disk for ever.
  const flush = lines.flushSync.bind(lines);
  let broken = false;
  lines.on('error', () => (broken = true));
  lines.on('drain', () => (broken = false));
  lines.flushSync = () => broken || flush();
  return lines;
}

/** Without the fields that drivers add (parameters, rows, recipients). */
export function errorForLog(err: unknown): object {
  if (!(err instanceof Error)) return { type: typeof err };
  const code = (err as { code?: unknown }).code;
  return {
    type: err.name,
    // The name `code` is redacted, for one-time codes.
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    message: scrub(err.message), // a message may quote what was typed
    stack: (err.stack ?? '')
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 12)
      .join('\n'),
    ...(err.cause instanceof Error ? { cause: errorForLog(err.cause) } : {}),
  };
}

/** Hides addresses, phone numbers, codes and tokens in foreign text. */
export function scrub(text: string): string {
  return text
    .slice(0, 500)
    .replace(/[^\s<>"'`]+@[^\s<>"'`]+/g, '[address]')
    .replace(/\+?\d[\d\s-]{4,}\d/g, '[digits]')
    .replace(/\$argon2[^\s"']*/g, '[hash]')
    .replace(/[\w-]{32,}/g, '[token]');
}
