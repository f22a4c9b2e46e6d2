import { Worker } from 'node:worker_threads';
import { unavailable } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { isAsWritten, programBeside } from '../program-beside.ts';
import type { Log } from '../watching/log.ts';

export interface Question {
  id: number;
  password: string;
  words: string[];
}

export interface GuessEstimator {
  /** By zxcvbn, of an attacker who tries `words` first. Throws AppError 503 without an answer in time. */
  guessesFor(password: string, words: readonly string[]): Promise<number>;
  warm(): void;
  close(): Promise<void>;
}

const program = programBeside('guesses-thread', import.meta.url);
/** A thread takes no loader from the command line. */
const asWritten = `import('tsx/esm/api').then(({ register }) => { register(); return import('${program.href}'); })`;

const WAITING = 256; // questions at once, of 2 to 10 ms each
/** Milliseconds for an answer, with the questions before it and the loading of dictionaries. */
const PATIENCE = 30_000;
const MEMORY = 320; // megabytes: the dictionaries take 60, and twice that while they load
const YOUNG = 8; // megabytes: young objects are garbage here, and V8 never gives back a larger young space

interface Asked {
  answer(guesses: number): void;
  give(): void;
}

/** In a thread: loading takes seconds, each password milliseconds. A thread that dies is replaced when next asked. */
export function openGuessEstimator(log: Log): GuessEstimator {
  let thread: Worker | undefined;
  let last = 0;
  const asked = new Map<number, Asked>();

  const start = (): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY, maxYoungGenerationSizeMb: YOUNG };
    const begun = isAsWritten
      ? new Worker(asWritten, { eval: true, resourceLimits })
      : new Worker(program, { resourceLimits });
    begun.on('message', ({ id, guesses }: { id: number; guesses: number }) => asked.get(id)?.answer(guesses));
    // `exit` follows, and answers those who wait.
    begun.on('error', (err) => log.error({ err }, 'the thread that judges passwords broke'));
    begun.once('exit', () => {
      if (thread === begun) thread = undefined;
      for (const one of asked.values()) one.give();
    });
    begun.unref();
    return begun;
  };

  return {
    async guessesFor(password, words) {
      const sorry = unavailable(message('web.busy.joining'), 5);
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
