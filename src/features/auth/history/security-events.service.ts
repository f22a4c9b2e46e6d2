import type { Wake } from '../../../events/wake.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import type { SecurityEventKind } from '../../../platform/generated/prisma/enums.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import { done, type Outcome, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { storedWords } from '../stored-words.ts';
import { isTold } from './facts.ts';
import type { PastEvent, SecurityEvent, SecurityEventStore } from './security-events.store.ts';

/** Where an act came from, as the history keeps it. */
export interface ClientInfo {
  /** In words of ours: "Firefox on Windows". */
  device: string;
  /** Keyed hash of the client's network. */
  network: string;
}

/** What the queue carries: no address, no code, no token. */
export type SecurityJob =
  /** Writes an event; `userId` null where there is no account to write it for, or `event`, in jobs of the release before. */
  | {
      kind: 'event';
      event: (Omit<SecurityEvent, 'at' | 'userId'> & { at: string; userId: string | null }) | null;
    }
  /** Tells the owner of an event, by every contact that it asks for. */
  | { kind: 'announce'; eventId: string }
  | { kind: 'notice'; eventId: string; channel: 'email' | 'mobile' }
  /** Makes and sends the owner's link; null where there is no owner. */
  | {
      kind: 'owner-link';
      userId: string | null;
      channel: 'email' | 'mobile';
      [storedWords.recoveryLinkJob.client]: ClientInfo;
      /** The link that it will be, so that one job sends one; not in jobs of the version before. */
      linkId?: string;
    }
  /** Of the version before. */
  | { kind: 'link'; linkId: string }
  /** Tells a contact of a change, with a link that undoes it. */
  | { kind: 'contact-undo'; undoId: string }
  /** Tells a contact that an undone change had brought that it is no longer one. */
  | { kind: 'contact-gone'; undoId: string };

interface SecurityEventsDeps {
  store: SecurityEventStore;
  queue: Queue<SecurityJob>;
  clock: Clock;
  random: Random;
  wake: Wake;
}

/** The history of accounts, and who hears of it. */
export function createSecurityEvents({ store, queue, clock, random, wake }: SecurityEventsDeps) {
  /** An event of this moment, not yet written. */
  const make = (kind: SecurityEventKind, userId: string, { device, network }: ClientInfo): SecurityEvent => {
    const at = clock.now();
    const id = uuidv7(at, random);
    return { id, userId, kind, outcome: 'done', at, network, device, noticeDue: isTold(kind) };
  };

  /** Has the owner told of a written event, where that is due. */
  const announce = async ({ noticeDue }: Pick<SecurityEvent, 'noticeDue'>): Promise<void> => {
    if (noticeDue) await wake();
  };

  return {
    make,
    announce,

    /** Writes an event of this moment and tells its owner, where that is due. */
    async add(kind: SecurityEventKind, userId: string, client: ClientInfo): Promise<void> {
      const event = make(kind, userId, client);
      await store.add(event);
      await announce(event);
    },

    /**
     * Notes what was refused or only asked for, by way of the queue: an account that does not exist (null) takes the
     * same time as one that does.
     */
    async note(
      kind: SecurityEventKind,
      outcome: SecurityEvent['outcome'],
      userId: string | null,
      client: ClientInfo,
    ): Promise<void> {
      const { at, ...event } = { ...make(kind, userId ?? '', client), outcome, noticeDue: false };
      await queue.add(`event-${event.id}`, {
        kind: 'event',
        event: { ...event, userId, at: at.toISOString() },
      });
    },

    async recent(viewer: Viewer): Promise<Outcome<PastEvent[], SignedOut>> {
      const past = await store.recent(viewer, clock.now());
      return past ? done(past) : signedOut;
    },
  };
}

export type SecurityEvents = ReturnType<typeof createSecurityEvents>;
