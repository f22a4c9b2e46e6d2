import type { RequestHandler } from 'express';
import type { Ask } from '../../platform/stores/question.ts';
import type { Confirmation } from '../../web/api.ts';
import type { Feature } from '../../web/feature.ts';
import type { Holds, VersionsOf } from '../../web/session/guards.ts';
import type { BannedTraces } from './bans/banned-traces.service.ts';
import type { AuthCore } from './core.ts';
import type { AccountDeletion } from './deletion/deletion.service.ts';
import type { Clients } from './devices/client.ts';
import type { SecurityEvents } from './history/security-events.service.ts';
import type { Reauthenticate } from './password/password.acts.ts';
import type { DemoCode } from './second-factor/demo-staff.ts';
import type { Reauthentication } from './password/reauthentication.routes.ts';

/** What auth gives to the house and to later features. */
export interface AuthFeature extends Feature {
  /** What the site asks about members. */
  members: { holds: Holds; versionsOf: VersionsOf; confirmation: Confirmation; ask: Ask };
  /** The guard of pages that don't ask by themselves whether the session still holds. */
  signedInOnly: RequestHandler[];
  /** For what asks for the password first, unless it was given lately. */
  reauthentication: Reauthentication;
  reauthenticate: Reauthenticate;
  clients: Clients;
  events: SecurityEvents;
  deletion: AccountDeletion;
  /** Hashes of what banned people had. */
  bans: BannedTraces;
  /** Sends news about an account by text, within the budget of its number; nothing where texts are not offered. */
  textNews: (to: string, text: string) => Promise<void>;
  /** Codes of demo people at the desk; for development. */
  demoStaff: () => Promise<DemoCode[]>;
  /** Who works at the desk. */
  staff: Pick<AuthCore['staff'], 'of'>;
  /** Clears away what a higher security version has made worthless. */
  clearSessions: (userId: string, securityVersion: number) => Promise<void>;
  /** The end of people who left. */
  ends: Pick<AuthCore['deletionStore'], 'beginEnd' | 'isHeld' | 'erase'>;
}
