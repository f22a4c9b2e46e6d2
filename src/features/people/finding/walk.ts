import { createHash } from 'node:crypto';
import { hours, startOf } from '../../../kernel/clock.ts';
import { findingPolicy } from '../policy.ts';

/**
 * Everybody stands at a place of a ring that never changes. A walk goes round it from where a viewer begins in that hour,
 * first through those who have been here lately, then through the dormant: four stretches.
 */
export interface RingPlace {
  stretch: number; // 0 to 3
  place: bigint;
}

/** Where a walk stands: `window` is what is looked at together, `seen` whose places in it were shown already. */
export interface Walk {
  startedAt: Date;
  start: bigint;
  from: RingPlace;
  window: RingPlace | null; // its last place; null: not looked at yet
  seen: readonly bigint[];
  early: readonly bigint[]; // whose places were shown before the walk came to them
}

export const lastPlace = 2n ** 60n - 1n;
/** Of a place; two people of one window share them once in 56 billion windows. */
const seenBits = 48n;

export function stretches(start: bigint): { dormant: boolean; low: bigint; high: bigint }[] {
  return [false, true].flatMap((dormant) => [
    { dormant, low: start, high: lastPlace },
    { dormant, low: 0n, high: start - 1n },
  ]);
}

/** The same for a viewer within an hour, and another one in the next. */
export function beginWalk(viewerId: string, now: Date): Walk {
  const hour = startOf(hours(1), now).getTime();
  const hash = createHash('sha256').update(`${viewerId} ${hour}`).digest('hex');
  const start = BigInt(`0x${hash.slice(0, 15)}`);
  return { startedAt: now, start, from: { stretch: 0, place: start }, window: null, seen: [], early: [] };
}

/** Nothing of it was shown yet. */
export function isBeginning({ from, start, window }: Walk): boolean {
  return window === null && from.stretch === 0 && from.place === start;
}

export function seenMark(place: bigint): bigint {
  return BigInt.asUintN(Number(seenBits), place);
}

function placeIn([stretch = '', place = '']: readonly string[]): RingPlace {
  return { stretch: Number(stretch), place: BigInt(place) };
}

function marksAsText(marks: readonly bigint[]): string {
  const all = marks.map((mark) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(mark);
    return bytes.subarray(2);
  });
  return Buffer.concat(all).toString('base64url');
}

function marksIn(text: string): bigint[] {
  const bytes = Buffer.from(text, 'base64url');
  return Array.from({ length: bytes.length / 6 }, (_, n) => BigInt(bytes.readUIntBE(n * 6, 6)));
}

/** For a cursor, which nobody can make up. */
export function walkAsTexts({ startedAt, start, from, window, seen, early }: Walk): string[] {
  const places = [from, window ?? from].flatMap(({ stretch, place }) => [String(stretch), String(place)]);
  return [
    startedAt.toISOString(),
    String(start),
    ...places,
    window ? marksAsText(seen) : '-',
    marksAsText(early),
  ];
}

/** Null: it began too long ago. */
export function walkFromTexts(texts: readonly string[], now: Date): Walk | null {
  const [startedAt = '', start = '', ...rest] = texts;
  const began = new Date(startedAt);
  if (now.getTime() - began.getTime() > findingPolicy.walkLasts) return null;
  const [seen = '-', early = ''] = rest.slice(4);
  return {
    startedAt: began,
    start: BigInt(start),
    from: placeIn(rest.slice(0, 2)),
    window: seen === '-' ? null : placeIn(rest.slice(2, 4)),
    seen: seen === '-' ? [] : marksIn(seen),
    early: marksIn(early),
  };
}

/** Behind a place. Null: the ring is through. */
export function behind({ stretch, place }: RingPlace, start: bigint): RingPlace | null {
  const all = stretches(start);
  if (place < all[stretch]!.high) return { stretch, place: place + 1n };
  const next = all.findIndex(({ low, high }, n) => n > stretch && low <= high);
  return next < 0 ? null : { stretch: next, place: all[next]!.low };
}
