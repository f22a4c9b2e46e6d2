import type { Clock } from '../../../kernel/clock.ts';
import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { DeliveryRefused, type Mailer } from '../../../platform/messages/delivery.ts';
import type { Log } from '../../../platform/watching/log.ts';
import { alertPolicy } from '../policy.ts';
import type { AlertMessages } from './alerts.messages.ts';
import type { AlertStore, DueAlert } from './alerts.store.ts';
import type { Pair } from './alerts.ts';

interface AlertDeps {
  store: AlertStore;
  /** Whether the viewer is shown anybody who speaks and learns this. */
  isAnybodyFor: (viewer: Viewer, speaks: string, learns: string) => Promise<boolean>;
  messages: AlertMessages;
  mailer: Mailer;
  clock: Clock;
  log: Log;
}

/** One email when somebody is here who fits, for whom nobody did. */
export function createAlerts({ store, isAnybodyFor, messages, mailer, clock, log }: AlertDeps) {
  /** Marked before it leaves, so that nobody gets two; what surely did not leave waits again. */
  const tell = async (alert: DueAlert): Promise<void> => {
    const { userId: id, securityVersion, speaks, learns } = alert;
    if (!(await isAnybodyFor({ id, securityVersion, now: clock.now() }, speaks, learns))) return;
    if (!(await store.claim(alert))) return;
    try {
      await mailer.send(messages.joined(alert));
    } catch (err) {
      if (err instanceof DeliveryRefused && err.because !== 'sender') return;
      await store.putBack(alert, clock.now());
      throw err;
    }
  };

  return {
    async ask(viewer: Viewer, pair: Pair): Promise<Outcome<Pair, SignedOut | 'no-email' | 'not-yours'>> {
      const asked = await store.ask(viewer, pair);
      if (asked === null) return signedOut;
      return asked === 'asked' ? done(pair) : refused(asked);
    },

    async withdraw(viewer: Viewer, pair: Pair): Promise<Outcome<Pair, SignedOut>> {
      return (await store.withdraw(viewer, pair)) ? done(pair) : signedOut;
    },

    of: (viewer: Viewer): Promise<Pair[]> => store.of(viewer),

    /** Once over all processes. */
    async tellAll(): Promise<void> {
      for (const alert of await store.due(clock.now(), alertPolicy.batch))
        await tell(alert).catch((err: unknown) =>
          log.warn({ err }, 'an email about a partner could not be sent'),
        );
    },
  };
}

export type Alerts = ReturnType<typeof createAlerts>;
