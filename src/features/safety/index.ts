import { Router } from 'express';
import { subscription } from '../../events/event-type.ts';
import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Operator } from '../../kernel/operator.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { Mailer } from '../../platform/messages/delivery.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { OpenQueue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { DataExport, Feature } from '../../web/feature.ts';
import type { Views } from '../../web/views/views.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import { type AuthFeature, erased } from '../auth/index.ts';
import { createBandJobs } from './bands/bands.jobs.ts';
import { createBandStore } from './bands/bands.store.ts';
import { partedActs } from './bands/parted.acts.ts';
import { partedRoutes } from './bands/parted.routes.ts';
import { createParted, type Parted } from './bands/parted.service.ts';
import { createPartedStore } from './bands/parted.store.ts';
import { createBlocking } from './blocks/blocking.ts';
import type { Blocks } from './blocks/blocks.service.ts';
import { createBlockStore } from './blocks/blocks.store.ts';
import { createHiddenPeopleStore } from './blocks/hidden-people.store.ts';
import { guidanceFooter, guidanceNav, guidanceRoutes } from './guidance/guidance.routes.ts';
import { blockingActions } from './blocks/person-actions.ts';
import { kept } from './kept.ts';
import { createPeopleDataStore } from './people-data.store.ts';
import { createPrivacySettingsStore } from './privacy-settings/privacy-settings.store.ts';
import { createPrivacySettingsPage } from './privacy-settings/privacy-settings.ts';
import { blocksAndReportsSince } from './unwelcome.sql.ts';
import { createEvidenceStore } from './reports/evidence.store.ts';
import { reportingActions } from './reports/person-actions.ts';
import { reportingPart } from './reports/reporting.ts';
import type { Declared } from './reports/reports.service.ts';
import { createReportStore } from './reports/reports.store.ts';
import { createSealedWordsStore } from './reports/sealed-words.store.ts';
import { createToldStore } from './reports/told.store.ts';
import { safetySettings } from './settings-rows.ts';

export type { Parted, PartedPartner } from './bands/parted.service.ts';
export { eitherIsMinor, sameBand } from './bands.sql.ts';
export type { Blocks } from './blocks/blocks.service.ts';
export { mayContact, mayFind } from './contact.sql.ts';
export { bandChanged, blocked, presenceChosen } from './facts.ts';
export { defaultsByBand, type PrivacyDefaults } from './minor-defaults.ts';
export { insertPartnerSql, noBlockBetween } from './partners.sql.ts';
export { firstContactPolicy, reportPolicy } from './policy.ts';
export { reasonsOfChildren, type ReportReason, reportReasons } from './reports/reasons.ts';
export { bothShow } from './shows.sql.ts';
export { arePartners, isHidden, isThere, mayGoOn, mayMeet, visibleTo } from './visible.sql.ts';

interface SafetyDeps {
  db: Db;
  media: MediaStore;
  limits: Limits;
  openQueue: OpenQueue;
  mailer: Mailer;
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  clock: Clock;
  random: Random;
  wake: Wake;
  log: Log;
  auth: Pick<AuthFeature, 'signedInOnly'>;
  /** Of the configuration: who runs the site. */
  facts: { operator: Operator };
  /** What of each feature can be reported; asked once all of them are there. */
  declaredByAll: () => Declared;
}

export interface SafetyFeature extends Feature {
  /** By id, for whoever has another way to somebody than their page. */
  blocks: Pick<Blocks, 'block'>;
  /** Of a report that was written elsewhere. `jobId`: where it was filed before, and is another's by now. */
  reportFiled: (reportId: string, jobId?: string) => Promise<void>;
  /** For pages that include `safety/parted`. */
  parted: Parted;
}

/** Who may see, meet and write to whom, and what people do about that. */
export function safetyFeature(deps: SafetyDeps): SafetyFeature {
  const { db, clock, random, wake, auth, facts } = deps;
  const data = createPeopleDataStore(db, clock);
  const { signedInOnly } = auth;
  const acquainted = () => deps.declaredByAll().acquainted;
  const stores = { blocks: createBlockStore(db, acquainted), hiddenPeople: createHiddenPeopleStore(db) };
  const onBlocked = (userId: string, otherId: string) =>
    Promise.all(deps.declaredByAll().onBlocked.map((follow) => follow(userId, otherId)));
  const blocking = createBlocking({ ...stores, onBlocked, random, wake, signedInOnly });
  const settings = createPrivacySettingsPage(createPrivacySettingsStore(db), wake, signedInOnly);
  const parted = createParted(createPartedStore(db));
  const bandsActs = partedActs(parted);
  const reporting = reportingPart({
    ...deps,
    stores: {
      reports: createReportStore(db),
      evidence: createEvidenceStore(db, acquainted),
      sealed: createSealedWordsStore(db),
      told: createToldStore(db),
    },
    abuseEmail: facts.operator.abuseEmail,
    signedInOnly,
    block: (viewer, otherId) => blocking.blocks.block(viewer, otherId),
  });
  const exportOf = async (userId: string): Promise<DataExport> => {
    const [people, reports] = [await data.exportOf(userId), await reporting.exportOf(userId)];
    return {
      sections: { ...people.sections, ...reports.sections },
      explained: { ...people.explained, ...reports.explained },
    };
  };
  const pages = [...blocking.pages, settings.page, partedRoutes({ acts: bandsActs, signedInOnly })];
  return {
    name: 'safety',
    pages: Router().use([
      ...pages.map(({ routes }) => routes),
      guidanceRoutes(facts.operator),
      reporting.pages,
    ]),
    findable: guidanceFooter.map(({ path }) => path),
    nav: guidanceNav,
    footer: guidanceFooter,
    forms: Object.assign({}, reporting.forms, ...pages.map(({ forms }) => forms)),
    acts: [...blocking.acts, ...settings.acts, ...Object.values(bandsActs), ...reporting.acts],
    slots: {
      'settings.rows': [...safetySettings, ...reporting.slots['settings.rows']],
      'person.actions': [...reportingActions, ...blockingActions],
    },
    reportable: reporting.reportable,
    unwelcome: blocksAndReportsSince,
    jobs: reporting.jobs,
    timers: [cleanup(createBandJobs({ store: createBandStore(db), clock, wake })), ...reporting.timers],
    on: [subscription('safety.erased', [erased], ({ ids }) => data.eraseOf(ids.userId))],
    privacy: { kept, export: exportOf, erase: (userId) => data.eraseOf(userId) },
    blocks: blocking.blocks,
    reportFiled: reporting.reportFiled,
    parted,
  };
}
