import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';
import { reportsKept } from './reports/kept.ts';

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
  ...reportsKept,
];
