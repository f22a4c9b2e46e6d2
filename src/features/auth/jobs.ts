import type { Mailer, Texter } from '../../platform/messages/delivery.ts';
import { createCleanup } from './cleanup.jobs.ts';
import type { AuthCore } from './core.ts';
import { createMessageJobs } from './messages/code.jobs.ts';
import { createDeliveryTiming } from './messages/delivery-timing.ts';
import type { MessageTemplates } from './messages/message-templates.ts';
import { createOwnerLink } from './messages/owner-link.ts';
import { createSecurityJobs } from './messages/security.jobs.ts';

export function createAuthJobs(
  core: AuthCore,
  transports: { templates: MessageTemplates; mailer: Mailer; texter: Texter | null },
) {
  const timing = createDeliveryTiming(transports.mailer, transports.texter);
  const deps = { ...core, ...transports, timing, events: core.eventStore };
  const ownerLink = createOwnerLink(deps);
  return {
    messages: createMessageJobs({ ...deps, ownerLink }),
    security: createSecurityJobs({ ...deps, ownerLink, queue: core.securityJobs }),
    cleanup: createCleanup({ ...core, store: core.eventStore }),
  };
}
