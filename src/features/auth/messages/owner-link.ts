import type { Clock } from '../../../kernel/clock.ts';
import type { Codes } from '../../../platform/codes.ts';
import { DeliveryRefused, type Mailer, type Texter } from '../../../platform/messages/delivery.ts';
import { GiveUp } from '../../../platform/queue/worker.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { ClientInfo } from '../history/security-events.service.ts';
import type { SecurityEventStore } from '../history/security-events.store.ts';
import { resetLinkPolicy } from '../policy.ts';
import type { RecoveryStore } from '../recovery/recovery.store.ts';
import type { DeliveryTiming } from './delivery-timing.ts';
import type { MessageTemplates } from './message-templates.ts';

interface OwnerLinkDeps {
  events: SecurityEventStore;
  recoveries: RecoveryStore;
  codes: Codes;
  templates: MessageTemplates;
  mailer: Mailer;
  texter: Texter | null;
  sendLimits: SendLimits;
  timing: DeliveryTiming;
  clock: Clock;
}

/** `userId`: null without an owner. `id`: the link's. */
export interface LinkWanted {
  id: string;
  userId: string | null;
  channel: 'email' | 'mobile';
  client: ClientInfo;
}

interface Issued {
  to: string;
  token: string;
  locale: string;
}

/** At most one an hour per contact. Without one it takes as long, so that time and job counts tell nothing. */
export function createOwnerLink(deps: OwnerLinkDeps) {
  const { events, recoveries, codes, templates, mailer, texter, sendLimits, timing, clock } = deps;

  const issue = async ({ id, userId, channel }: LinkWanted): Promise<Issued | null> => {
    if (!userId) return null;
    const keyId = codes.currentKeyId;
    const token = codes.deriveToken('reset-link', id, resetLinkPolicy.bytes, keyId)!;
    const issued = await recoveries.issueLink({ userId, id, channel, keyId, token }, clock.now());
    const link = issued && (await recoveries.link(id));
    const to = link && (channel === 'email' ? link.email : link.phone);
    return to ? { to, token, locale: link.locale } : null;
  };

  const deliver = async (channel: LinkWanted['channel'], { to, token, locale }: Issued): Promise<void> => {
    const message = { kind: 'reset-link', token } as const;
    if (channel === 'email') return mailer.send({ to, ...templates.mail(message, locale) });
    if (!texter || !sendLimits.mayText({ channel, destinationKey: to }))
      throw new GiveUp('texts are not offered');
    return texter.send({ to, text: templates.sms(message, locale) });
  };

  return {
    /** A retry sends the same link, with a new half hour. */
    async send(wanted: LinkWanted): Promise<void> {
      const { id, userId, channel, client } = wanted;
      const link = await issue(wanted);
      if (!userId || !link) return timing.dummySend(channel);
      try {
        await timing.timed(channel, () => deliver(channel, link));
      } catch (err) {
        if (!(err instanceof DeliveryRefused || err instanceof GiveUp)) throw err;
        // A refusing mailbox must not show in the count of failed jobs.
        return recoveries.withdrawLink(id);
      }
      const { device, network } = client;
      const done = { id, userId, kind: 'reset_link_sent', outcome: 'done', noticeDue: false } as const;
      await events.add({ ...done, at: clock.now(), network, device });
    },
    withdraw: (id: string): Promise<void> => recoveries.withdrawLink(id),
  };
}

export type OwnerLink = ReturnType<typeof createOwnerLink>;
