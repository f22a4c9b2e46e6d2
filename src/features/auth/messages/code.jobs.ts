import { type Clock, later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import type { DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import {
  DeliveryDeferred,
  DeliveryRefused,
  type Mailer,
  type RefusalCause,
  type Texter,
} from '../../../platform/messages/delivery.ts';
import { GiveUp, type JobHandler, TryLater } from '../../../platform/queue/worker.ts';
import { unknownDevice } from '../../../web/request/device-name.ts';
import type { Challenges, CodeToSend } from '../codes/challenge.service.ts';
import { type Challenge, isTypedContact, type MessageJob, type Purpose } from '../codes/challenge.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import { contactChangeLimit } from '../contact/changes.ts';
import { deliveryPolicy, smsLimits } from '../policy.ts';
import { purposeOf } from '../stored-words.ts';
import type { DeliveryTiming } from './delivery-timing.ts';
import type { MessageTemplates } from './message-templates.ts';
import type { OwnerLink } from './owner-link.ts';

interface MessageJobsDeps {
  challenges: Record<Purpose, Challenges>;
  templates: MessageTemplates;
  mailer: Mailer;
  texter: Texter | null;
  timing: DeliveryTiming;
  ownerLink: OwnerLink;
  sendLimits: SendLimits;
  limits: Limits;
  clock: Clock;
  random: Random;
}

type Sending = CodeToSend & { locale: string };

const troubles: Record<RefusalCause, DeliveryTrouble> = {
  recipient: 'refused',
  'opted-out': 'opted_out',
  route: 'no_route',
  sender: 'ours',
};

/** What isn't known to be the other side's fault is ours. */
function troubleOf(why: unknown): DeliveryTrouble {
  const err = why instanceof GiveUp ? why.cause : why;
  if (err instanceof DeliveryRefused) return troubles[err.because];
  return err instanceof DeliveryDeferred ? 'asked_to_wait' : 'ours';
}

export function createMessageJobs(deps: MessageJobsDeps): JobHandler<MessageJob> {
  const { challenges, templates, mailer, texter, timing, ownerLink, sendLimits, limits, clock, random } =
    deps;
  const mail = (to: string, ...message: Parameters<MessageTemplates['mail']>) =>
    timing.timed('email', () => mailer.send({ to, ...templates.mail(...message) }));
  const text = (to: string, ...message: Parameters<MessageTemplates['sms']>) => {
    if (!texter) throw new GiveUp('texts are not offered');
    return timing.timed('mobile', () => texter.send({ to, text: templates.sms(...message) }));
  };

  /** SMS by username has run out, maybe by a stranger's doing; the owner's link has its own reserve. */
  const linkInstead = async ({ userId = null, channel }: Challenge): Promise<void> => {
    const id = uuidv7(clock.now(), random);
    const client = { device: unknownDevice, network: '' };
    await ownerLink.send({ id, userId, channel, client }).catch(async (err: unknown) => {
      await ownerLink.withdraw(id);
      throw err;
    });
  };

  const sendCode = async ({ challenge, code, locale }: Sending, purpose: Purpose): Promise<void> => {
    const message = { kind: purpose, challenge, code } as const;
    const { destination } = challenge;
    if (challenge.channel === 'email') return mail(destination, message, locale);
    if (isTypedContact(challenge)) return text(destination, message, locale);
    // By username the SMS limits come here: before, the page would have shown them.
    const allowed = await limits.take(sendLimits.forTypedUsername(challenge));
    if (!allowed.ok) return linkInstead(challenge);
    return orRelease([allowed], () => text(destination, message, locale));
  };

  /** The owner hears that somebody used their contact; by SMS at most once a day. */
  const sendTaken = async (
    { challenge, locale }: Sending,
    kind: 'account-exists' | 'contact-taken',
  ): Promise<void> => {
    const to = challenge.destination;
    const message = { kind, challenge } as const;
    if (challenge.channel === 'email') return mail(to, message, locale);
    const key = `sms-exists:${to}`;
    const today = await limits.take([{ key, rules: smsLimits.accountExists, inMetrics: 'never' }]);
    if (!today.ok) return timing.dummySend('mobile');
    return orRelease([today], () => text(to, message, locale));
  };

  /** Null: the code has expired by then. */
  const retryWhileValid = ({ expiresAt }: Challenge, { message }: Error): TryLater | null => {
    const { thenEvery } = deliveryPolicy;
    return later(clock.now(), thenEvery) < expiresAt ? new TryLater(message, thenEvery) : null;
  };

  /** The visitor typed the contact, so the page tells what becomes of the message. */
  const sendOpenly = async (sending: Sending, purpose: Purpose, isLast: boolean): Promise<void> => {
    const { challenge } = sending;
    const of = challenges[purpose];
    try {
      if (challenge.suppressed) await timing.dummySend(challenge.channel);
      else if (!challenge.decoy) await sendCode(sending, purpose);
      else await sendTaken(sending, purpose === 'sign-up' ? 'account-exists' : 'contact-taken');
    } catch (err) {
      if (err instanceof DeliveryRefused) throw new GiveUp(err.message, { cause: err });
      if (!(err instanceof DeliveryDeferred)) throw err;
      if (err.asked || isLast) await of.markWaiting(challenge);
      throw (isLast && retryWhileValid(challenge, err)) || err;
    }
    await of.markSent(challenge);
  };

  /** A username may have either channel or none, so its page tells only of a whole outage. */
  const anyChannelReady = (): Promise<void> =>
    Promise.any([mailer.ready(), ...(texter ? [texter.ready()] : [])]);

  /** Only accounts have messages that can fail, so a page tells no more than an outage, which a decoy meets too. */
  const sendReset = async (sending: Sending, isLast: boolean): Promise<void> => {
    const { challenge } = sending;
    const { channel, decoy, suppressed } = challenge;
    if (!isTypedContact(challenge)) await anyChannelReady();
    else await (channel === 'email' ? mailer : texter)?.ready();
    try {
      if (decoy || suppressed) await timing.delayLike(channel);
      else await sendCode(sending, 'reset');
    } catch (err) {
      await challenges.reset.markSent(challenge);
      if (err instanceof DeliveryRefused || err instanceof GiveUp) return;
      const next = isLast ? retryWhileValid(challenge, err as Error) : err;
      if (next) throw next;
    }
    await challenges.reset.markSent(challenge);
  };

  return {
    async run({ purpose: stored, challengeId, send: n, locale = 'en' }, { isLast }) {
      const purpose = purposeOf(stored);
      const found = await challenges[purpose].codeFor(challengeId, n);
      // Overtaken by a newer code, an end or a retired key.
      if (!found) return;
      const sending = { ...found, locale: found.locale ?? locale };
      if (purpose === 'reset') await sendReset(sending, isLast);
      else await sendOpenly(sending, purpose, isLast);
    },
    async givenUp({ purpose: stored, challengeId, send: n }, why) {
      const purpose = purposeOf(stored);
      const failed = await challenges[purpose].markFailed(challengeId, n, troubleOf(why));
      if (!failed) return;
      // What didn't leave costs nothing.
      const started =
        purpose === 'contact' && n === 1 && failed.userId ? [contactChangeLimit(failed.userId)] : [];
      const texts = isTypedContact(failed) ? sendLimits.forTypedContact(failed) : [];
      await limits.takeBack([...started, ...texts]);
    },
  };
}
