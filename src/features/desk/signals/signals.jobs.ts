import { subscription } from '../../../events/event-type.ts';
import { type Clock, later } from '../../../kernel/clock.ts';
import { isUuid, type Random, uuidv7 } from '../../../kernel/ids.ts';
import { bannedReturned, barredReturned } from '../../auth/index.ts';
import { signalPolicy } from '../policy.ts';
import {
  bannedBack,
  barredBack,
  sameWords,
  signal,
  type Unwelcomed,
  unwelcome,
  unwelcomeToMinors,
} from './signals.ts';
import { reasonOf, type SignalStore } from './signals.store.ts';

interface Signalled {
  kind: string;
  thing: string;
  openedAt: Date;
}

interface SignalJobsDeps {
  store: SignalStore;
  /** Whose first hellos wait for somebody to look at them. */
  heldSince: (since: Date) => Promise<{ personId: string }[]>;
  /** Has evidence frozen. */
  filed: (reportId: string) => Promise<void>;
  clock: Clock;
  random: Random;
}

export function createSignalJobs({ store, heldSince, filed, clock, random }: SignalJobsDeps) {
  const raise = async (prefix: string, about: { personId: string } | { caseId: string }): Promise<void> => {
    const id = uuidv7(clock.now(), random);
    if (await store.raise(id, prefix, about, reasonOf[prefix] ?? 'other', clock.now())) await filed(id);
  };

  return {
    /** What nobody reported, and somebody should look at. */
    async sweep(): Promise<void> {
      const now = clock.now();
      for (const about of await store.unwelcomeToMinors(now)) await raise(unwelcomeToMinors, about);
      for (const about of await store.unwelcome(now)) await raise(unwelcome, about);
      for (const about of await heldSince(later(now, -signalPolicy.window))) await raise(sameWords, about);
    },

    /** How many did not want the person of a signal; nothing of other cases. */
    async numbersOf({ kind, thing, openedAt }: Signalled, now: Date): Promise<Unwelcomed[]> {
      const personId = thing.split(':').at(-1)!;
      const isOfPerson =
        kind === signal &&
        ![bannedBack, barredBack].some((prefix) => thing.startsWith(prefix)) &&
        isUuid(personId);
      return isOfPerson ? store.numbersOf(personId, openedAt, now) : [];
    },

    subscriptions: [
      subscription('desk.bannedReturned', [bannedReturned], ({ ids }) =>
        raise(bannedBack, { caseId: ids.caseId }),
      ),
      subscription('desk.barredReturned', [barredReturned], ({ ids }) =>
        raise(barredBack, { personId: ids.userId }),
      ),
    ],
  };
}
