import { type Clock, later } from '../../../kernel/clock.ts';
import { DeliveryRefused, type Mail, type Mailer } from '../../../platform/messages/delivery.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import type { JobHandler } from '../../../platform/queue/worker.ts';
import { reportPolicy } from '../policy.ts';
import { outside } from './reasons.ts';
import { type EvidenceService, evidenceOf } from './evidence.service.ts';
import type { ReportMessages } from './report.messages.ts';
import type { Declared, ReportJob } from './reports.service.ts';
import type { ReportStore } from './reports.store.ts';
import type { Telling, ToldStore } from './told.store.ts';

interface ReportJobsDeps {
  store: ReportStore;
  told: ToldStore;
  evidence: EvidenceService;
  declaredByAll: () => Declared;
  messages: ReportMessages;
  mailer: Mailer;
  queue: Queue<ReportJob>;
  clock: Clock;
}

export function createReportJobs(deps: ReportJobsDeps) {
  const { store, told, evidence, declaredByAll, messages, mailer, queue, clock } = deps;

  /** Of whom a visitor named, before somebody is told to look at it. */
  const freeze = async ({ id, personId }: Telling): Promise<void> => {
    const held = personId && (await evidenceOf(declaredByAll().evidenceOfPerson, personId, null));
    if (!personId || !held) {
      await told.freeze(id, personId, {});
      return;
    }
    const { frozen } = await evidence.freeze(id, held, clock.now());
    // Another job was faster.
    if (!(await told.freeze(id, personId, frozen)))
      await evidence.forget(frozen.pictures!.map(({ key }) => key));
  };

  /** A mailbox that takes nothing is told no better by another try. */
  const sendToReporter = async (mail: Mail): Promise<void> => {
    try {
      await mailer.send(mail);
    } catch (err) {
      if (!(err instanceof DeliveryRefused) || err.because === 'sender') throw err;
    }
  };

  const handler: JobHandler<ReportJob> = {
    async run({ reportId }) {
      const report = await told.telling(reportId, clock.now());
      if (!report) return;
      const { email, locale } = report;
      if (!report.isFrozen) await freeze(report);
      if (report.noticeDue) {
        if (report.kind === outside || !report.hasDesk) await mailer.send(messages.notice(report));
        await told.told(reportId, 'notice', clock.now());
      }
      if (report.receiptDue) {
        if (email) await sendToReporter(messages.receipt(email, report, locale));
        await told.told(reportId, 'receipt', clock.now());
      }
      if (report.decisionDue) {
        // A visitor's address is theirs by their word alone: one email, after a person has looked.
        const to = email ?? (report.kind === outside ? report.contactEmail : null);
        if (to) await sendToReporter(messages.decision(to, report, locale));
        await told.told(reportId, 'decision', clock.now());
      }
    },
  };

  return {
    handler,
    async sweep(): Promise<void> {
      const now = clock.now();
      for (const id of await told.overdue(later(now, -reportPolicy.lateAfter), now))
        await queue.add(`${id}-${now.getTime()}`, { reportId: id });
      const ended = later(now, -reportPolicy.evidenceFor);
      while ((await store.eraseDecidedUntil(ended)) === reportPolicy.batch);
      await evidence.sweep(now);
      await evidence.eraseSealed(now);
    },
  };
}
