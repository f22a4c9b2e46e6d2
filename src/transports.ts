import type { Redis } from 'ioredis';
import type { Config } from './config/config.ts';
import { deliveryPolicy } from './features/auth/index.ts';
import type { Clock } from './kernel/clock.ts';
import { countedMailer, countedTexter } from './platform/messages/counted-delivery.ts';
import { DeliveryRefused, type Mailer, type Texter } from './platform/messages/delivery.ts';
import { createSmtpMailer } from './platform/messages/mail.ts';
import { createOutbox, type Outbox } from './platform/messages/outbox.ts';
import { createTwilioTexter } from './platform/messages/sms.ts';
import type { Metrics } from './platform/watching/metrics.ts';

/** Development with real SMS: the page then says that the email couldn't be delivered. */
const noMailTransport: Mailer = {
  send: () => Promise.reject(new DeliveryRefused('no mail transport is configured')),
  ready: async () => {},
};

export interface Transports {
  mailer: Mailer;
  texter: Texter | null; // null where SMS isn't offered
  outbox: Outbox | null; // null where messages really leave
  close(): void;
}

/** `deliveryTimeout` is for one step, in ms. */
export function openTransports(
  config: Config,
  replaced: { mailer?: Mailer; texter?: Texter; deliveryTimeout?: number },
  redis: Redis,
  clock: Clock,
  metrics: Metrics,
): Transports {
  const outbox = config.outbox ? createOutbox(redis, clock) : null;
  const timeout = replaced.deliveryTimeout ?? deliveryPolicy.timeout;
  const smtp = config.smtpUrl
    ? createSmtpMailer(config.smtpUrl, config.mailFrom, timeout, config.smtpNeedsTls)
    : null;
  const twilio = config.twilio ? createTwilioTexter(config.twilio, timeout) : null;
  const wayOfTexts = replaced.texter ?? twilio ?? outbox?.texter;
  return {
    mailer: countedMailer(replaced.mailer ?? smtp ?? outbox?.mailer ?? noMailTransport, metrics),
    texter: wayOfTexts ? countedTexter(wayOfTexts, metrics) : null,
    outbox,
    close: () => smtp?.close(),
  };
}
