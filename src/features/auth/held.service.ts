import type { HeldStore } from './held.store.ts';
import type { Sessions } from './sessions.service.ts';

/** What each section is, for people to read. */
const explained = {
  account:
    'Your username, date of birth and when you joined. "securityVersion" counts how often all devices were signed out at once, for example by a new password.',
  contacts: 'Where we reach you, and when you proved that each is yours.',
  contactChanges:
    'Changes of your contacts in the last days: what was there before, where we wrote about it, and until when it can be undone.',
  openSessions: 'Where you were signed in when this copy was made.',
  securityEvents:
    'What happened to your account in the last 90 days. "network" is a fingerprint of an internet address, not the address itself; "refused" means that it did not succeed.',
  codes:
    'Codes that were asked for lately, by you or for one of your contacts: where they went, how often they were sent and tried. Never the code itself.',
  resetLinks: 'Links for a new password that we sent to you: when, and whether they were used.',
  messageCounts: 'How many messages went to your contacts within a day, and how many wrong codes were typed.',
};

/** Auth's part of everything that is held about a person, in sections by name. Empty when there is nobody. */
export const createHeld =
  ({ store, sessions }: { store: HeldStore; sessions: Pick<Sessions, 'list'> }) =>
  async (
    userId: string,
  ): Promise<{ sections: Record<string, unknown>; explained: Record<string, string> }> => {
    const person = await store.account(userId);
    if (!person) return { sections: {}, explained };
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
      explained,
    };
  };
