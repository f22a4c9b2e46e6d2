import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { AuthCore, AuthRoutes } from '../auth/index.ts';
import { accountRoutes } from './account.routes.ts';
import { createExportJobs } from './exports.jobs.ts';
import { exportRoutes } from './exports.routes.ts';
import { createExports, type ExportJob } from './exports.service.ts';
import { createExportStore } from './exports.store.ts';
import type { Exporter } from './exporter.ts';
import { createPurge, type Eraser } from './purge.jobs.ts';

export type { ExportJob } from './exports.service.ts';
export { exportPolicy } from './policy.ts';

interface PrivacyDeps {
  auth: AuthCore;
  db: Db;
  media: MediaStore;
  jobs: Queue<ExportJob>;
  registry: SessionStore;
  clock: Clock;
  random: Random;
  log: Log;
  /** What every feature holds about a person. */
  exporters: readonly Exporter[];
  /** What every feature deletes with a person, beside the rows. */
  erasers: readonly Eraser[];
}

/** What the web process and the worker both need of copies and of leaving. */
export function createPrivacyCore({ auth, db, registry, exporters, erasers, ...deps }: PrivacyDeps) {
  const { deletion, events } = auth;
  const store = createExportStore(db);
  const jobs = createExportJobs({ ...deps, store, exporters });
  const purge = createPurge({ ...deps, deletion, registry, erasers: [...erasers, jobs.eraseFilesOf] });
  return {
    exports: createExports({ ...deps, store, events }),
    work: { handler: jobs.handler, sweep: jobs.sweep, purge },
  };
}

export type PrivacyCore = ReturnType<typeof createPrivacyCore>;

/** `/settings/account` and everything below it. */
export function privacyPages(deps: { privacy: PrivacyCore; auth: AuthRoutes; clock: Clock }): Router {
  const { exports } = deps.privacy;
  return Router()
    .use(exportRoutes({ ...deps, exports }))
    .use(accountRoutes({ ...deps, exports }));
}
