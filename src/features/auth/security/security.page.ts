import { days } from '../../../kernel/clock.ts';
import { agoOf } from '../../../kernel/duration.ts';
import { message, type Message, shownMoment } from '../../../kernel/message.ts';
import { deviceFirst } from '../devices/device-first.ts';
import type { PastEvent } from '../history/security-events.store.ts';
import { eventPolicy } from '../policy.ts';
import type { OpenSession } from '../sessions/sessions.service.ts';

type Kind = PastEvent['kind'];

const happened: Record<Kind, Message> = {
  joined: message('auth.history.done.joined'),
  signed_in: message('auth.history.done.signedIn'),
  signed_in_new_device: message('auth.history.done.signedInNewDevice'),
  signed_out: message('auth.history.done.signedOut'),
  password_confirmed: message('auth.history.done.passwordConfirmed'),
  password_changed: message('auth.history.done.passwordChanged'),
  password_reset: message('auth.history.done.passwordReset'),
  reset_asked: message('auth.history.done.resetAsked'),
  reset_link_sent: message('auth.history.done.resetLinkSent'),
  session_revoked: message('auth.history.done.sessionRevoked'),
  other_sessions_revoked: message('auth.history.done.otherSessionsRevoked'),
  contact_added: message('auth.history.done.contactAdded'),
  contact_changed: message('auth.history.done.contactChanged'),
  contact_removed: message('auth.history.done.contactRemoved'),
  contact_change_undone: message('auth.history.done.contactChangeUndone'),
  export_asked: message('auth.history.done.exportAsked'),
  leaving_asked: message('auth.history.done.leavingAsked'),
  leaving_cancelled: message('auth.history.done.leavingCancelled'),
  second_factor_set_up: message('auth.history.done.secondFactorSetUp'),
  second_factor_removed: message('auth.history.done.secondFactorRemoved'),
  recovery_codes_made: message('auth.history.done.recoveryCodesMade'),
  recovery_code_used: message('auth.history.done.recoveryCodeUsed'),
  second_step: message('auth.history.wrongSecondStep'),
  second_factor_lost: message('auth.history.done.secondFactorLost'),
  second_factor_waited: message('auth.history.done.secondFactorWaited'),
  second_factor_kept: message('auth.history.done.secondFactorKept'),
};
const refused: Partial<Record<Kind, Message>> = {
  signed_in: message('auth.history.wrongPassword'),
  password_confirmed: message('auth.history.wrongPasswordInSettings'),
};

function sessionView({ handle, isThisOne, device, signedInAt, seenAt }: OpenSession, now: Date) {
  return {
    device: deviceFirst(device),
    isThisOne,
    signedIn: message('auth.sessions.signedIn', { ago: agoOf(signedInAt, now) }),
    seen: isThisOne
      ? message('auth.sessions.active')
      : message('auth.sessions.seen', { ago: agoOf(seenAt, now) }),
    revokePath: `/settings/sessions/${handle}/revoke`,
  };
}

function eventView(event: PastEvent, network: string) {
  return {
    times: event.times,
    text: (event.outcome === 'refused' && refused[event.kind]) || happened[event.kind],
    isRefusal: event.outcome === 'refused',
    at: shownMoment(event.at),
    where: message('auth.history.where', {
      device: deviceFirst(event.device),
      network: event.network === network ? 'same' : 'other',
    }),
  };
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
    title: message('auth.security.title'),
    sessions: sessions.map((session) => sessionView(session, now)),
    hasOthers: sessions.length > 1,
    events: history.map((event) => eventView(event, network)),
    keptDays: eventPolicy.kept / days(1),
  };
}
