import { message, type Message, shownDay, shownMoment, named } from '../../../kernel/message.ts';
import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { reportReasons } from '../../safety/index.ts';
import { deskPolicy, factText } from '../policy.ts';
import { moment, reportView, type ShownPart } from './report.page.ts';
import { actsFor, caseShape } from '../decisions/decide.forms.ts';
import { bandName, kindName, stateName } from '../cases/case-words.ts';
import type { CaseDecision, DeskCase } from '../cases/cases.ts';

export interface CaseState extends ShownPart {
  values?: FormValues;
  errors?: readonly FormError[];
}

/** Where the reports before and after these are; null: these are all. */
function partsView({ reportCount, reports }: DeskCase, path: string, part: number) {
  const first = (part - 1) * deskPolicy.shown;
  const last = first + reports.length;
  if (first === 0 && last >= reportCount) return null;
  return {
    shown: message('desk.case.reports.part', { from: first + 1, to: last }),
    before: part > 1 ? `${path}?part=${part - 1}` : null,
    after: last < reportCount ? `${path}?part=${part + 1}` : null,
  };
}

function decisionView(d: CaseDecision, mayGiveBack: boolean) {
  return {
    id: d.id,
    mayGiveBack: mayGiveBack && d.act === 'remove' && !d.overturnedAt && !(d.mine && d.answeredAt),
    act: message(`desk.act.${d.act}`),
    means: meaningOf(d),
    rule: message(`desk.rule.${d.reason}`),
    fact: d.fact,
    by: d.by,
    at: moment(d.at),
    until: d.untilAt ? moment(d.untilAt) : null,
    state: decisionState(d),
    appeal: d.appeal,
    appealedAt: d.appealedAt ? moment(d.appealedAt) : null,
    answer: d.answer,
  };
}

function appealView({ act, reason, at, appeal }: CaseDecision, count: number) {
  return {
    act: message(`desk.act.${act}`),
    rule: message(`desk.rule.${reason}`),
    at: moment(at),
    text: appeal,
    more: count > 1 ? message('desk.answer.more', { count }) : null,
  };
}

/** What holds once it is confirmed, where the act alone doesn't say so. */
function meaningOf({ act, dateOfBirth }: CaseDecision): Message | null {
  if (act !== 'age') return null;
  return dateOfBirth
    ? message('desk.decision.born', { born: dateOfBirth })
    : message('desk.decision.underAge', { days: deskPolicy.underAgeGrace / 86_400_000 });
}

function decisionState(d: CaseDecision): Message {
  if (d.overturnedAt) return message('desk.decision.overturned');
  if (d.appealedAt && !d.answeredAt) return message('desk.decision.appealed');
  if (d.answeredAt) return message('desk.decision.stays');
  if (!d.needsSecond) return message('desk.decision.holds');
  return d.confirmedAt ? message('desk.decision.confirmed') : message('desk.decision.provisional');
}

function hintOf(act: DeskAct, kind: string): Message {
  if (act === 'limit') return message('desk.act.limit.hint', { days: deskPolicy.limitFor / 86_400_000 });
  return act === 'remove' ? message('desk.act.remove.hint', { kind }) : message(`desk.act.${act}.hint`);
}

/** Why this moderator can do nothing here now; null: they can. */
function whyNot(found: DeskCase): Message | null {
  if (found.mine && found.mayHandle) return null;
  if (found.person?.isStaff && found.state !== 'closed') return message('desk.case.aboutStaff');
  if (found.state === 'closed')
    return message(found.mayHandle ? 'desk.case.closedSoFar' : 'desk.case.closed');
  if (!found.mayHandle) return message('desk.case.notYours');
  return null;
}

/** The model of `desk/case`. */
export function casePage(
  found: DeskCase,
  state: CaseState,
  now: Date,
  mayTakeBack: 'decision' | 'word' | null,
) {
  const path = `/desk/cases/${found.id}`;
  const { person } = found;
  const appeals = found.decisions.filter((d) => d.appealedAt && !d.answeredAt && !d.overturnedAt);
  const appeal = appeals.toSorted((one, other) => one.appealedAt!.localeCompare(other.appealedAt!))[0];
  const values = {
    version: String(found.version),
    reason: found.reason,
    days: '7',
    ...state.values,
    decision: appeal?.id ?? '',
  };
  const form = formView(caseShape, values, state.errors ?? []);
  const acting = found.mine && found.mayHandle;
  const obstacle = whyNot(found);
  return {
    title: message('desk.case.title', { kind: kindName(found.kind) }),
    path,
    state: stateName(found.state),
    minor: found.involvesMinor,
    openedAt: shownMoment(found.openedAt),
    sealedAt: found.sealedAt && shownMoment(found.sealedAt),
    heldUntil: acting && found.heldUntil ? shownMoment(found.heldUntil) : null,
    whyNot: obstacle,
    /** A colleague, and nothing else is in the way. */
    lookedAtBy: acting || !found.mayHandle ? null : found.heldBy,
    mayTake: !acting && found.mayHandle && (found.heldBy === null || found.mine),
    mayTakeBack: mayTakeBack && message(`desk.case.undo.${mayTakeBack}`),
    takenBackWithin: deskPolicy.takenBackWithin / 60_000,
    /** Decided already, and more may follow. */
    isClosed: found.state === 'closed',
    doing: acting ? found.state : null,
    /** The one that is answered: of several the first, which stands there once more. */
    appeal: appeal && appealView(appeal, appeals.length),
    /** Words that have no field to stand in: the case is no longer this moderator's. */
    kept: acting ? null : form.value('fact') || form.value('answer') || null,
    mayName: acting && found.isNameless,
    maySeal: acting && found.sealedAt === null,
    sealedElsewhere: found.isSealed && !found.sealedAt ? message('desk.case.sealedElsewhere') : null,
    bornChanged: person?.bornChanged ?? false,
    person: person && {
      username: person.username,
      path: `/desk/people/${person.username}`,
      band: bandName(person.band),
      country: named('country', person.country),
      since: shownDay(new Date(person.createdAt)),
      earlier: person.earlier,
      isBarred: person.isBarred,
    },
    reportCount: found.reportCount,
    parts: partsView(found, path, state.part),
    reports: found.reports.map((report) => reportView(report, path, found.isSealed, state)),
    decisions: found.decisions.map((d) => decisionView(d, found.mayGiveBack)),
    givesBackSeal: found.mayHandle && found.isAwayBySeal,
    form,
    limits: { characters: factText.graphemes, units: factText.units },
    acts: actsFor(found).map((act) => ({
      value: act,
      label: message(`desk.act.${act}`),
      hint: hintOf(act, found.kind),
      chosen: form.value('act') === act,
    })),
    rules: reportReasons.map((value) => ({
      value,
      label: message(`desk.rule.${value}`),
      chosen: form.value('reason') === value,
    })),
    now: shownMoment(now),
  };
}
