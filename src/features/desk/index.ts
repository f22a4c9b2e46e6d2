import { Router } from 'express';
import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../kernel/ids.ts';
import { message } from '../../kernel/message.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { Mailer } from '../../platform/messages/delivery.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { OpenQueue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { Feature } from '../../web/feature.ts';
import type { Reportable } from '../../web/reportable.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import type { Views } from '../../web/views/views.ts';
import type { AuthFeature } from '../auth/index.ts';
import type { ChatFeature } from '../chat/index.ts';
import type { SafetyFeature } from '../safety/index.ts';
import type { PrivacyFeature } from '../privacy/index.ts';
import { createAuditStore } from './audit/audit.store.ts';
import { caseRoutes } from './moderating/case.routes.ts';
import { createCases } from './cases/cases.service.ts';
import { createNamingStore } from './cases/naming.store.ts';
import { createCaseStore } from './cases/cases.store.ts';
import { createWaitingStore } from './cases/waiting.store.ts';
import { picturesRoutes } from './moderating/pictures.routes.ts';
import { queueRoutes } from './moderating/queue.routes.ts';
import { createCourier } from './decisions/courier.ts';
import { createDecisions } from './decisions/decisions.service.ts';
import { createDecisionStore } from './decisions/decisions.store.ts';
import { createWordStore } from './decisions/words.store.ts';
import { createFollowing, type DeskJob } from './decisions/following.service.ts';
import { createFollowingStore } from './decisions/following.store.ts';
import { kept } from './kept.ts';
import { deskNav } from './nav.ts';
import { createPeople } from './people/people.service.ts';
import { createPeopleStore } from './people/people.store.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { deskJobPolicy, deskPolicy } from './policy.ts';
import { deskSettings } from './settings-rows.ts';
import { createSignalJobs } from './signals/signals.jobs.ts';
import { createSignalStore } from './signals/signals.store.ts';
import { createStaffOnly } from './staff-only.routes.ts';
import { appealRoutes } from './standing/appeal.routes.ts';
import { standingRoutes } from './standing/standing.routes.ts';
import { createStandings } from './standing/standing.service.ts';
import { createStandingStore } from './standing/standing.store.ts';

interface DeskDeps {
  db: Db;
  media: MediaStore;
  limits: Limits;
  openQueue: OpenQueue;
  mailer: Mailer;
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  wake: Wake;
  clock: Clock;
  random: Random;
  log: Log;
  auth: AuthFeature;
  safety: Pick<SafetyFeature, 'reportFiled'>;
  privacy: Pick<PrivacyFeature, 'exports'>;
  chat: Pick<ChatFeature, 'heldHellos' | 'over'>;
  /** What features declare; asked once all of them are there. */
  declaredByAll: () => {
    reportable: ReadonlyMap<string, Reportable>;
    unwelcome: readonly NonNullable<Feature['unwelcome']>[];
  };
}

/** Who looks at what was reported, and what they decide: `/desk`. What people are told of it: `/suspended`, `/appeal`. */
export function deskFeature(deps: DeskDeps): Feature {
  const { db, media, limits, clock, random, log, auth, safety, privacy, chat, declaredByAll } = deps;
  const waiting = createWaitingStore(db);
  const audit = createAuditStore(db);
  const standing = createStandingStore(db);
  const queue = deps.openQueue<DeskJob>('desk', deskJobPolicy);
  const following = createFollowing({
    store: createFollowingStore(db),
    auth,
    reportable: () => declaredByAll().reportable,
    over: chat.over,
    releaseHellos: (personId, now) => chat.heldHellos.release(personId, now),
    courier: createCourier({ ...deps, textNews: auth.textNews }),
    wake: deps.wake,
    queue,
    clock,
    random,
    log,
  });
  const decisions = createDecisions({
    store: createDecisionStore(db),
    words: createWordStore(db),
    follow: following.follow,
    random,
  });
  const signals = createSignalJobs({
    store: createSignalStore(db, () => declaredByAll().unwelcome),
    heldSince: (since) => chat.heldHellos.waitingSince(since),
    filed: safety.reportFiled,
    clock,
    random,
  });
  const staffOnly = createStaffOnly(auth);
  const cases = createCases({
    store: createCaseStore(db),
    naming: createNamingStore(db),
    filed: (reportId) => safety.reportFiled(reportId, uuidv7(clock.now(), random)),
    media,
    reportable: () => declaredByAll().reportable,
  });
  const standings = createStandings(standing);
  const pages = [
    queueRoutes({ cases, staffOnly }),
    caseRoutes({ cases, decisions, numbersOf: (found, now) => signals.numbersOf(found, now), staffOnly }),
    picturesRoutes({ cases, staffOnly }),
    peopleRoutes({ people: createPeople({ store: createPeopleStore(db), limits }), staffOnly }),
    standingRoutes({ standings, auth, exports: privacy.exports }),
    appealRoutes({ standings, signedInOnly: auth.signedInOnly }),
  ];
  return {
    name: 'desk',
    pages: Router().use(pages.map(({ routes }) => routes)),
    paths: { barred: '/suspended' },
    forms: Object.assign({}, ...pages.map(({ forms }) => forms)),
    nav: deskNav,
    slots: { 'settings.rows': deskSettings },
    jobs: [{ queue, concurrency: deskJobPolicy.concurrency, handler: () => following.handler }],
    timers: [
      cleanup(() => signals.sweep()),
      cleanup(() => following.sweep()),
      cleanup(async () => {
        while ((await waiting.prune(clock.now())) === deskPolicy.batch);
        while ((await audit.prune()) === deskPolicy.batch);
      }),
    ],
    on: signals.subscriptions,
    privacy: {
      kept,
      export: async (userId) => ({
        sections: { decisions: await standing.exportOf(userId) },
        explained: { decisions: message('desk.export.decisions') },
      }),
    },
    metrics(m) {
      m.sharedGauge(
        'desk_waiting_for_second_seconds',
        'How long the oldest decision waits for a second moderator',
        () => waiting.waitingForSecond(clock.now()),
      );
      m.sharedGauge('desk_waiting_for_answer_seconds', 'How long the oldest appeal waits for an answer', () =>
        waiting.waitingForAnswer(clock.now()),
      );
      m.sharedGauge(
        'desk_waiting_for_server_seconds',
        'How long the oldest case about somebody at the desk waits for whoever runs the server',
        () => waiting.waitingForServer(clock.now()),
      );
      m.sharedGauge(
        'desk_waiting_for_first_seconds',
        'How long the oldest case waits for anybody to decide it',
        () => waiting.waitingForFirst(clock.now()),
      );
    },
  };
}
