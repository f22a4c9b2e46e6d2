import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';

export const kept: readonly Kept[] = [
  {
    tables: ['User', 'UserLanguage', 'UserInterest'],
    name: message('profile.kept.profile.name'),
    what: message('profile.kept.profile.what'),
    why: message('profile.kept.profile.why'),
    until: message('profile.kept.profile.until'),
    seenBy: message('profile.kept.profile.seenBy'),
  },
  {
    tables: ['LanguageChange'],
    name: message('profile.kept.changes.name'),
    what: message('profile.kept.changes.what'),
    why: message('profile.kept.changes.why'),
    until: message('profile.kept.changes.until'),
    seenBy: message('profile.kept.changes.seenBy'),
  },
  {
    tables: ['RemovedProfile'],
    name: message('profile.kept.removed.name'),
    what: message('profile.kept.removed.what'),
    why: message('profile.kept.removed.why'),
    until: message('profile.kept.removed.until'),
    seenBy: message('profile.kept.removed.seenBy'),
  },
];
