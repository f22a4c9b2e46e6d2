import { days } from '../../../kernel/clock.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { eventPolicy } from '../policy.ts';
import type { Sessions } from '../sessions/sessions.service.ts';
import type { DataExportStore } from './data-export.store.ts';

const explained = {
  account: message('auth.export.account'),
  contacts: message('auth.export.contacts'),
  contactChanges: message('auth.export.contactChanges'),
  openSessions: message('auth.export.openSessions'),
  securityEvents: message('auth.export.securityEvents', { days: eventPolicy.kept / days(1) }),
  codes: message('auth.export.codes'),
  resetLinks: message('auth.export.resetLinks'),
  messageCounts: message('auth.export.messageCounts'),
  secondFactor: message('auth.export.secondFactor'),
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
  ): Promise<{ sections: Record<string, unknown>; explained: Record<string, Message> }> => {
    const person = await store.account(userId);
    if (!person) return { sections: {}, explained };
    const { keys, securityVersion, account, contacts } = person;
    const [codes, resetLinks, contactChanges, securityEvents, messageCounts, secondFactor, open] =
      await Promise.all([
        store.codes(userId, keys),
        store.links(userId),
        store.contactChanges(userId),
        store.events(userId),
        store.counts(keys),
        store.secondFactor(userId),
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
        secondFactor,
      },
      explained,
    };
  };
}
