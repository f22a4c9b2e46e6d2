import { lasting } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';
import { reportPolicy } from '../safety/index.ts';
import { deskPolicy } from './policy.ts';

export const kept: readonly Kept[] = [
  {
    tables: ['DeskCase', 'DeskDecision'],
    name: message('desk.kept.decisions.name'),
    what: message('desk.kept.decisions.what'),
    why: message('desk.kept.decisions.why'),
    until: message('desk.kept.decisions.until', {
      kept: lasting(deskPolicy.kept),
      words: lasting(reportPolicy.evidenceFor),
    }),
    seenBy: message('desk.kept.decisions.seenBy'),
  },
  {
    tables: ['DeskAudit'],
    name: message('desk.kept.audit.name'),
    what: message('desk.kept.audit.what'),
    why: message('desk.kept.audit.why'),
    until: message('desk.kept.audit.until', { kept: lasting(deskPolicy.kept) }),
    seenBy: message('desk.kept.audit.seenBy'),
  },
];
