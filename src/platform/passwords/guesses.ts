import { Worker } from 'node:worker_threads';
import { unavailable } from '../../kernel/errors.ts';
import { isAsWritten, programBeside } from '../program-beside.ts';
import type { Log } from '../watching/log.ts';

export interface Question {
  id: number;
  password: string;
  words: string[];
}

export interface Guesses {
  /**
   * How many guesses a password stands (zxcvbn), where the guesser tries `words` first. Throws AppError 503 when very many
   * wait, or when there was no answer.
   */
  of(password: string, words: readonly string[]): Promise<number>;
  /** Loads the dictionaries now, and not with the first question. */
  warm(): void;
  close(): Promise<void>;
}

const program = programBeside('guesses-thread', import.meta.url);
/** A thread takes no loader from the command line. */
const asWritten = `import('tsx/esm/api').then(({ register }) => { register(); return import('${program.href}'); })`;

/** Questions at once; one takes some 2 ms, and 10 at most. */
const WAITING = 256;
/** Milliseconds for one answer and all before it, the dictionaries' loading included. */
const PATIENCE = 30_000;
/** Megabytes; the dictionaries take some 60, and as much again while they are loaded. */
const MEMORY = 320;
/** Megabytes; what is young is garbage here, and what V8 would take by itself it does not give back. */
const YOUNG = 8;

interface Asked {
  answer(guesses: number): void;
  give(): void;
}

/**
 * Judges passwords in a thread of its own: loading the dictionaries takes seconds and every password some
 * milliseconds, in which no page would be served. A thread that ends, or does not answer, is replaced at the next question.
 */
export function openGuesses(log: Log): Guesses {
  let thread: Worker | undefined;
  let last = 0;
  const asked = new Map<number, Asked>();

  const start = (): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY, maxYoungGenerationSizeMb: YOUNG };
    const begun = isAsWritten
      ? new Worker(asWritten, { eval: true, resourceLimits })
      : new Worker(program, { resourceLimits });
    begun.on('message', ({ id, guesses }: { id: number; guesses: number }) => asked.get(id)?.answer(guesses));
    // `exit` follows, and tells whoever waits.
    begun.on('error', (err) => log.error({ err }, 'the thread that judges passwords broke'));
    begun.once('exit', () => {
      if (thread === begun) thread = undefined;
      for (const one of asked.values()) one.give();
    });
    // A process that has nothing else to do may end.
    begun.unref();
    return begun;
  };

  return {
    async of(password, words) {
      const sorry = unavailable('A lot of people are joining right now. Please try again in a moment.', 5);
      if (asked.size >= WAITING) throw sorry;
      const id = ++last;
      return new Promise<number>((resolve, reject) => {
        const done = (): void => {
          clearTimeout(timer);
          asked.delete(id);
        };
        const give = (): void => {
          done();
          reject(sorry);
        };
        const answer = (guesses: number): void => {
          done();
          resolve(guesses);
        };
        const timer = setTimeout(() => void thread?.terminate(), PATIENCE);
        asked.set(id, { answer, give });
        (thread ??= start()).postMessage({ id, password, words: [...words] } satisfies Question);
      });
    },
    warm: () => void (thread ??= start()),
    close: async () => void (await thread?.terminate()),
  };
}
