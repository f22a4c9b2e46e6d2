import { z } from 'zod';
import type { Db } from '../platform/stores/db.ts';

/** The facts of one person are handed on in their order. */
interface Whose {
  userId: string;
}

/** In the past tense: "auth.erased". Carries ids, and nothing that changes. */
export interface EventType<Ids extends Whose = Whose> {
  readonly name: string;
  readonly ids: z.ZodType<Ids>;
}

export function eventType<const Keys extends string = never>(
  name: `${string}.${string}`,
  ...keys: readonly Keys[]
): EventType<Whose & Record<Keys, string>> {
  const ids = Object.fromEntries(['userId', ...keys].map((key) => [key, z.uuid()]));
  return { name, ids: z.object(ids) as unknown as z.ZodType<Whose & Record<Keys, string>> };
}

export interface Fact<Ids extends Whose = Whose> {
  id: string; // the same at every try
  name: string;
  ids: Ids;
  at: Date;
}

/** Records that a subscriber has handled a fact, so that what it writes is written once. */
export type Tx = Pick<Db, '$queryRaw' | '$executeRaw'>;

export interface Subscription {
  subscriber: string; // stored: under another name, waiting facts are heard again
  names: readonly string[];
  handle(fact: Omit<Fact, 'ids'> & { ids: unknown }, tx: Tx): Promise<void>;
}

/** Retried until it doesn't throw; what it does outside of `tx` is done at least once. */
export function subscription<Ids extends Whose>(
  subscriber: string,
  types: readonly EventType<Ids>[],
  handle: (fact: Fact<Ids>, tx: Tx) => Promise<void>,
): Subscription {
  const idsOf = new Map(types.map(({ name, ids }) => [name, ids]));
  return {
    subscriber,
    names: [...idsOf.keys()],
    handle: async (fact, tx) => handle({ ...fact, ids: idsOf.get(fact.name)!.parse(fact.ids) }, tx),
  };
}
