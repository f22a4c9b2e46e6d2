import type { AgeBand } from '../../kernel/age-band.ts';
import type { FindableBy, WhoMayWrite } from '../../platform/generated/prisma/enums.ts';

/** What stands for whoever has not chosen themselves. */
export interface PrivacyDefaults {
  findable: FindableBy;
  whoMayWrite: WhoMayWrite;
  /** Partners see when somebody is there. */
  presence: boolean;
  /** Partners see what somebody has read. */
  receipts: boolean;
  /** Visitors see somebody on the front page. */
  frontPage: boolean;
  /** Calls show neither side the other's address. */
  relayOnly: boolean;
  /** Words may leave for a service of others to be translated. */
  outsideEngines: boolean;
  /** Hours of the person's own day between which nothing is pushed to a device; null: none. */
  pushRests: { from: number; until: number } | null;
}

/** The law of the community, rules for minors. */
const minors: PrivacyDefaults = {
  findable: 'matches',
  whoMayWrite: 'matches',
  presence: false,
  receipts: false,
  frontPage: false,
  relayOnly: true,
  outsideEngines: false,
  pushRests: { from: 22, until: 7 },
};

export const defaultsByBand: Readonly<Record<AgeBand, PrivacyDefaults>> = {
  'under-16': minors,
  '16-17': minors,
  '18-over': {
    findable: 'band',
    whoMayWrite: 'band',
    presence: true,
    receipts: true,
    frontPage: false, // whoever wants to be shown there says so
    relayOnly: false,
    outsideEngines: false, // whoever wrote the words says so first
    pushRests: null,
  },
};
