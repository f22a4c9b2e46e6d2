import type { SecurityEventKind, SecurityOutcome } from '../../../platform/generated/prisma/enums.ts';

/** Something that happened to an account (a row; moments in UTC). Holds no secret and no address. */
export interface SecurityEvent {
  id: string;
  userId: string;
  kind: SecurityEventKind;
  outcome: SecurityOutcome;
  at: Date;
  /** Keyed hash of the client's network. */
  network: string;
  /** In words of ours: "Firefox on Windows". */
  device: string;
  /** The owner has still to be told by message. */
  noticeDue: boolean;
}
