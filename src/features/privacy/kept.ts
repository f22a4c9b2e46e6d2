import { lasting } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import type { Kept } from '../../web/feature.ts';
import { exportPolicy } from './policy.ts';

export const kept: readonly Kept[] = [
  {
    tables: ['DataExport'],
    name: message('privacy.kept.name'),
    what: message('privacy.kept.what'),
    why: message('privacy.kept.why'),
    until: message('privacy.kept.until', { lifetime: lasting(exportPolicy.lifetime) }),
    seenBy: message('privacy.kept.seenBy'),
  },
];
