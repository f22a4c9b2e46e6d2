import { createHash } from 'node:crypto';
import { type Limited, type Limits, orRelease, type Taken } from '../../../platform/limits/limits.ts';
import { addressLimits, signInThrottle, stuffingBreaker } from '../policy.ts';

interface Place {
  release(): Promise<void>;
}

/**
 * Places taken before the password is looked at: given back when nobody looked, settled when it was right, `lost` when it
 * was wrong.
 */
export type Turn =
  | { ok: true; places: Place[]; commit(): Promise<void>; lost(): Promise<void> }
  | { ok: false; waitMs: number };

export interface SignInTurns {
  /** A device that signed in to this account before: strangers' failures are not counted against it. */
  ofDevice(device: string): Promise<Turn>;
  /** Everybody else, limited by identifier and by address. */
  ofStranger(identifier: string, perAddress: Limited): Promise<Turn>;
}

/** Whether a count is shared by several people's identifiers (identifier.ts). */
function isShared(identifier: string): boolean {
  return identifier.startsWith('phone:');
}

/** Takes places one after the other, beside those held; when one is full, all of them are given back. */
async function takeAll(
  held: Place[],
  takes: readonly (() => Promise<Taken>)[],
): Promise<Place[] | { waitMs: number }> {
  const places = [...held];
  for (const take of takes) {
    const taken = await orRelease(places, take);
    if (!taken.ok) {
      await Promise.all(places.map((place) => place.release()));
      return { waitMs: taken.waitMs };
    }
    places.push(taken);
  }
  return places;
}

/** Whose turn it is to try a password. Failures are counted in advance, in Redis, so parallel tries cannot share one. */
export function createSignInTurns(limits: Limits): SignInTurns {
  return {
    async ofDevice(device) {
      const key = `sign-in-device:${device}`;
      const taken = await limits.tryWithBackoff(key, signInThrottle);
      if (!taken.ok) return taken;
      return { ok: true, places: [taken], commit: () => limits.clear(key), lost: async () => {} };
    },

    async ofStranger(identifier, perAddress) {
      // People type passwords into the wrong field, too: what they typed is not kept in Redis.
      const hashed = createHash('sha256').update(identifier).digest('base64url');
      const key = `sign-in:${hashed}`;
      // Full while lists of passwords are being tried all over the site: then every first mistake is waited for.
      const site = await limits.take([{ key: 'sign-in-strangers', rules: stuffingBreaker.strangers }]);
      const rule = site.ok ? signInThrottle : stuffingBreaker.raised;
      let ofNetwork: Place | null = null;
      const places = await takeAll(site.ok ? [site] : [], [
        async () => {
          const taken = await limits.take([perAddress]);
          if (taken.ok) ofNetwork = taken;
          return taken;
        },
        ...(site.ok ? [] : [() => limits.tryWithBackoff(`sign-in-address:${perAddress.key}`, rule)]),
        () => limits.tryWithBackoff(key, rule),
      ]);
      if ('waitMs' in places) return { ok: false, waitMs: places.waitMs };
      // A success takes back its own places and clears its identifier; it excuses no other failure of its network. Numbers
      // that end alike share one count: whoever has one of them must not clear the guesses for another.
      const [own] = places.slice(-1);
      const others = places.slice(0, -1);
      const commit = async (): Promise<void> => {
        const clearing = isShared(identifier) ? own!.release() : limits.clear(key);
        await Promise.all([clearing, ...others.map((place) => place.release())]);
      };
      // Somebody who has forgotten one password must not use up the tries of everybody behind the same address.
      const lost = async (): Promise<void> => {
        const pair = {
          key: `failed-sign-ins-of:${perAddress.key}:${hashed}`,
          rules: addressLimits.failedSignInsOfOne,
          // Where it is full nobody is refused anything.
          counted: 'never' as const,
        };
        if (!(await limits.take([pair])).ok) await ofNetwork?.release();
      };
      return { ok: true, places, commit, lost };
    },
  };
}
