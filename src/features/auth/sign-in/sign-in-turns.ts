import { createHash } from 'node:crypto';
import { type Limited, type Limits, orRelease, type Taken } from '../../../platform/limits/limits.ts';
import { addressLimits, signInThrottle, stuffingBreaker } from '../policy.ts';

interface Place {
  release(): Promise<void>;
}

/** Counted before the password is checked; released when it wasn't, committed when right, `lost` when wrong. */
export type Turn =
  | { ok: true; places: Place[]; commit(): Promise<void>; lost(): Promise<void> }
  | { ok: false; waitMs: number };

export interface SignInTurns {
  /** Signed in to this account before, so strangers' failures don't count. */
  ofDevice(device: string): Promise<Turn>;
  ofStranger(identifier: string, perAddress: Limited): Promise<Turn>;
}

/** Numbers that end alike share a key (identifier.ts). */
function isShared(identifier: string): boolean {
  return identifier.startsWith('phone:');
}

/** All places or none. */
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

/** Counts failures in advance, so that parallel tries can't share one. */
export function createSignInTurns(limits: Limits): SignInTurns {
  return {
    async ofDevice(device) {
      const key = `sign-in-device:${device}`;
      const taken = await limits.tryWithBackoff(key, signInThrottle);
      if (!taken.ok) return taken;
      return { ok: true, places: [taken], commit: () => limits.clear(key), lost: async () => {} };
    },

    async ofStranger(identifier, perAddress) {
      // Hashed, since people type passwords into the wrong field.
      const hashed = createHash('sha256').update(identifier).digest('base64url');
      const key = `sign-in:${hashed}`;
      // Full during credential stuffing: then even a first mistake means waiting.
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
      // Clears neither other failures of the network, nor guesses for other numbers that end alike.
      const [own] = places.slice(-1);
      const others = places.slice(0, -1);
      const commit = async (): Promise<void> => {
        const clearing = isShared(identifier) ? own!.release() : limits.clear(key);
        await Promise.all([clearing, ...others.map((place) => place.release())]);
      };
      // One forgotten password must not use up the tries of all who share the address.
      const lost = async (): Promise<void> => {
        const pair = {
          key: `failed-sign-ins-of:${perAddress.key}:${hashed}`,
          rules: addressLimits.failedSignInsOfOne,
          inMetrics: 'never' as const, // it refuses nobody
        };
        if (!(await limits.take([pair])).ok) await ofNetwork?.release();
      };
      return { ok: true, places, commit, lost };
    },
  };
}
