import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { OpenQueue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { Exporter, Feature } from '../../web/feature.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import { type AuthFeature, deliveryPolicy, settingsForm } from '../auth/index.ts';
import { accountActs } from './account.acts.ts';
import { accountRoutes } from './account.routes.ts';
import { createExportJobs } from './exports.jobs.ts';
import { exportRoutes } from './exports.routes.ts';
import { createExports, type ExportJob, type Exports } from './exports.service.ts';
import { createExportStore } from './exports.store.ts';
import { kept } from './kept.ts';
import { exportPolicy } from './policy.ts';
import { createPurge, type Eraser } from './purge.jobs.ts';
import { privacySettings } from './settings-rows.ts';

export { copiesView, LeaveForm, leaveShape, messagesAfterwards } from './account.page.ts';
export type { Copies, Exports } from './exports.service.ts';
/** Copies that may be asked for in a day. */
export const exportsPerDay = exportPolicy.perDay.max;

interface PrivacyDeps {
  db: Db;
  media: MediaStore;
  sessionStore: SessionStore;
  openQueue: OpenQueue;
  catalogues: Catalogues;
  clock: Clock;
  random: Random;
  log: Log;
  auth: AuthFeature;
  /** What every feature of the site keeps about people; asked once all of them are there. */
  keptByAll: () => {
    exporters: readonly Exporter[];
    erasers: readonly Eraser[];
    /** What follows at once when somebody asks for the end of their account. */
    onLeaving: readonly ((userId: string) => Promise<void>)[];
  };
}

export interface PrivacyFeature extends Feature {
  /** For whoever may not come to the page of their account. */
  exports: Exports;
}

/** A copy of one's data and the end of one's account: `/settings/account` and everything below it. */
export function privacyFeature(deps: PrivacyDeps): PrivacyFeature {
  const { media, catalogues, clock, random, log, auth, keptByAll } = deps;
  const queue = deps.openQueue<ExportJob>('exports', deliveryPolicy);
  const store = createExportStore(deps.db);
  const exports = createExports({ store, media, jobs: queue, events: auth.events, clock, random, log });
  const work = createExportJobs({ store, media, jobs: queue, keptByAll, catalogues, clock, random, log });
  const purge = createPurge({ ends: auth.ends, registry: deps.sessionStore, keptByAll, clock, log });
  const onLeaving = (userId: string) => Promise.all(keptByAll().onLeaving.map((follow) => follow(userId)));
  const acts = accountActs({ exports, auth, onLeaving });
  const account = settingsForm('/settings/account');
  return {
    name: 'privacy',
    pages: Router()
      .use(exportRoutes({ acts, auth }))
      .use(accountRoutes({ acts, signedInOnly: auth.signedInOnly })),
    paths: { account: '/settings/account' },
    slots: { 'settings.rows': privacySettings },
    acts: Object.values(acts),
    forms: { '/settings/account/export': account, '/settings/account/delete': account },
    jobs: [{ queue, concurrency: exportPolicy.concurrency, handler: () => work.handler }],
    timers: [cleanup(work.sweep), cleanup(purge.run)],
    on: [purge.subscription],
    exports,
    privacy: { kept, export: work.exportOf, erase: work.eraseFilesOf },
  };
}
