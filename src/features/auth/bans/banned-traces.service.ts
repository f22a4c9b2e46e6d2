import type { Wake } from '../../../events/wake.ts';
import { type Clock, later } from '../../../kernel/clock.ts';
import type { Hmac } from '../../../platform/keys.ts';
import type { Member } from '../accounts/account.store.ts';
import { deviceNames } from '../devices/devices.ts';
import { banPolicy } from '../policy.ts';
import type { Ban, BannedTraceStore, Joining, Returned } from './banned-traces.store.ts';

interface BannedTracesDeps {
  store: BannedTraceStore;
  /** Under a key of its own: a copy of the table tells nobody which addresses stand in it. */
  hmac: Hmac;
  clock: Clock;
  wake: Wake;
}

/** Whose ban it is, and what it goes by. */
type Banned = Pick<Member, 'id' | 'emailKey' | 'phone'>;

/** The browser that somebody would join in. */
export interface JoiningFrom {
  deviceCookie: string; // unchecked
  barredId: string | null; // whom the desk keeps out, where this browser has signed in as them
}

/** Keeps banned people from signing up anew, for a year, without keeping their addresses. */
export function createBannedTraces({ store, hmac, clock, wake }: BannedTracesDeps) {
  const ofContacts = (keys: readonly (string | null)[]): string[] =>
    keys.flatMap((key) => (key === null ? [] : [hmac.mac('contact', key)]));
  const ofDevice = (cookie: string): string[] => deviceNames(cookie).map((name) => hmac.mac('device', name));
  /** Contacts may change and devices be many: what stays the same is what a ban is found by later. */
  const ofPerson = (id: string): string => hmac.mac('person', id);

  /** Somebody is back with what a banned person had: the desk is told. */
  const noteReturn = async (returned: Returned): Promise<void> => {
    await store.noteReturn(returned, clock.now());
    await wake();
  };

  return {
    /** `contactKey`: an email key or E.164. */
    joiningWith: (contactKey: string, { deviceCookie, barredId }: JoiningFrom): Joining => ({
      hashes: [...ofContacts([contactKey]), ...ofDevice(deviceCookie)],
      barredId,
    }),

    /** What the account is called for that a cookie was made for last. */
    ownDevice: (deviceCookie: string): string => ofDevice(deviceCookie)[0]!,

    noteReturn,

    /** A contact that a member wants to have. */
    async isBanned(contactKey: string): Promise<boolean> {
      const caseId = await store.caseOf(ofContacts([contactKey]), clock.now());
      if (caseId !== null) await noteReturn({ caseId, personId: null });
      return caseId !== null;
    },

    /** When somebody is banned: what they have, and what a link of theirs could still bring back. */
    async ban({ id, emailKey, phone }: Banned, its: Ban): Promise<void> {
      const now = clock.now();
      const before = await store.contactsToTakeBack(id, now);
      const hashes = [ofPerson(id), ...ofContacts([emailKey, phone, ...before])];
      await store.remember(id, {
        ...its,
        hashes: [...new Set(hashes)],
        until: later(now, banPolicy.remembered),
      });
    },

    /** The browser of whoever signed in, or set a password: by a cookie that was made for them last. */
    noteDevice: (
      { id, emailKey = null, phone = null }: Pick<Banned, 'id'> & Partial<Banned>,
      deviceCookie: string,
    ): Promise<void> => {
      const all = ofDevice(deviceCookie);
      const known = [ofPerson(id), ...ofContacts([emailKey, phone])];
      return store.noteDevice(id, { own: all[0]!, all, known }, clock.now());
    },

    /** The ban was taken back, and may be given back for a while. */
    lift: (decisionId: string): Promise<void> => store.lift(decisionId, clock.now()),
  };
}

export type BannedTraces = ReturnType<typeof createBannedTraces>;
