import { message, type Message, shownMoment } from '../../../kernel/message.ts';
import type { Evidence } from '../../../web/reportable.ts';
import { bandName, kindName } from '../cases/case-words.ts';
import type { CaseReport } from '../cases/cases.ts';
import { signal, type Unwelcomed } from '../signals/signals.ts';

export interface ShownPart {
  /** Which of the reports, from 1. */
  part: number;
  /** Which picture is asked for: "report.place"; null: none. */
  shown: string | null;
  inColour: boolean;
  /** Of a signal about somebody. */
  numbers?: readonly Unwelcomed[];
}

/** What it is about. `name`: of a person; `typed`: by a visitor. */
function aboutView({ kind, about }: CaseReport): {
  text: Message | null;
  name: string | null;
  typed: string | null;
} {
  if (kind === 'person') return { text: null, name: about.replace(/^person:/, ''), typed: null };
  if (kind === 'message' || kind === 'conversation')
    return { text: message(`desk.case.report.about.${kind}`), name: null, typed: null };
  return { text: null, name: null, typed: kind === signal ? null : about };
}

const signals = ['minors', 'unwelcome', 'same-words', 'banned', 'barred'] as const;

/** What the site noticed, how much of it, and where there is more. */
function signalView({ thing }: CaseReport, numbers: readonly Unwelcomed[]) {
  const [, name, id] = thing.split(':');
  const isBanned = name === 'banned';
  return {
    what: message(`desk.case.signal.${signals.find((one) => one === name) ?? 'other'}`),
    numbers:
      isBanned || name === 'barred'
        ? null
        : numbers.map(({ what, ...many }) => message(`desk.case.signal.${what}`, many)),
    path: isBanned ? `/desk/cases/${id}` : null,
  };
}

/** As Postgres writes it into JSON. */
export function moment(at: string) {
  return shownMoment(new Date(at));
}

/** What somebody wrote about themselves; where they are and since when, the page says beside it. */
function profileView(profile: Evidence['profile']) {
  const written = ['username', 'displayName', 'bio'] as const;
  return written.flatMap((name) => {
    const value = profile?.[name];
    return typeof value === 'string' && value !== ''
      ? [{ name: message(`desk.case.profile.${name}`), value }]
      : [];
  });
}

/** Unique in the page. */
function idOf(picture: string): string {
  return `picture-${picture.replace('.', '-')}`;
}

/** The model of `desk/case-report`. */
export function reportView(report: CaseReport, path: string, sealed: boolean, its: ShownPart) {
  const { shown, inColour, part, numbers = [] } = its;
  const { evidence } = report;
  const inPart = part > 1 ? `part=${part}&` : '';
  return {
    id: report.id,
    from: report.from,
    bySite: report.kind === signal,
    kind: kindName(report.kind),
    about: aboutView(report),
    fromWho:
      report.from &&
      message('desk.case.report.fromWho', { band: bandName(report.fromBand), ...report.before }),
    signal: report.kind === signal ? signalView(report, numbers) : null,
    reason: message(`safety.report.reason.${report.reason}`),
    text: report.text,
    contactEmail: report.contactEmail,
    at: moment(report.at),
    waits: evidence === null,
    profile: profileView(evidence?.profile),
    messages: (evidence?.messages ?? []).map(({ thing, by, text, at }) => ({
      by,
      isReported: thing === report.thing,
      who: message(`desk.case.by.${by}`),
      text: text ?? message('safety.report.deleted'),
      at: moment(at),
    })),
    sealed: (evidence?.sealed ?? []).map(({ text, at }) => ({ text, at: moment(at) })),
    pictures: (evidence?.pictures ?? []).map(({ alt }, place) => {
      const name = `${report.id}.${place}`;
      const isShown = !sealed && name === shown;
      return {
        alt,
        id: idOf(name),
        src: isShown ? `${path}/pictures/${report.id}/${place}` : null,
        colour: inColour,
        show: sealed || isShown ? null : `${path}?${inPart}picture=${name}#${idOf(name)}`,
        turn: isShown
          ? `${path}?${inPart}picture=${name}${inColour ? '' : '&colour=on'}#${idOf(name)}`
          : null,
        hide: isShown ? `${path}?${inPart}#${idOf(name)}` : null,
      };
    }),
  };
}
