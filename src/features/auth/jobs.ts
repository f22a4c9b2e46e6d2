import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { Mailer, Texter } from '../../platform/messages/delivery.ts';
import type { Job } from '../../platform/queue/jobs.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import type { Views } from '../../web/views/views.ts';
import type { MessageJob } from './codes/challenge.ts';
import type { AuthCore } from './core.ts';
import type { SecurityJob } from './history/security-events.service.ts';
import { createMessageJobs } from './messages/code.jobs.ts';
import { createDeliveryTiming } from './messages/delivery-timing.ts';
import { createMessageTemplates } from './messages/message-templates.ts';
import { createOwnerLink } from './messages/owner-link.ts';
import { createSecurityJobs } from './messages/security.jobs.ts';
import { deliveryPolicy } from './policy.ts';

interface AuthJobsDeps {
  core: AuthCore;
  codes: Codes;
  messages: Queue<MessageJob>;
  notices: Queue<SecurityJob>;
  mailer: Mailer;
  /** Null where texts are not offered. */
  texter: Texter | null;
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  limits: Limits;
  clock: Clock;
  random: Random;
}

/** Codes, and what owners are told of their accounts. */
export function authJobs(deps: AuthJobsDeps): Job[] {
  const { codes, messages, notices, mailer, texter, limits, clock, random } = deps;
  const { challenges, recoveries, contactUndos, sendLimits, eventStore: events } = deps.core;
  const { lostFactorStore: lostFactors } = deps.core;
  const { concurrency } = deliveryPolicy;
  const timing = createDeliveryTiming(mailer, texter);
  const templates = createMessageTemplates(deps.views, deps.catalogues, deps.publicUrl, clock);
  const delivery = { templates, mailer, texter, timing, sendLimits, clock };
  const ownerLink = createOwnerLink({ ...delivery, events, recoveries, codes });
  const sending = { ...delivery, ownerLink, limits, random };
  return [
    {
      queue: messages,
      concurrency,
      handler: () => createMessageJobs({ ...sending, challenges }),
    },
    {
      queue: notices,
      concurrency,
      handler: () =>
        createSecurityJobs({
          ...sending,
          events,
          recoveries,
          contactUndos,
          lostFactors,
          codes,
          queue: notices,
        }),
    },
  ];
}
