import type { DeskAct, DeskState } from '../../../platform/generated/prisma/enums.ts';
import type { Evidence } from '../../../web/reportable.ts';
import type { ReportReason } from '../../safety/index.ts';
import type { Band } from './case-words.ts';

export const filters = ['open', 'mine', 'danger', 'appeals', 'closed'] as const;
export type Filter = (typeof filters)[number];

export interface QueueRow {
  id: string;
  kind: string;
  reason: ReportReason;
  state: DeskState;
  involvesMinor: boolean;
  band: Band | null; // of the person; null: nobody who is here
  reporters: number;
  openedAt: Date;
  since: Date; // it waits for what its state says, or is closed
  aboutStaff: boolean; // nobody at the desk decides it
  heldBy: string | null; // a username, while it is held
  mine: boolean;
  mayTake: boolean;
}

/** How many there are of each; what is closed, nobody counts. */
export type Waiting = Record<Exclude<Filter, 'closed'>, number>;

/** The first of them. */
export interface QueuePart {
  rows: QueueRow[];
  all: number;
  held: number; // by the viewer, in whatever part
  waiting: Waiting;
}

/** Moments are as Postgres writes them into JSON. */
export interface CaseReport {
  id: string;
  from: string | null; // a username; null: a visitor, the site itself, or somebody who is gone
  fromBand: Band | null;
  before: { all: number; upheld: number }; // what else they reported that was decided
  kind: string;
  about: string;
  thing: string;
  reason: ReportReason;
  text: string;
  contactEmail: string | null;
  at: string;
  evidence: Evidence | null; // null: still to be frozen
}

export interface CaseDecision {
  id: string;
  act: DeskAct;
  reason: ReportReason;
  fact: string;
  untilAt: string | null;
  dateOfBirth: string | null; // "YYYY-MM-DD"
  at: string;
  by: string | null; // a username
  mine: boolean;
  needsSecond: boolean;
  confirmedAt: string | null;
  confirmedBy: string | null;
  overturnedAt: string | null;
  appeal: string | null;
  appealedAt: string | null;
  answer: string | null; // why it stays
  answeredAt: string | null;
}

export interface CasePerson {
  username: string;
  band: Band;
  country: string;
  createdAt: string;
  isStaff: boolean;
  isBarred: boolean;
  bornChanged: boolean; // the desk has changed the date of birth once
  earlier: number; // other cases of theirs
}

/** What has to be taken away from everybody. */
export interface Sealed {
  kind: string;
  thing: string;
  personId: string | null;
}

export interface DeskCase {
  id: string;
  kind: string;
  thing: string;
  reason: ReportReason;
  state: DeskState;
  involvesMinor: boolean;
  openedAt: Date;
  closedAt: Date | null;
  sealedAt: Date | null;
  isSealed: boolean; // this case, or another about the same person
  version: number;
  heldBy: string | null;
  heldUntil: Date | null;
  mine: boolean;
  mayHandle: boolean; // or, where it is closed, decide more
  mayGiveBack: boolean; // what was decided to be removed
  isAwayBySeal: boolean; // a seal that is off took it away
  isNameless: boolean; // whom it is about is said at the desk
  mayTakeWordBack: boolean; // their own, to what another decided
  person: CasePerson | null;
  reports: CaseReport[]; // a part of them
  reportCount: number;
  hasAddress: boolean; // a visitor left one
  decisions: CaseDecision[];
}
