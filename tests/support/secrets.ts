import { createHash } from 'node:crypto';
import type { TestHouse } from './house.ts';
import { everythingKept } from './traces.ts';

type Place = 'postgres' | 'redis' | 'jobs' | 'logs';

/** A line of a store or of the log, and after which step it was seen first. */
interface Trace {
  place: Place;
  line: string;
  step: string;
}

const places: readonly Place[] = ['postgres', 'redis', 'jobs', 'logs'];

/** What both stores and the log hold, gathered as often as somebody looks, each line once. */
export class Traces {
  readonly #seen = new Map<string, Trace>();
  readonly #house: TestHouse;

  constructor(house: TestHouse) {
    this.#house = house;
  }

  async look(step: string): Promise<void> {
    const { postgres, redis } = await everythingKept(this.#house);
    const add = (place: Place, lines: readonly string[]) => {
      for (const line of lines) {
        const key = `${place} ${line}`;
        if (!this.#seen.has(key)) this.#seen.set(key, { place, line, step });
      }
    };
    const keys = redis.split('\n');
    add('postgres', postgres.split('\n'));
    add('redis', keys);
    add(
      'jobs',
      keys.filter((line) => line.startsWith('bull:')),
    );
    add('logs', this.#house.logged);
  }

  linesIn(...wanted: readonly Place[]): Trace[] {
    return [...this.#seen.values()].filter(({ place }) => wanted.includes(place));
  }

  /** Where one of these texts stands, as sentences; none when all is well. */
  find(texts: Iterable<string>, where: readonly Place[] = places): string[] {
    const traces = this.linesIn(...where);
    return [...new Set(texts)].flatMap((text) =>
      traces
        .filter(({ line }) => stands(text, line))
        .map(({ place, step, line }) => `${text} in ${place} after "${step}": ${line.slice(0, 300)}`),
    );
  }
}

/** Six digits are only a code when they stand alone: the microseconds of a moment, or an id, may hold any six. */
function stands(text: string, line: string): boolean {
  return /^\d{6}$/.test(text)
    ? new RegExp(String.raw`(?<![0-9A-Za-z.])${text}(?![0-9A-Za-z])`).test(line)
    : line.includes(text);
}

const hashes = ['md5', 'sha1', 'sha256', 'sha512'] as const;
const encodings = ['hex', 'base64', 'base64url'] as const;

/** A secret as it is, and as what a few seconds of trying would lead back to it: encoded, or hashed without a key. */
export function disguises(secret: string): string[] {
  return [
    secret,
    ...encodings.map((encoding) => Buffer.from(secret).toString(encoding).replace(/=+$/, '')),
    ...hashes.flatMap((hash) =>
      encodings.map((encoding) => createHash(hash).update(secret).digest(encoding).replace(/=+$/, '')),
    ),
  ];
}

/** Every code and every link's token that left in a message. */
export function secretsSent({ outbox }: TestHouse): { codes: string[]; tokens: string[] } {
  const text = outbox.messages
    .map((message) => `${message.subject}\n${message.text}\n${message.html}`)
    .join('\n');
  return {
    codes: [...text.matchAll(/(?<![\w#.])\d{6}(?!\d)/g)].map(([code]) => code),
    tokens: [...text.matchAll(/\/password\/link\/([\w-]+)/g)].map(([, token]) => token!),
  };
}
