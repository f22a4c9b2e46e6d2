import type { Wake } from '../../../events/wake.ts';
import { type Clock, later } from '../../../kernel/clock.ts';
import type { Hmac } from '../../../platform/keys.ts';
import type { Member } from '../accounts/account.store.ts';
import { deviceNames } from '../devices/devices.ts';
import { banPolicy } from '../policy.ts';
import type { BannedTraceStore } from './banned-traces.store.ts';

interface BannedTracesDeps {
  store: BannedTraceStore;
  /** Under a key of its own: a copy of the table tells nobody which addresses stand in it. */
  hmac: Hmac;
  clock: Clock;
  wake: Wake;
}

type Contacts = Pick<Member, 'emailKey' | 'phone'>;

/** Keeps banned people from signing up anew, for a year, without keeping their addresses. */
export function createBannedTraces({ store, hmac, clock, wake }: BannedTracesDeps) {
  const ofContacts = (keys: readonly (string | null)[]): string[] =>
    keys.flatMap((key) => (key === null ? [] : [hmac.mac('contact', key)]));
  const ofDevice = (cookie: string): string[] => deviceNames(cookie).map((name) => hmac.mac('device', name));
  const contactsOf = ({ emailKey, phone }: Contacts) => ofContacts([emailKey, phone]);

  /** Somebody is back with what a banned person had: the desk is told. */
  const noteReturn = async (caseId: string): Promise<void> => {
    await store.noteReturn(caseId, clock.now());
    await wake();
  };

  return {
    /** Of what somebody would sign up with: an email key or E.164, and the cookie of a device. */
    tracesOf: (contactKey: string, deviceCookie: string): string[] => [
      ...ofContacts([contactKey]),
      ...ofDevice(deviceCookie),
    ],

    noteReturn,

    /** A contact that a member wants to have. */
    async isBanned(contactKey: string): Promise<boolean> {
      const caseId = await store.caseOf(ofContacts([contactKey]), clock.now());
      if (caseId !== null) await noteReturn(caseId);
      return caseId !== null;
    },

    /** When somebody is banned. */
    ban: (member: Contacts, caseId: string): Promise<void> =>
      store.remember(contactsOf(member), caseId, later(clock.now(), banPolicy.remembered)),

    /** A banned person signed in with this: what it is called is known from then on. */
    noteDevice: (member: Contacts, deviceCookie: string): Promise<void> =>
      store.rememberBeside(contactsOf(member), ofDevice(deviceCookie), clock.now()),

    /** The ban was taken back. */
    forget: (caseId: string): Promise<void> => store.forget(caseId),
  };
}

export type BannedTraces = ReturnType<typeof createBannedTraces>;
