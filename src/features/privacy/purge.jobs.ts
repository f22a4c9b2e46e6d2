import { subscription } from '../../events/event-type.ts';
import type { Clock } from '../../kernel/clock.ts';
import { nobodysId } from '../../kernel/ids.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import type { Log } from '../../platform/watching/log.ts';
import { type AuthFeature, erased } from '../auth/index.ts';

/** Deletes what one feature keeps of a person outside the database. May be asked twice. */
export type Eraser = (userId: string) => Promise<void>;

interface PurgeDeps {
  ends: AuthFeature['ends'];
  keptByAll: () => { erasers: readonly Eraser[] };
  registry: Pick<SessionStore, 'sessionsOf' | 'end'>;
  clock: Clock;
  log: Log;
}

/**
 * Deletes people whose time to come back is over. The row goes last: whatever breaks off before is found again, and two
 * workers that meet at one person delete the same.
 */
export function createPurge({ ends, keptByAll, registry, clock, log }: PurgeDeps) {
  const endSessions = async (userId: string): Promise<void> => {
    await registry.end(userId, [...(await registry.sessionsOf(userId)).keys()]);
  };

  const end = async (userId: string): Promise<boolean> => {
    for (const erase of keptByAll().erasers) {
      // A batch takes its time: what a court asks for meanwhile stays.
      if (await ends.isHeld(userId)) return false;
      await erase(userId);
    }
    await endSessions(userId);
    return ends.erase(userId, clock.now());
  };

  const run = async (): Promise<void> => {
    let gone = 0;
    for (let after = nobodysId; ; ) {
      const ids = await ends.beginEnd(clock.now(), after);
      if (ids.length === 0) break;
      for (const id of ids) {
        after = id;
        // One whose files cannot be reached now keeps nobody else from going.
        await end(id)
          .then((mine) => void (gone += mine ? 1 : 0))
          .catch((err: unknown) => log.warn({ err }, 'somebody who left could not be deleted yet'));
      }
    }
    if (gone > 0) log.info({ people: gone }, 'people who left are deleted');
  };

  return {
    run,
    /** Somebody may have signed in between the end of the sessions and that of the row. */
    subscription: subscription('privacy.sessions', [erased], ({ ids }) => endSessions(ids.userId)),
  };
}
