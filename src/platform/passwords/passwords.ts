import { hash, verify } from '@node-rs/argon2';
import { unavailable } from '../../kernel/errors.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';

/** OWASP Password Storage: argon2id, 19 MiB, two passes, one lane. The 2 is `Algorithm.Argon2id`, a const enum. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const prefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/**
 * While enough people wait to make up a group, answers leave so many together. A hash empties the processor's caches, and what
 * is done before and after it takes some four times as long with empty ones; done for several at once, it takes that once.
 */
const TOGETHER = 4;

/** `outdated`: right, but the hash is of another form of the password, or made with other parameters than today's. */
export interface Verified {
  right: boolean;
  outdated: boolean;
}

/**
 * A keyboard decides whether `ü` is one character or two, and the next keyboard decides otherwise: passwords are hashed in
 * NFC (RFC 8265, section 4.2.2). Hashes of what was typed instead are older than that, and still open.
 */
export interface Passwords {
  /** PHC string of argon2id. Throws AppError 503 when the queue is full. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password made this hash; with null it costs the same and is wrong. What is not NFC costs two hashes, whatever
   * the first one says. Throws AppError 503 when the queue is full.
   */
  verify(password: string, stored: string | null): Promise<Verified>;
  /**
   * Does work that will need one hash. Throws AppError 503 at once when as many are under way as may run and wait: whoever
   * cannot be served costs no store a question.
   */
  admit<T>(work: () => Promise<T>): Promise<T>;
  /** Hashes running and waiting now. */
  load(): { running: number; waiting: number };
}

/**
 * A bounded queue before the hash: `concurrency` run (more than cores only adds waiting), `waiting` stand in line,
 * the next is told 503. So a flood of sign-ins costs the flood its answers and leaves every other page quick.
 */
export function createPasswords(
  { concurrency, waiting }: { concurrency: number; waiting: number },
  metrics: Metrics = noMetrics,
): Passwords {
  const line: (() => void)[] = [];
  const done: (() => void)[] = [];
  let running = 0;

  const full = () =>
    unavailable('A lot of people are signing in right now. Please try again in a moment.', 2);
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
  /** A hash that no password is known for, with today's parameters: what an unknown identifier is checked against. */
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
