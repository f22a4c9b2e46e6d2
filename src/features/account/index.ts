import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Chance } from '../../kernel/ids.ts';
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
import type { Holder } from './held.ts';
import { createPurge, type Eraser } from './purge.jobs.ts';

export type { ExportJob } from './exports.service.ts';
export { exportPolicy } from './policy.ts';

interface AccountDeps {
  auth: AuthCore;
  db: Db;
  media: MediaStore;
  jobs: Queue<ExportJob>;
  registry: SessionStore;
  clock: Clock;
  chance: Chance;
  log: Log;
  /** What every feature holds about a person. */
  holders: readonly Holder[];
  /** What every feature deletes with a person, beside the rows. */
  erasers: readonly Eraser[];
}

/** What the web process and the worker both need of copies and of leaving. */
export const createAccountCore = ({ auth, db, registry, holders, erasers, ...deps }: AccountDeps) => {
  const { leaving, events } = auth;
  const store = createExportStore(db);
  const jobs = createExportJobs({ ...deps, store, holders });
  const purge = createPurge({ ...deps, leaving, registry, erasers: [...erasers, jobs.eraseFilesOf] });
  return {
    exports: createExports({ ...deps, store, events }),
    work: { handler: jobs.handler, sweep: jobs.sweep, purge },
  };
};

export type AccountCore = ReturnType<typeof createAccountCore>;

/** `/settings/account` and everything below it. */
export const accountPages = (deps: { account: AccountCore; auth: AuthRoutes; clock: Clock }): Router => {
  const { exports } = deps.account;
  return Router()
    .use(exportRoutes({ ...deps, exports }))
    .use(accountRoutes({ ...deps, exports }));
};
