import type { DeliveryFailure, Metrics } from '../watching/metrics.ts';
import { DeliveryDeferred, DeliveryRefused, type Mailer, type Texter } from './delivery.ts';

function failureOf(err: unknown): DeliveryFailure {
  if (err instanceof DeliveryRefused) return err.because === 'sender' ? 'outage' : 'refused';
  return err instanceof DeliveryDeferred ? 'deferred' : 'outage';
}

/** Readiness counts too, so that an outage looks the same for a decoy. */
async function counted(
  channel: 'email' | 'mobile',
  metrics: Metrics,
  leave: () => Promise<void>,
): Promise<void> {
  try {
    await leave();
  } catch (err) {
    metrics.deliveryFailed(channel, failureOf(err));
    throw err;
  }
}

export function countedMailer(mailer: Mailer, metrics: Metrics): Mailer {
  return {
    send: (mail) => counted('email', metrics, () => mailer.send(mail)),
    ready: () => counted('email', metrics, () => mailer.ready()),
  };
}

export function countedTexter(texter: Texter, metrics: Metrics): Texter {
  return {
    send: (sms) => counted('mobile', metrics, () => texter.send(sms)),
    ready: () => counted('mobile', metrics, () => texter.ready()),
  };
}
