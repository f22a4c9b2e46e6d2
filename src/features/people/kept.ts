import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';

export const kept: readonly Kept[] = [
  {
    tables: ['LanguagePair', 'PersonActivity'],
    name: message('people.kept.finding.name'),
    what: message('people.kept.finding.what'),
    why: message('people.kept.finding.why'),
    until: message('people.kept.finding.until'),
    seenBy: message('people.kept.finding.seenBy'),
  },
  {
    tables: ['PartnerAlert'],
    name: message('people.kept.alerts.name'),
    what: message('people.kept.alerts.what'),
    why: message('people.kept.alerts.why'),
    until: message('people.kept.alerts.until'),
    seenBy: message('people.kept.alerts.seenBy'),
  },
];
