import { type RequestHandler, Router } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/ids.ts';
import { message } from '../../../kernel/message.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import type { MediaStore } from '../../../platform/media/media-store.ts';
import type { Mailer } from '../../../platform/messages/delivery.ts';
import { cleanup } from '../../../platform/queue/jobs.ts';
import type { OpenQueue } from '../../../platform/queue/queue.ts';
import type { Log } from '../../../platform/watching/log.ts';
import type { Views } from '../../../web/views/views.ts';
import type { Catalogues } from '../../../web/words/catalogues.ts';
import { reportPolicy } from '../policy.ts';
import { createEvidence } from './evidence.service.ts';
import type { EvidenceStore } from './evidence.store.ts';
import { createOutside } from './outside.service.ts';
import { outsideRoutes } from './outside.routes.ts';
import { createReportMessages } from './report.messages.ts';
import { reportActs } from './reports.acts.ts';
import { createReportJobs } from './reports.jobs.ts';
import { reportRoutes } from './reports.routes.ts';
import { createReports, type Declared, type ReportJob } from './reports.service.ts';
import type { ReportStore } from './reports.store.ts';
import type { SealedWordsStore } from './sealed-words.store.ts';
import { reportSettings } from './settings-rows.ts';
import type { ToldStore } from './told.store.ts';

interface ReportingDeps {
  stores: { reports: ReportStore; evidence: EvidenceStore; sealed: SealedWordsStore; told: ToldStore };
  media: MediaStore;
  limits: Limits;
  openQueue: OpenQueue;
  mailer: Mailer;
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  abuseEmail: string;
  clock: Clock;
  random: Random;
  log: Log;
  signedInOnly: RequestHandler[];
  block: (viewer: Viewer, otherId: string) => Promise<unknown>;
  declaredByAll: () => Declared;
}

/** What safety is made of where people report others. */
export function reportingPart(deps: ReportingDeps) {
  const { stores, signedInOnly, random } = deps;
  const store = stores.reports;
  const queue = deps.openQueue<ReportJob>('reports', reportPolicy);
  const evidence = createEvidence({ ...deps, store: stores.evidence, sealed: stores.sealed, random });
  const given = { ...deps, store, evidence, queue };
  const reports = createReports({ ...given, people: stores.evidence });
  const acts = reportActs(reports);
  const jobs = createReportJobs({ ...given, told: stores.told, messages: createReportMessages(deps) });
  const members = reportRoutes({ acts, signedInOnly });
  const visitors = outsideRoutes(createOutside(given), deps.abuseEmail);
  return {
    pages: Router().use(members.routes).use(visitors.routes),
    forms: { ...members.forms, ...visitors.forms },
    acts: Object.values(acts),
    slots: { 'settings.rows': reportSettings },
    reportable: { person: reports.person },
    jobs: [{ queue, concurrency: reportPolicy.concurrency, handler: () => jobs.handler }],
    timers: [cleanup(() => jobs.sweep())],
    /** Has its evidence frozen, and tells whoever has to hear of it. */
    reportFiled: (reportId: string, jobId = reportId) => queue.add(jobId, { reportId }),
    exportOf: async (userId: string) => ({
      sections: { reports: await store.exportedOf(userId) },
      explained: { reports: message('safety.export.reports') },
    }),
  };
}
