import { lasting } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';
import { reportPolicy } from './policy.ts';

export const kept: readonly Kept[] = [
  {
    tables: ['Block'],
    name: message('safety.kept.blocks.name'),
    what: message('safety.kept.blocks.what'),
    why: message('safety.kept.blocks.why'),
    until: message('safety.kept.blocks.until'),
    seenBy: message('safety.kept.blocks.seenBy'),
  },
  {
    tables: ['HiddenPerson'],
    name: message('safety.kept.hidden.name'),
    what: message('safety.kept.hidden.what'),
    why: message('safety.kept.hidden.why'),
    until: message('safety.kept.hidden.until'),
    seenBy: message('safety.kept.hidden.seenBy'),
  },
  {
    tables: ['Partner'],
    name: message('safety.kept.partners.name'),
    what: message('safety.kept.partners.what'),
    why: message('safety.kept.partners.why'),
    until: message('safety.kept.partners.until'),
    seenBy: message('safety.kept.partners.seenBy'),
  },
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
