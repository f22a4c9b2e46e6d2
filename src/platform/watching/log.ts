import { type Logger, pino } from 'pino';
import type { Config } from '../../config/config.ts';
import { readable } from './readable-lines.ts';
import { requestForLog } from './request-id.ts';

export type Log = Logger;

/**
 * One JSON line an event. Nothing that identifies a person or opens a door is ever handed to it; the redaction is the
 * second fence, for objects that slip in from libraries.
 */
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

/** The log of a process: JSON for machines, and at a laptop short lines for people, each at once. */
export function logOf({ logLevel, environment }: Pick<Config, 'logLevel' | 'environment'>): Log {
  if (environment !== 'development') return createLog(logLevel);
  // A terminal may be closed while there is still something to say.
  process.stdout.on('error', () => {});
  return createLog(logLevel, { write: (line) => void process.stdout.write(readable(line)) });
}

/**
 * Lines leave together, after 4 KB or a tenth of a second: writing each by itself costs a page as much as its session.
 * What is left is written when the process ends. A terminal that went away takes its lines with it, and nothing else.
 */
function terminal() {
  const lines = pino.destination({ sync: false, minLength: 4096, periodicFlush: 100 });
  // The last flush would try a full disk for ever, and keep the process from ending.
  const flush = lines.flushSync.bind(lines);
  let broken = false;
  lines.on('error', () => (broken = true));
  lines.on('drain', () => (broken = false));
  lines.flushSync = () => broken || flush();
  return lines;
}

/** Name, code and stack, without the fields that drivers hang on their errors (parameters, rows, recipients). */
export function errorForLog(err: unknown): object {
  if (!(err instanceof Error)) return { type: typeof err };
  const code = (err as { code?: unknown }).code;
  return {
    type: err.name,
    // Not `code`: that name is redacted above, for one-time codes.
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    // A message may quote what somebody typed or an address; the first line of ours never does.
    message: scrub(err.message),
    stack: (err.stack ?? '')
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 12)
      .join('\n'),
    ...(err.cause instanceof Error ? { cause: errorForLog(err.cause) } : {}),
  };
}

/** Hides addresses, phone numbers, codes and long tokens in text that came from elsewhere. */
export function scrub(text: string): string {
  return text
    .slice(0, 500)
    .replace(/[^\s<>"'`]+@[^\s<>"'`]+/g, '[address]')
    .replace(/\+?\d[\d\s-]{4,}\d/g, '[digits]')
    .replace(/\$argon2[^\s"']*/g, '[hash]')
    .replace(/[\w-]{32,}/g, '[token]');
}
