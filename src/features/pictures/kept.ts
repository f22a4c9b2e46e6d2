import { lasting } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';
import { picturePolicy } from './policy.ts';

export const kept: readonly Kept[] = [
  {
    tables: ['Picture'],
    name: message('pictures.kept.name'),
    what: message('pictures.kept.what'),
    why: message('pictures.kept.why'),
    until: message('pictures.kept.until', { unfinished: lasting(picturePolicy.stuckAfter) }),
    seenBy: message('pictures.kept.seenBy'),
  },
];
