import type { Clock } from '../../../kernel/clock.ts';
import type { PeopleListener } from '../../../live/live.ts';
import type { Heartbeats } from '../../../platform/stores/heartbeats.ts';
import type { Log } from '../../../platform/watching/log.ts';
import type { Tell } from '../messages/hints.ts';
import { presencePolicy } from '../policy.ts';
import type { Presence } from './presence.ts';
import type { PresenceStore } from './presence.store.ts';

interface PresenceDeps {
  beats: Heartbeats;
  store: PresenceStore;
  tell: Tell;
  isDown: (err: unknown) => boolean;
  clock: Clock;
  log: Log;
}

/** Who has a socket in any process, and who had until lately. Redis keeps it, and forgets it by itself. */
export function createPresence({ beats, store, tell, isDown, clock, log }: PresenceDeps) {
  let beatenAt: Date | null = null;
  let telling: Promise<void> = Promise.resolve();

  /** To those who are there to hear it. */
  const announce = async (userId: string, state: 'here' | 'gone'): Promise<void> => {
    const partners = (await store.partners(userId, clock.now())).filter(({ isShown }) => isShown);
    const there = await beats.there(
      partners.map(({ otherId }) => otherId),
      clock.now(),
    );
    for (const { otherId, who } of partners)
      if (there.has(otherId)) tell(otherId, 'presence', { who, state });
  };
  /** One after the other, so that nobody is told that one is here after one has gone. */
  const announceAll = (userIds: readonly string[], state: 'here' | 'gone'): void => {
    for (const userId of userIds)
      telling = telling
        .then(() => announce(userId, state))
        .catch((err: unknown) => log.debug({ err }, 'partners could not be told who is here'));
  };
  const beat = async (userIds: readonly string[]): Promise<void> =>
    announceAll(await beats.beat(userIds, clock.now(), presencePolicy.lasts), 'here');
  const beatSoon = (userId: string): void => {
    void beat([userId]).catch((err: unknown) => {
      log.debug({ err }, 'who came or went could not be noted');
      beatenAt = null; // the next tick says so of all
    });
  };

  const listener: PeopleListener = {
    came: beatSoon,
    /** From now on it lasts as long as it does. */
    went: beatSoon,
    async tick(here) {
      const now = clock.now();
      // Also when the clock was set back.
      if (beatenAt === null || Math.abs(now.getTime() - beatenAt.getTime()) >= presencePolicy.every) {
        await beat(here);
        beatenAt = now;
      }
      announceAll(await beats.takeGone(now), 'gone');
    },
  };

  return {
    listener,
    /** Of people whose presence the viewer may see. While nobody can say, it is not shown. */
    async of(userIds: readonly string[]): Promise<(userId: string | null) => Presence> {
      try {
        const there = await beats.there(userIds, clock.now());
        return (userId) => (userId === null ? null : there.has(userId) ? 'here' : 'gone');
      } catch (err) {
        if (!isDown(err)) throw err;
        return () => null;
      }
    },
    /** Somebody has chosen anew whether it is shown: open pages of both sides follow. */
    async chosen(userId: string): Promise<void> {
      const partners = await store.partners(userId, clock.now());
      const there = await beats.there([userId, ...partners.map(({ otherId }) => otherId)], clock.now());
      const state = (id: string): Presence => (there.has(id) ? 'here' : 'gone');
      for (const { otherId, other, who, isShown } of partners) {
        if (!there.has(otherId)) continue;
        tell(otherId, 'presence', { who, state: isShown ? state(userId) : null });
        tell(userId, 'presence', { who: other, state: isShown ? 'here' : null });
      }
    },
    forget: (userId: string): Promise<void> => beats.forget(userId),
  };
}

export type PresenceService = ReturnType<typeof createPresence>;
