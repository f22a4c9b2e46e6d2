import { type Clock, later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import type { Codes } from '../../../platform/codes.ts';
import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import { DeliveryRefused, type Mailer, type Texter } from '../../../platform/messages/delivery.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import { GiveUp, type JobHandler, TryLater } from '../../../platform/queue/worker.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { ContactUndoStore } from '../contact/contact-undo.store.ts';
import type { SecurityJob } from '../history/security-events.service.ts';
import type { EventNews, SecurityEventStore } from '../history/security-events.store.ts';
import { deletionPolicy, noticePolicy, resetLinkPolicy, signInPolicy, smsLimits } from '../policy.ts';
import { storedWords } from '../stored-words.ts';
import type { RecoveryStore } from '../recovery/recovery.store.ts';
import type { LostFactorStore } from '../second-factor/lost-factor.store.ts';
import { stopToken } from '../second-factor/second-steps.service.ts';
import { createContactJobs, type Receiver } from './contact.jobs.ts';
import { deletionMessage } from './deletion.messages.ts';
import type { Message, MessageTemplates } from './message-templates.ts';
import type { OwnerLink } from './owner-link.ts';
import { changeOf } from './second-factor.messages.ts';

interface SecurityJobsDeps {
  events: SecurityEventStore;
  recoveries: RecoveryStore;
  contactUndos: ContactUndoStore;
  lostFactors: Pick<LostFactorStore, 'of'>;
  codes: Codes;
  templates: MessageTemplates;
  mailer: Mailer;
  texter: Texter | null;
  ownerLink: OwnerLink;
  sendLimits: SendLimits;
  limits: Limits;
  queue: Queue<SecurityJob>;
  clock: Clock;
  random: Random;
}

/** A limit of texts is full; the text may leave so many milliseconds later. */
class TextsFull extends Error {
  readonly waitMs: number;
  constructor(limit: string, waitMs: number) {
    super(`a limit of texts is full: ${limit}`);
    this.waitMs = waitMs;
  }
}

type Job<Kind extends SecurityJob['kind']> = Extract<SecurityJob, { kind: Kind }>;

/** The worker's side of account safety: the history, news to owners, and the owner's link. */
export function createSecurityJobs(deps: SecurityJobsDeps): JobHandler<SecurityJob> {
  const { events, recoveries, contactUndos, lostFactors, codes, templates, mailer, texter, ownerLink } = deps;
  const { sendLimits, limits, queue, clock, random } = deps;

  const deliver = async ({ channel, to, locale }: Receiver, message: Message): Promise<void> => {
    if (channel === 'email') return mailer.send({ to, ...templates.mail(message, locale) });
    if (!texter || !sendLimits.mayText({ channel, destinationKey: to }))
      throw new GiveUp('texts are not offered');
    const kind = message.kind === 'account-deletion' ? storedWords.limits.accountDeletion : message.kind;
    const allowed = await limits.take(sendLimits.forNews(to, kind));
    if (!allowed.ok) throw new TextsFull(allowed.key.split(':')[0]!, allowed.waitMs);
    return orRelease([allowed], () => texter.send({ to, text: templates.sms(message, locale) }));
  };

  /** The owner has heard of enough new devices today. */
  const tellOfDevice = async (receiver: Receiver, userId: string, message: Message): Promise<void> => {
    const { channel, to } = receiver;
    const perDay =
      channel === 'email'
        ? { key: `mail-new-device:${userId}`, rules: signInPolicy.newDeviceMails }
        : { key: `sms-new-device:${to}`, rules: smsLimits.newDevice };
    const today = await limits.take([perDay]);
    if (today.ok) await orRelease([today], () => deliver(receiver, message));
  };

  const contact = createContactJobs({ ...deps, deliver });

  /** Who has it again, or stopped it meanwhile, is not told. */
  const tellOfLost = async (receiver: Receiver, news: EventNews, isReminder: boolean): Promise<void> => {
    const lost = await lostFactors.of(news.userId);
    const token = lost && lost.opensAt > clock.now() ? stopToken(codes, lost) : null;
    if (!lost || !token) return;
    const { username, at, device } = news;
    const { opensAt } = lost;
    await deliver(receiver, { kind: 'second-factor-lost', username, at, device, opensAt, token, isReminder });
  };

  /**
   * Who hears of an event: for a new device one contact, for a new password all of them; of a change of contact those
   * that the account had before, each with a link of its own.
   */
  const channelsFor = ({ kind, email, phone }: EventNews): ('email' | 'mobile')[] => {
    const all = [...(email ? (['email'] as const) : []), ...(phone ? (['mobile'] as const) : [])];
    if (kind === 'contact_added' || kind === 'contact_changed' || kind === 'contact_removed') return [];
    return kind === 'signed_in_new_device' ? all.slice(0, 1) : all;
  };

  const write = async ({ event }: Job<'event'>): Promise<void> => {
    if (event?.userId) await events.add({ ...event, userId: event.userId, at: new Date(event.at) });
  };

  const announce = async ({ eventId }: Job<'announce'>): Promise<void> => {
    const news = await events.news(eventId);
    if (!news?.noticeDue) return;
    await contact.announce(news);
    for (const channel of channelsFor(news))
      await queue.add(`notice-${eventId}-${channel}`, { kind: 'notice', eventId, channel });
    await events.noticeGiven(eventId);
  };

  const notice = async ({ eventId, channel }: Job<'notice'>): Promise<void> => {
    const news = await events.news(eventId);
    const to = channel === 'email' ? news?.email : news?.phone;
    if (!news || !to) return;
    const { kind, userId, username, at, device } = news;
    const receiver = { channel, to, locale: news.locale };
    if (kind === 'signed_in_new_device')
      return tellOfDevice(receiver, userId, { kind: 'new-device', username, at, device });
    if (kind === 'contact_change_undone')
      return deliver(receiver, { kind: 'contact-undone', username, at, isGone: false });
    const change = changeOf(kind);
    if (change) return deliver(receiver, { kind: 'second-factor', change, username, at, device });
    if (kind === 'second_factor_lost' || kind === 'second_factor_waited')
      return tellOfLost(receiver, news, kind === 'second_factor_waited');
    if (kind === 'leaving_asked') {
      const message = deletionMessage(news, clock.now());
      return message ? deliver(receiver, message) : undefined;
    }
    return deliver(receiver, { kind: 'password-changed', username, at, device });
  };

  /** Of the version before, which made a link in one job and sent it in another. */
  const sendLink = async ({ linkId }: Job<'link'>): Promise<void> => {
    const link = await recoveries.link(linkId);
    const to = link && (link.channel === 'email' ? link.email : link.phone);
    const token = link && codes.deriveToken('reset-link', link.id, resetLinkPolicy.bytes, link.keyId);
    if (to && token) await deliver({ ...link, to }, { kind: 'reset-link', token });
  };

  const run = async (job: SecurityJob): Promise<void> => {
    switch (job.kind) {
      case 'event':
        return write(job);
      case 'announce':
        return announce(job);
      case 'notice':
        return notice(job);
      case 'owner-link':
        return ownerLink.send({
          ...job,
          client: job[storedWords.recoveryLinkJob.client],
          id: job.linkId ?? uuidv7(clock.now(), random),
        });
      case 'link':
        return sendLink(job);
      case 'contact-undo':
        return contact.sendUndo(job.undoId);
      case 'contact-gone':
        return contact.sayGone(job.undoId);
    }
  };

  /** Until when it is of use to hear what a job tells; null: whoever waits for it has gone another way by now. */
  const usefulUntil = async (job: SecurityJob): Promise<Date | null> => {
    if (job.kind === 'contact-undo' || job.kind === 'contact-gone')
      return (await contactUndos.byId(job.undoId))?.expiresAt ?? null;
    const news = job.kind === 'notice' ? await events.news(job.eventId) : null;
    if (!news) return null;
    return later(news.at, news.kind === 'leaving_asked' ? deletionPolicy.grace : noticePolicy.useful);
  };

  /** What cannot leave now is tried on while it is of use; a store that cannot say whether it is may be back by then. */
  const retryOrGiveUp = async (job: SecurityJob, err: Error, waitMs: number): Promise<Error> => {
    const until = await usefulUntil(job).catch(() => later(clock.now(), noticePolicy.useful));
    const inTime = until !== null && later(clock.now(), waitMs) < until;
    return inTime ? new TryLater(err.message, waitMs) : new GiveUp(err.message);
  };

  return {
    async run(job, { isLast }) {
      try {
        await run(job);
      } catch (err) {
        if (err instanceof GiveUp) throw err;
        // Turned away for what we are, and not for whom it is for: somebody may mend that.
        const isFinal = err instanceof DeliveryRefused && err.because !== 'sender';
        if (isFinal) throw new GiveUp(err.message);
        if (err instanceof TextsFull) throw await retryOrGiveUp(job, err, err.waitMs);
        throw isLast ? await retryOrGiveUp(job, err as Error, noticePolicy.thenEvery) : err;
      }
    },
    async givenUp(job) {
      if (job.kind === 'link') await recoveries.withdrawLink(job.linkId);
      if (job.kind === 'owner-link' && job.linkId) await ownerLink.withdraw(job.linkId);
    },
  };
}
