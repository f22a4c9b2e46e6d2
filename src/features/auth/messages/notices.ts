import { type Subscription, subscription } from '../../../events/event-type.ts';
import type { Random } from '../../../kernel/ids.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import { toldFacts } from '../history/facts.ts';
import type { SecurityJob } from '../history/security-events.service.ts';

export interface Notices {
  /** Has the worker tell an event's owner, unless that is done. */
  announce: (securityEventId: string) => Promise<void>;
  subscription: Subscription;
}

/** The news of accounts for their owners. */
export function createNotices({ queue, random }: { queue: Queue<SecurityJob>; random: Random }): Notices {
  const announce = (eventId: string): Promise<void> =>
    // A name of its own each time: a job that was given up lies in the queue for a while and would swallow this one.
    queue.add(`announce-${eventId}-${random.bytes(6).toString('hex')}`, { kind: 'announce', eventId });
  return {
    announce,
    subscription: subscription('auth.notices', Object.values(toldFacts), ({ ids }) =>
      announce(ids.securityEventId),
    ),
  };
}
