import { days } from '../../../kernel/clock.ts';
import { eventPolicy } from '../policy.ts';
import type { Sessions } from '../sessions/sessions.service.ts';
import type { DataExportStore } from './data-export.store.ts';

const explained = {
  account:
    'Your username, date of birth and when you joined. "locale" is the language that we write to you in. "securityVersion" goes up each time all devices are signed out. "recoveredAt" and "recoveredBy" say when, and through which contact, you last recovered your account; "recoveryVersion" is the count at that time. "passwordRevokedAt" is set while your old password is blocked.',
  contacts: 'Where we reach you, and when you proved that each is yours.',
  contactChanges:
    'Changes to your contacts in the last few days: what was there before, where we wrote about it, with or without a link, and until when it can be undone.',
  openSessions: 'Where you were signed in when this copy was made.',
  securityEvents: `What happened to your account in the last ${eventPolicy.kept / days(1)} days. "network" is a fingerprint of an internet address, not the address itself; "refused" means it didn't succeed.`,
  codes:
    'Codes requested recently, by you or for one of your contacts: where they went, how often they were sent and tried. Never the code itself.',
  resetLinks: 'Links to set a new password that we sent you: when, and whether they were used.',
  messageCounts:
    'How many messages went to your contacts within a day, and how many wrong codes were entered.',
};

/** Empty when there is nobody. */
export function createExporter({
  store,
  sessions,
}: {
  store: DataExportStore;
  sessions: Pick<Sessions, 'list'>;
}) {
  return async (
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
      // No session is "this one" in a file.
      sessions.list({ id: userId, securityVersion }, null),
    ]);
    // Without ids: a session id signs its holder in.
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
}
