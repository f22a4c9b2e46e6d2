import type { HeldStore } from './held.store.ts';
import type { Sessions } from './sessions.service.ts';

/** Auth's part of everything that is held about a person, in sections by name. Empty when there is nobody. */
export const createHeld =
  ({ store, sessions }: { store: HeldStore; sessions: Pick<Sessions, 'list'> }) =>
  async (userId: string): Promise<{ sections: Record<string, unknown> }> => {
    const person = await store.account(userId);
    if (!person) return { sections: {} };
    const { keys, securityVersion, account, contacts } = person;
    const [codes, resetLinks, contactChanges, securityEvents, messageCounts, open] = await Promise.all([
      store.codes(userId, keys),
      store.links(userId),
      store.contactChanges(userId),
      store.events(userId),
      store.counts(keys),
      sessions.list({ userId, securityVersion, sid: '' }),
    ]);
    // Whoever holds an id is signed in: it stays out.
    const openSessions = open.map(({ device, signedInAt, seenAt, remembered }) => ({
      device,
      signedInAt,
      seenAt,
      keptSignedIn: remembered,
    }));
    return {
      sections: {
        account,
        contacts,
        contactChanges,
        openSessions,
        securityEvents,
        codes,
        resetLinks,
        messageCounts,
      },
    };
  };
