import { agoInWords, days, shownMoment } from '../../../kernel/clock.ts';
import type { PastEvent } from '../history/security-events.store.ts';
import { eventPolicy } from '../policy.ts';
import type { OpenSession } from '../sessions/sessions.service.ts';

type Kind = PastEvent['kind'];

const happened: Record<Kind, string> = {
  joined: 'You joined ChatLink',
  signed_in: 'Signed in',
  signed_in_new_device: 'Signed in on a new device',
  signed_out: 'Signed out',
  password_confirmed: 'Password confirmed',
  password_changed: 'Password changed',
  password_reset: 'New password set with a code or link',
  reset_asked: 'A code for a new password was requested',
  reset_link_sent: 'We sent you a link to set a new password',
  session_revoked: 'One device was signed out',
  other_sessions_revoked: 'All other devices were signed out',
  contact_added: 'An email address or mobile number was added',
  contact_changed: 'An email address or mobile number was changed',
  contact_removed: 'An email address or mobile number was removed',
  contact_change_undone: 'A contact change was undone, and every device was signed out',
  export_asked: 'You asked for a copy of your data',
  leaving_asked: 'You asked us to delete the account',
  leaving_cancelled: 'You cancelled the deletion',
};
const refused: Partial<Record<Kind, string>> = {
  signed_in: 'Sign-in with a wrong password',
  password_confirmed: 'Wrong password entered in the settings',
};

function sessionView({ handle, isThisOne, device, signedInAt, seenAt }: OpenSession, now: Date) {
  return {
    device: capital(device),
    isThisOne,
    signedInText: `Signed in ${agoInWords(signedInAt, now)}`,
    seenText: isThisOne ? 'Active now' : `Last seen ${agoInWords(seenAt, now)}`,
    revokePath: `/settings/sessions/${handle}/revoke`,
  };
}

function eventView(event: PastEvent, network: string) {
  return {
    timesText: event.times > 1 ? `${event.times} times that day` : null,
    text: (event.outcome === 'refused' && refused[event.kind]) || happened[event.kind],
    isRefusal: event.outcome === 'refused',
    at: shownMoment(event.at),
    where: `${capital(event.device)}, ${event.network === network ? 'from your current network' : 'from another network'}`,
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export interface SecurityPageFacts {
  sessions: readonly OpenSession[];
  history: readonly PastEvent[];
  network: string; // the network of this request, hashed as in the events
  now: Date;
}

/** The model of `settings/security`. */
export function securityPage({ sessions, history, network, now }: SecurityPageFacts) {
  return {
    title: 'Security',
    sessions: sessions.map((session) => sessionView(session, now)),
    hasOthers: sessions.length > 1,
    events: history.map((event) => eventView(event, network)),
    keptDays: eventPolicy.kept / days(1),
  };
}
