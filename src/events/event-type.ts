import { z } from 'zod';
import type { Db } from '../platform/stores/db.ts';

/** Whose fact it is; the facts of one person are handed on in their order. */
interface Whose {
  userId: string;
}

/** A kind of fact, in the past tense: "auth.erased". It carries ids, and nothing that changes. */
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

/** A fact as its subscribers hear of it. */
export interface Fact<Ids extends Whose = Whose> {
  /** The same at every try. */
  id: string;
  name: string;
  ids: Ids;
  at: Date;
}

/** The transaction that writes down that a subscriber has handled a fact: what is written by it is written once. */
export type Tx = Pick<Db, '$queryRaw' | '$executeRaw'>;

/** Who hears of which facts. */
export interface Subscription {
  /** Stored: a subscriber of another name hears of what waits once more. */
  subscriber: string;
  names: readonly string[];
  handle(fact: Omit<Fact, 'ids'> & { ids: unknown }, tx: Tx): Promise<void>;
}

/** `handle` is tried again until it does not throw. What it does outside of `tx` is done at least once. */
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
