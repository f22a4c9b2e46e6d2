import { lasting } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';
import { firstContactPolicy, reportPolicy } from '../safety/index.ts';
import { presencePolicy } from './policy.ts';

const counted = lasting(firstContactPolicy.window);

export const kept: readonly Kept[] = [
  {
    tables: ['Conversation', 'Participation', 'KeptMessage'],
    name: message('chat.kept.conversations.name'),
    what: message('chat.kept.conversations.what'),
    why: message('chat.kept.conversations.why'),
    until: message('chat.kept.conversations.until'),
    seenBy: message('chat.kept.conversations.seenBy'),
  },
  {
    tables: ['Message', 'MessageVersion', 'MessageReaction'],
    name: message('chat.kept.messages.name'),
    what: message('chat.kept.messages.what'),
    why: message('chat.kept.messages.why'),
    until: message('chat.kept.messages.until', { lifetime: lasting(reportPolicy.reportableFor) }),
    seenBy: message('chat.kept.messages.seenBy'),
  },
  {
    tables: [],
    name: message('chat.kept.presence.name'),
    what: message('chat.kept.presence.what'),
    why: message('chat.kept.presence.why'),
    until: message('chat.kept.presence.until', { lifetime: lasting(presencePolicy.lasts) }),
    seenBy: message('chat.kept.presence.seenBy'),
  },
  {
    tables: ['FirstHello'],
    name: message('chat.kept.hellos.name'),
    what: message('chat.kept.hellos.what'),
    why: message('chat.kept.hellos.why'),
    until: message('chat.kept.hellos.until', { lifetime: counted }),
    seenBy: message('chat.kept.hellos.seenBy'),
  },
  {
    tables: ['DeclinedHello'],
    name: message('chat.kept.declined.name'),
    what: message('chat.kept.declined.what'),
    why: message('chat.kept.declined.why'),
    until: message('chat.kept.declined.until', { lifetime: counted }),
    seenBy: message('chat.kept.declined.seenBy'),
  },
];
