import { hash, verify } from '@node-rs/argon2';
import { unavailable } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';

/** OWASP Password Storage: 19 MiB, two passes, one lane. 2 is `Algorithm.Argon2id`, a const enum. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const prefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Answers leave in groups: a hash empties the processor's caches, and the work around it is four times slower then. */
const TOGETHER = 4;

/** `outdated`: right, but to be hashed again in NFC and with the parameters of today. */
export interface PasswordVerified {
  right: boolean;
  outdated: boolean;
}

/** Hashes the NFC form (RFC 8265, 4.2.2), since keyboards differ; older hashes of the typed form still match. */
export interface Passwords {
  hash(password: string): Promise<string>; // PHC string. Throws AppError 503 when the queue is full.
  /** With null it costs the same and is wrong; a form other than NFC always costs two hashes. Throws as `hash`. */
  verify(password: string, stored: string | null): Promise<PasswordVerified>;
  /** Runs work that needs one hash; throws AppError 503 at once when the queue is full, before any store is asked. */
  admit<T>(work: () => Promise<T>): Promise<T>;
  load(): { running: number; waiting: number };
}

/** Bounds the queue, so that a flood of sign-ins leaves other pages quick. `concurrency`: at most the cores. */
export function createPasswords(
  { concurrency, waiting }: { concurrency: number; waiting: number },
  metrics: Metrics = noMetrics,
): Passwords {
  const line: (() => void)[] = [];
  const done: (() => void)[] = [];
  let running = 0;

  const full = () => unavailable(message('web.busy.signingIn'), 2);
  let admitted = 0;
  const admit = async <T>(work: () => Promise<T>): Promise<T> => {
    if (admitted >= concurrency + waiting) throw full();
    admitted++;
    try {
      return await work();
    } finally {
      admitted--;
    }
  };

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= concurrency) {
      if (line.length >= waiting) throw full();
      const since = performance.now();
      await new Promise<void>((resolve) => line.push(resolve));
      metrics.hashWaited(performance.now() - since);
    } else {
      running++;
      metrics.hashWaited(0);
    }
    try {
      return await work();
    } finally {
      const enough = done.length + line.length >= TOGETHER - 1;
      const next = line.shift();
      if (next) next();
      else running--;
      if (enough && done.length < TOGETHER - 1) await new Promise<void>((resolve) => done.push(resolve));
      else for (const go of done.splice(0)) go();
    }
  };

  let nobody: Promise<string> | undefined;
  /** What an unknown identifier is checked against. */
  const nobodysHash = () => (nobody ??= hash(crypto.randomUUID(), parameters));

  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFC'), parameters)),
    verify: (password, stored) =>
      inTurn(async () => {
        const against = stored ?? (await nobodysHash());
        const normal = password.normalize('NFC');
        const isNormal = await verify(against, normal);
        const isRaw = normal !== password && (await verify(against, password));
        const right = stored !== null && (isNormal || isRaw);
        return { right, outdated: right && !(isNormal && stored.startsWith(prefix)) };
      }),
    admit,
    load: () => ({ running, waiting: line.length }),
  };
}
