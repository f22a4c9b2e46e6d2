import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';

/** What no other feature keeps: the site's own records. */
export const kept: readonly Kept[] = [
  {
    tables: ['RecordedEvent'],
    name: message('about.kept.events.name'),
    what: message('about.kept.events.what'),
    why: message('about.kept.events.why'),
    until: message('about.kept.events.until'),
    seenBy: message('about.kept.events.seenBy'),
  },
  {
    tables: [],
    name: message('about.kept.logs.name'),
    what: message('about.kept.logs.what'),
    why: message('about.kept.logs.why'),
    until: message('about.kept.logs.until'),
    seenBy: message('about.kept.logs.seenBy'),
  },
];
