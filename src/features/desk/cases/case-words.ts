import { message, type Message, shownMoment } from '../../../kernel/message.ts';
import type { DeskAct, DeskState } from '../../../platform/generated/prisma/enums.ts';

const kinds = ['person', 'message', 'conversation', 'outside', 'signal'] as const;

/** Of a kind that a release to come declares, it is still a report of a person. */
export function kindName(kind: string): Message {
  return message(`desk.kind.${kinds.find((one) => one === kind) ?? 'person'}`);
}

export function stateName(state: DeskState): Message {
  return message(`desk.state.${state}`);
}

/** As the database says it. */
export type Band = 'under-16' | '16-17' | '18-over';

/** Null: nobody who is here. */
export function bandName(band: Band | null): Message {
  return message(`desk.band.${band ?? 'unknown'}`);
}

/** What keeps somebody out, of all decisions in force. */
export interface KeptOutBy {
  underAge: boolean;
  banned: boolean;
  until: string | null; // of the suspension that ends last
}

export function whyOut({ underAge, banned, until }: KeptOutBy): Message {
  if (underAge) return message('desk.suspended.underAge');
  if (banned) return message('desk.suspended.banned');
  return message('desk.suspended.until', { at: shownMoment(new Date(until!)) });
}

/** As the person reads it. `kind`: of what was reported. `dateOfBirth`: the new one, "YYYY-MM-DD"; null with `age`: they are under 13. */
export function whatOf(act: DeskAct, kind: string, dateOfBirth: string | null): Message {
  if (act === 'remove') return message('desk.statement.what.remove', { kind });
  if (act !== 'age') return message(`desk.statement.what.${act}`);
  return dateOfBirth
    ? message('desk.statement.what.born', { born: dateOfBirth })
    : message('desk.statement.what.underAge');
}
