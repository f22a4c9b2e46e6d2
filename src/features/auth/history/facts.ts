import { eventType } from '../../../events/event-type.ts';
import type { SecurityEventKind } from '../../../platform/generated/prisma/enums.ts';

/** What owners are told of by message, by its word in the history. */
export const toldFacts = {
  signed_in_new_device: eventType('auth.signedInOnNewDevice', 'securityEventId'),
  password_changed: eventType('auth.passwordChanged', 'securityEventId'),
  password_reset: eventType('auth.passwordReset', 'securityEventId'),
  contact_added: eventType('auth.contactAdded', 'securityEventId'),
  contact_changed: eventType('auth.contactChanged', 'securityEventId'),
  contact_removed: eventType('auth.contactRemoved', 'securityEventId'),
  contact_change_undone: eventType('auth.contactChangeUndone', 'securityEventId'),
  leaving_asked: eventType('auth.leavingAsked', 'securityEventId'),
  second_factor_set_up: eventType('auth.secondFactorSetUp', 'securityEventId'),
  second_factor_removed: eventType('auth.secondFactorRemoved', 'securityEventId'),
  recovery_codes_made: eventType('auth.recoveryCodesMade', 'securityEventId'),
  recovery_code_used: eventType('auth.recoveryCodeUsed', 'securityEventId'),
  second_factor_lost: eventType('auth.secondFactorLost', 'securityEventId'),
  second_factor_waited: eventType('auth.secondFactorWaited', 'securityEventId'),
} as const;

export function isTold(kind: SecurityEventKind): kind is keyof typeof toldFacts {
  return kind in toldFacts;
}

/** `userId` asked for the end of their account, and is nobody to others from then on. */
export const leavingAsked = toldFacts.leaving_asked;

/** Somebody signed up with what a banned person had; nobody's fact. */
export const bannedReturned = eventType('auth.bannedReturned', 'caseId');
/** So did somebody in a browser of a person whom the desk keeps out at this moment. */
export const barredReturned = eventType('auth.barredReturned');
/** A person's row is gone, and all that hung on it. */
export const erased = eventType('auth.erased');
