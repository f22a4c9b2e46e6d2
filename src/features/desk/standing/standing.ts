import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import type { ReportReason } from '../../safety/index.ts';

/** A decision as the person reads it: who decided, and who reported, they are not told. */
export interface OwnDecision {
  id: string;
  kind: string; // of what was reported
  act: DeskAct;
  reason: ReportReason;
  fact: string;
  untilAt: string | null;
  dateOfBirth: string | null; // "YYYY-MM-DD"
  at: string;
  bySignal: boolean;
  provisional: boolean;
  overturnedAt: string | null;
  appeal: string | null;
  appealedAt: string | null;
  answeredAt: string | null;
  answer: string | null;
  appealable: boolean;
}

export interface Standing {
  username: string;
  bannedAt: Date | null;
  suspendedUntil: Date | null;
  purgeAt: Date | null;
  underAge: boolean;
  /** By what we take their age to be. */
  isMinor: boolean;
  decisions: OwnDecision[];
}

/** Whether the desk keeps them out. */
export function isBarred({ bannedAt, suspendedUntil }: Standing, now: Date): boolean {
  return bannedAt !== null || (suspendedUntil !== null && suspendedUntil > now);
}
