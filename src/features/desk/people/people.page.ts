import { message, named, shownDay, shownMoment } from '../../../kernel/message.ts';
import { type FormError, formView } from '../../../web/forms/forms.ts';
import { bandName, kindName, stateName } from '../cases/case-words.ts';
import { type ContactReason, contactReasons, type DeskContact, type DeskPerson } from './people.ts';

export const contactShape = { texts: ['why'] };

function standing(
  { bannedAt, suspendedUntil, limitedUntil, purgeAt, isHeld, isStaff }: DeskPerson,
  now: Date,
) {
  return [
    ...(isStaff ? [message('desk.person.staff')] : []),
    ...(bannedAt ? [message('desk.person.banned', { at: shownDay(bannedAt) })] : []),
    ...(suspendedUntil && suspendedUntil > now
      ? [message('desk.person.suspended', { until: shownMoment(suspendedUntil) })]
      : []),
    ...(limitedUntil && limitedUntil > now
      ? [message('desk.person.limited', { until: shownMoment(limitedUntil) })]
      : []),
    ...(purgeAt ? [message('desk.person.leaving', { at: shownDay(purgeAt) })] : []),
    ...(isHeld ? [message('desk.person.held')] : []),
  ];
}

/** The model of `desk/person`. `contact`: null unless it was asked for. */
export function personPage(
  person: DeskPerson,
  now: Date,
  {
    contact = null,
    why = '',
    errors = [],
  }: { contact?: DeskContact | null; why?: string; errors?: FormError[] } = {},
) {
  const label = (reason: ContactReason) => message(`desk.contact.why.${reason}`);
  return {
    title: message('desk.person.title', { username: person.username }),
    username: person.username,
    displayName: person.displayName,
    path: `/desk/people/${person.username}`,
    band: bandName(person.band),
    country: named('country', person.country),
    since: shownDay(person.createdAt),
    reported: person.reported,
    standing: standing(person, now),
    cases: person.cases.map(({ id, kind, reason, state, openedAt }) => ({
      path: `/desk/cases/${id}`,
      kind: kindName(kind),
      reason: message(`safety.report.reason.${reason}`),
      state: stateName(state),
      openedAt: shownMoment(new Date(openedAt)),
    })),
    decisions: person.decisions.map(({ act, reason, at, overturned }) => ({
      act: message(`desk.act.${act}`),
      rule: message(`desk.rule.${reason}`),
      at: shownMoment(new Date(at)),
      overturned,
    })),
    contact,
    hasContact: !person.isStaff,
    form: formView(contactShape, { why }, errors),
    reasons: contactReasons.map((value) => ({ value, label: label(value), chosen: value === why })),
  };
}
