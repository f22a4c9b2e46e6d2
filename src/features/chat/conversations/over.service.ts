import type { Clock } from '../../../kernel/clock.ts';
import type { Heartbeats } from '../../../platform/stores/heartbeats.ts';
import type { Log } from '../../../platform/watching/log.ts';
import type { Tell } from '../messages/hints.ts';
import { opaqueIdOf } from '../pairs/conversation-id.ts';
import type { Place } from '../pairs/pair.store.ts';
import type { OverRow, OverStore } from './over.store.ts';

interface OverDeps {
  store: OverStore;
  beats: Pick<Heartbeats, 'there'>;
  tell: Tell;
  clock: Clock;
  log: Log;
}

/**
 * Open pages read anew what is over, whatever ended it: none of them is told which; and what has begun. What was done stands,
 * also where this fails.
 */
export function createOver({ store, beats, tell, clock, log }: OverDeps) {
  const tellEach = (rows: readonly OverRow[], event: 'chat.over' | 'chat.opened' = 'chat.over'): void => {
    for (const { userId, with: name, conversationId } of rows)
      tell(userId, event, { with: name, id: opaqueIdOf(conversationId) });
  };
  const quietly = (telling: Promise<void>): Promise<void> =>
    telling.catch((err: unknown) => log.warn({ err }, 'open pages could not be told that it is over'));

  return {
    between: (userId: string, otherId: string): Promise<void> =>
      quietly(store.between(userId, otherId).then((rows) => tellEach(rows))),

    at: (userId: string, place: Place): Promise<void> =>
      quietly(store.at(userId, place).then((rows) => tellEach(rows))),

    /** A hello was accepted: both may write. */
    openedAt: (userId: string, place: Place): Promise<void> =>
      quietly(store.at(userId, place).then((rows) => tellEach(rows, 'chat.opened'))),

    /** Somebody has become nobody to everybody. Only those are told who are there to hear it. */
    async allOf(userId: string): Promise<void> {
      const telling = async (): Promise<void> => {
        const rows = await store.allOf(userId);
        const others = rows.map((row) => row.userId);
        const there = await beats.there(others, clock.now());
        tellEach(rows.filter((row) => there.has(row.userId)));
      };
      await quietly(telling());
    },
  };
}

export type Over = ReturnType<typeof createOver>;
