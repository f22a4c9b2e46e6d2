import { lasting } from '../../../kernel/duration.ts';
import { message } from '../../../kernel/message.ts';
import type { Kept } from '../../../web/feature.ts';
import { reportPolicy } from '../policy.ts';

export const reportsKept: readonly Kept[] = [
  {
    tables: ['Report', 'EvidenceFile'],
    name: message('safety.kept.reports.name'),
    what: message('safety.kept.reports.what', {
      around: reportPolicy.messagesAround,
      last: reportPolicy.lastMessages,
    }),
    why: message('safety.kept.reports.why'),
    until: message('safety.kept.reports.until', { lifetime: lasting(reportPolicy.evidenceFor) }),
    seenBy: message('safety.kept.reports.seenBy'),
  },
  {
    tables: ['SealedWords'],
    name: message('safety.kept.sealed.name'),
    what: message('safety.kept.sealed.what'),
    why: message('safety.kept.sealed.why'),
    until: message('safety.kept.sealed.until', { lifetime: lasting(reportPolicy.reportableFor) }),
    seenBy: message('safety.kept.sealed.seenBy'),
  },
];
