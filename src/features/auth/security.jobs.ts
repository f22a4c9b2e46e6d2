import type { Clock } from '../../kernel/clock.ts';
import { type Chance, uuidv7 } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import { DeliveryRefused, type Mailer, type Texter } from '../../platform/delivery.ts';
import { type Limited, type Limits, orGiveBack } from '../../platform/limits.ts';
import { GiveUp, type JobHandler, type Queue } from '../../platform/queue.ts';
import { createContactJobs } from './contact.jobs.ts';
import type { ContactUndoStore } from './contact-undo.store.ts';
import type { Letter, Letters } from './letters.ts';
import { resetLinkPolicy, smsLimits } from './policy.ts';
import type { RecoveryStore } from './recovery.store.ts';
import type { SecurityJob, Whence } from './security-events.service.ts';
import type { EventNews, SecurityEventStore } from './security-events.store.ts';
import type { SendLimits } from './send-limits.ts';

export interface SecurityJobsDeps {
  events: SecurityEventStore;
  recoveries: RecoveryStore;
  contactUndos: ContactUndoStore;
  codes: Codes;
  letters: Letters;
  mailer: Mailer;
  texter: Texter | null;
  sendLimits: SendLimits;
  limits: Limits;
  queue: Queue<SecurityJob>;
  clock: Clock;
  chance: Chance;
}

type Job<Kind extends SecurityJob['kind']> = Extract<SecurityJob, { kind: Kind }>;

/** The worker's side of account safety: the history, news to owners, and the owner's link. */
export const createSecurityJobs = (deps: SecurityJobsDeps): JobHandler<SecurityJob> => {
  const { events, recoveries, codes, letters, mailer, texter, sendLimits, limits, queue, clock, chance } =
    deps;

  const deliver = async (
    channel: 'email' | 'mobile',
    to: string,
    letter: Letter,
    alsoLimited: Limited[] = [],
  ): Promise<void> => {
    if (channel === 'email') return mailer.send({ to, ...letters.mail(letter) });
    const contact = { channel, destinationKey: to };
    if (!texter || !sendLimits.mayText(contact)) throw new GiveUp('texts are not offered');
    const allowed = await limits.take([...sendLimits.forNews(contact), ...alsoLimited]);
    if (!allowed.ok) throw new GiveUp(`a limit of texts is full: ${allowed.key.split(':')[0]}`);
    return orGiveBack([allowed], () => texter.send({ to, text: letters.sms(letter) }));
  };

  const contact = createContactJobs({ ...deps, deliver });

  /**
   * Who hears of an event: for a new device one contact, for a new password all of them; of a change of contact those
   * that the account had before, each with a link of its own.
   */
  const channelsFor = ({ kind, email, phone }: EventNews): ('email' | 'mobile')[] => {
    const all = [...(email ? (['email'] as const) : []), ...(phone ? (['mobile'] as const) : [])];
    if (kind === 'contact_added' || kind === 'contact_changed') return [];
    return kind === 'signed_in_new_device' ? all.slice(0, 1) : all;
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
    const { kind, username, at, device } = news;
    if (kind === 'signed_in_new_device') {
      const rule = { key: `sms-new-device:${to}`, rules: smsLimits.newDevice };
      return deliver(channel, to, { kind: 'new-device', username, at, device }, [rule]);
    }
    if (kind === 'contact_change_undone')
      return deliver(channel, to, { kind: 'contact-undone', username, at, isGone: false });
    if (kind === 'leaving_asked') return deliver(channel, to, { kind: 'leaving', username, at, device });
    return deliver(channel, to, { kind: 'password-changed', username, at, device });
  };

  const issue = async ({ userId, channel, whence }: Job<'owner-link'>): Promise<void> => {
    if (!userId) return;
    const now = clock.now();
    const [id, keyId] = [uuidv7(now, chance), codes.currentKeyId];
    const token = codes.deriveToken('reset-link', id, resetLinkPolicy.bytes, keyId)!;
    const link = await recoveries.issueLink({ userId, id, channel, keyId, token }, now);
    if (!link) return;
    await queue.add(`link-${id}`, { kind: 'link', linkId: id });
    await note(userId, id, whence);
  };
  const note = (userId: string, id: string, { device, network }: Whence): Promise<void> =>
    events.add({
      id,
      userId,
      kind: 'reset_link_sent',
      outcome: 'done',
      at: clock.now(),
      network,
      device,
      noticeDue: false,
    });

  const sendLink = async ({ linkId }: Job<'link'>): Promise<void> => {
    const link = await recoveries.link(linkId);
    const to = link && (link.channel === 'email' ? link.email : link.phone);
    const token = link && codes.deriveToken('reset-link', link.id, resetLinkPolicy.bytes, link.keyId);
    if (to && token) await deliver(link.channel, to, { kind: 'reset-link', token });
  };

  const run = async (job: SecurityJob): Promise<void> => {
    switch (job.kind) {
      case 'event':
        return job.event ? events.add({ ...job.event, at: new Date(job.event.at) }) : undefined;
      case 'announce':
        return announce(job);
      case 'notice':
        return notice(job);
      case 'owner-link':
        return issue(job);
      case 'link':
        return sendLink(job);
      case 'contact-undo':
        return contact.sendUndo(job.undoId);
      case 'contact-gone':
        return contact.sayGone(job.undoId);
    }
  };

  return {
    async run(job) {
      try {
        await run(job);
      } catch (err) {
        throw err instanceof DeliveryRefused ? new GiveUp(err.message) : err;
      }
    },
    async givenUp(job) {
      // A link that never left takes up no hour.
      if (job.kind === 'link') await recoveries.withdrawLink(job.linkId);
    },
  };
};
