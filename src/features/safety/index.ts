import { subscription } from '../../events/event-type.ts';
import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Operator } from '../../kernel/operator.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Feature } from '../../web/feature.ts';
import { type AuthFeature, erased } from '../auth/index.ts';
import { createBandJobs } from './bands/bands.jobs.ts';
import { createBandStore } from './bands/bands.store.ts';
import { partedActs } from './bands/parted.acts.ts';
import { partedRoutes } from './bands/parted.routes.ts';
import { createParted, type Parted } from './bands/parted.service.ts';
import { createPartedStore } from './bands/parted.store.ts';
import { blockActs } from './blocks/blocks.acts.ts';
import { type Blocks, createBlocks } from './blocks/blocks.service.ts';
import { createBlockStore } from './blocks/blocks.store.ts';
import { createHiddenPeople } from './blocks/hidden-people.service.ts';
import { createHiddenPeopleStore } from './blocks/hidden-people.store.ts';
import { guidanceFooter, guidanceNav, guidanceRoutes } from './guidance/guidance.routes.ts';
import { kept } from './kept.ts';
import { createPeopleDataStore } from './people-data.store.ts';

export type { Parted, PartedPartner } from './bands/parted.service.ts';
export { eitherIsMinor, sameBand } from './bands.sql.ts';
export type { Blocks } from './blocks/blocks.service.ts';
export { mayContact, mayFind } from './contact.sql.ts';
export { bandChanged, blocked } from './facts.ts';
export { defaultsByBand, type PrivacyDefaults } from './minor-defaults.ts';
export { insertPartnerSql, noBlockBetween } from './partners.sql.ts';
export { firstContactPolicy, reportPolicy } from './policy.ts';
export { arePartners, isHidden, isThere, mayGoOn, mayMeet, visibleTo } from './visible.sql.ts';

interface SafetyDeps {
  db: Db;
  clock: Clock;
  random: Random;
  wake: Wake;
  auth: Pick<AuthFeature, 'signedInOnly'>;
  /** Of the configuration: who runs the site. */
  facts: { operator: Operator };
}

export interface SafetyFeature extends Feature {
  /** By id, for whoever has another way to somebody than their page. */
  blocks: Pick<Blocks, 'block'>;
  /** For pages that include `safety/parted`. */
  parted: Parted;
}

/** Who may see, meet and write to whom, and what people do about that. */
export function safetyFeature({ db, clock, random, wake, auth, facts }: SafetyDeps): SafetyFeature {
  const data = createPeopleDataStore(db, clock);
  const blocks = createBlocks({ store: createBlockStore(db), random, wake });
  const hiddenPeople = createHiddenPeople(createHiddenPeopleStore(db));
  const acts = blockActs(blocks, hiddenPeople);
  const parted = createParted(createPartedStore(db));
  const bandsActs = partedActs(parted);
  const bandsPages = partedRoutes({ acts: bandsActs, signedInOnly: auth.signedInOnly });
  return {
    name: 'safety',
    pages: bandsPages.routes.use(guidanceRoutes(facts.operator)),
    findable: guidanceFooter.map(({ path }) => path),
    nav: guidanceNav,
    footer: guidanceFooter,
    forms: bandsPages.forms,
    acts: [...Object.values(acts), ...Object.values(bandsActs)],
    timers: [cleanup(createBandJobs({ store: createBandStore(db), clock, wake }))],
    on: [subscription('safety.erased', [erased], ({ ids }) => data.eraseOf(ids.userId))],
    privacy: { kept, export: (userId) => data.exportOf(userId), erase: (userId) => data.eraseOf(userId) },
    blocks,
    parted,
  };
}
