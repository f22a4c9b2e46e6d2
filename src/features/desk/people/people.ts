import type { DeskAct, DeskState } from '../../../platform/generated/prisma/enums.ts';
import type { ReportReason } from '../../safety/index.ts';
import type { Band } from '../cases/case-words.ts';

/** Why a moderator has to know where somebody is reached; the audit keeps which. */
export const contactReasons = ['danger', 'court', 'fraud'] as const;
export type ContactReason = (typeof contactReasons)[number];

/** Moments are as Postgres writes them into JSON. */
export interface DeskPerson {
  username: string;
  displayName: string | null;
  band: Band;
  country: string;
  createdAt: Date;
  isStaff: boolean;
  bannedAt: Date | null;
  suspendedUntil: Date | null;
  limitedUntil: Date | null;
  purgeAt: Date | null;
  isHeld: boolean;
  reported: number; // how often they told of others
  cases: { id: string; kind: string; reason: ReportReason; state: DeskState; openedAt: string }[];
  decisions: { act: DeskAct; reason: ReportReason; at: string; overturned: boolean }[];
}

/** Null where a contact is not proved. */
export interface DeskContact {
  email: string | null;
  phone: string | null;
}
