import { later } from '../../../kernel/clock.ts';
import { message, type Message, shownDay, shownMoment } from '../../../kernel/message.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { copiesView, leaveShape, messagesAfterwards, type Copies } from '../../privacy/index.ts';
import { appealText, deskPolicy } from '../policy.ts';
import { whatOf, whyOut } from '../cases/case-words.ts';
import type { OwnDecision, Standing } from './standing.ts';

/** The header of whoever is kept out has nothing else. */
const signOutAt = '/logout';

export const appealShape = { texts: ['decision', 'text'] };

function moment(at: string) {
  return shownMoment(new Date(at));
}

function stateOf(d: OwnDecision): Message {
  if (d.overturnedAt) return message('desk.own.overturned', { at: moment(d.overturnedAt) });
  if (d.answeredAt) return message('desk.own.stays', { at: moment(d.answeredAt) });
  if (d.appealedAt) return message('desk.own.appealed', { at: moment(d.appealedAt) });
  return d.provisional ? message('desk.own.provisional') : message('desk.own.holds');
}

/** Whose account is deleted before appeals nobody's any more. */
function appealUntil(d: OwnDecision, purgeAt: Date | null): Date {
  const until = later(new Date(d.at), deskPolicy.appealWithin);
  return purgeAt && purgeAt < until ? purgeAt : until;
}

function decisionView(d: OwnDecision, purgeAt: Date | null) {
  return {
    id: d.id,
    what: whatOf(d.act, d.kind, d.dateOfBirth),
    rule: message(`desk.rule.${d.reason}`),
    fact: d.fact,
    at: moment(d.at),
    until: d.untilAt ? moment(d.untilAt) : null,
    found: message(d.bySignal ? 'desk.statement.found.signal' : 'desk.statement.found.report'),
    state: stateOf(d),
    appeal: d.appeal,
    answer: d.answer,
    isOver: d.overturnedAt !== null,
    appealable: d.appealable,
    appealUntil: shownDay(appealUntil(d, purgeAt)),
  };
}

/** Since when, until when, and whether they come back at all. */
function whyView({ bannedAt, suspendedUntil, underAge, purgeAt }: Standing): {
  lead: Message;
  end: Message | null;
} {
  const end = purgeAt ? message('desk.suspended.ends', { at: shownDay(purgeAt) }) : null;
  const lead = whyOut({
    underAge,
    banned: bannedAt !== null,
    until: suspendedUntil?.toISOString() ?? null,
  });
  return { lead, end };
}

/** The model of `desk/suspended`. */
export function suspendedPage(
  standing: Standing,
  copies: Copies,
  state: { values?: FormValues; errors?: readonly FormError[]; perDay: number },
) {
  const { values = {}, errors = [], perDay } = state;
  return {
    title: message('desk.suspended.title'),
    username: standing.username,
    ...whyView(standing),
    decisions: standing.decisions
      .filter((d) => !d.overturnedAt)
      .map((d) => decisionView(d, standing.purgeAt)),
    isMinor: standing.isMinor,
    signOutAt,
    mayAppeal: standing.decisions.some(({ appealable }) => appealable),
    copies: copiesView(copies),
    perDay,
    form: formView(leaveShape, values, errors),
    leaving: standing.purgeAt !== null,
    messages: messagesAfterwards.map((value) => ({
      value,
      label: message(`privacy.leave.messages.${value}`),
      chosen: value === (values.messages || 'erase'),
    })),
  };
}

/** The model of `desk/appeal`. */
export function appealPage(
  standing: Standing,
  barred: boolean,
  { values = {}, errors = [] }: { values?: FormValues; errors?: readonly FormError[] } = {},
) {
  const decisions = standing.decisions.map((d) => decisionView(d, standing.purgeAt));
  const open = decisions.filter(({ appealable }) => appealable);
  const chosen = String(values.decision ?? '') || (open[0]?.id ?? '');
  return {
    title: message('desk.appeal.title'),
    barred,
    signOutAt: barred ? signOutAt : null,
    isMinor: standing.isMinor,
    decisions,
    open: open.map((d) => ({ ...d, chosen: d.id === chosen })),
    form: formView(appealShape, values, errors),
    limits: { characters: appealText.graphemes, units: appealText.units },
  };
}
