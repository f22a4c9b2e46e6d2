import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import type { Codes } from '../../../platform/codes.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { type Limited, type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { BannedTraces } from '../bans/banned-traces.service.ts';
import type { Challenges, Guess } from '../codes/challenge.service.ts';
import type { Challenge } from '../codes/challenge.ts';
import type { PendingCode } from '../codes/pending.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import { contactPolicy } from '../policy.ts';
import { contactChangeLimit } from './changes.ts';
import type { ContactStore, Removed } from './contact.store.ts';
import type { NewUndo } from './contact-news.store.ts';

export type PendingContact = PendingCode;

/** `own`: it is this account's already. `no-texts`: SMS doesn't go to that country. */
export type ContactStarted =
  | { ok: true; pending: PendingContact; challenge: Challenge }
  | { ok: false; reason: 'own' | 'no-texts' }
  | { ok: false; reason: 'too-often'; waitMs: number };

export type ContactVerified =
  | { ok: true; channel: Channel; added: boolean }
  /** The same press arrived twice. */
  | { ok: false; reason: 'done' }
  /** Proved, but somebody else's meanwhile. */
  | { ok: false; reason: 'taken'; channel: Channel }
  | Exclude<Guess, { ok: true }>;

interface ContactsDeps {
  contacts: ContactStore;
  bans: Pick<BannedTraces, 'isBanned'>;
  challenges: Challenges;
  sendLimits: SendLimits;
  limits: Limits;
  events: SecurityEvents;
  codes: Codes;
  clock: Clock;
  random: Random;
}

export function createContactService(deps: ContactsDeps) {
  const { contacts, bans, challenges, sendLimits, limits, events, codes, clock, random } = deps;

  const newUndo = (): NewUndo => {
    const [id, keyId] = [uuidv7(clock.now(), random), codes.currentKeyId];
    return { id, keyId, token: codes.deriveToken('contact-undo', id, contactPolicy.undoBytes, keyId)! };
  };

  return {
    of: (viewer: Viewer) => contacts.of(viewer, clock.now()),

    /** After re-authentication. */
    async remove(viewer: Viewer, channel: Channel, client: ClientInfo): Promise<Removed> {
      const event = events.make('contact_removed', viewer.id, client);
      const removed = await contacts.remove(viewer, channel, [newUndo(), newUndo()], event, clock.now());
      if (removed.ok) await events.announce(removed.event);
      return removed;
    },

    /** After re-authentication; leaves with `dispatch`. Somebody else's contact, and a banned person's, gets a decoy. */
    async start(
      { id: userId, securityVersion }: Viewer,
      to: Pick<Challenge, 'channel' | 'destination' | 'destinationKey'>,
      perAddress: Limited,
    ): Promise<ContactStarted> {
      if (to.channel === 'mobile' && !sendLimits.mayText(to)) return { ok: false, reason: 'no-texts' };
      const owner = await contacts.ownerOf(to.destinationKey);
      if (owner === userId) return { ok: false, reason: 'own' };

      const allowed = await limits.take([
        perAddress,
        contactChangeLimit(userId),
        ...sendLimits.forTypedContact(to),
      ]);
      if (!allowed.ok) return { ok: false, reason: 'too-often', waitMs: allowed.waitMs };
      const { channel, destination, destinationKey } = to;
      const decoy = (await bans.isBanned(destinationKey)) || owner !== null;
      const challenge = await orRelease([allowed], () =>
        challenges.begin({
          channel,
          destination,
          destinationKey,
          decoy,
          facts: { userId, securityVersion },
        }),
      );
      if ('spent' in challenge) {
        await allowed.release();
        return { ok: false, reason: 'too-often', waitMs: challenge.waitMs };
      }
      return { ok: true, challenge, pending: { challengeId: challenge.id, seenSends: challenge.sends } };
    },

    async verify(
      { id: userId }: Viewer,
      { challengeId }: PendingContact,
      typed: string,
      client: ClientInfo,
    ): Promise<ContactVerified> {
      const guess = await challenges.guess(challengeId, typed);
      if (!guess.ok) {
        const isSecondPress = guess.reason === 'dead' && (await contacts.isDone(challengeId, userId));
        return isSecondPress ? { ok: false, reason: 'done' } : guess;
      }
      const { channel, destinationKey } = guess.challenge;
      // Of somebody who was banned since it was asked for.
      if (await bans.isBanned(destinationKey)) {
        await challenges.end(challengeId);
        return { ok: false, reason: 'taken', channel };
      }
      const changed = await contacts.change(
        guess.challenge,
        [newUndo(), newUndo()],
        (kind) => events.make(kind, userId, client),
        clock.now(),
      );
      if (changed.ok) {
        challenges.countVerified(guess.challenge);
        await events.announce(changed.event);
        return { ok: true, channel, added: changed.event.kind === 'contact_added' };
      }
      if (changed.reason === 'taken') {
        await challenges.end(challengeId);
        return { ok: false, reason: 'taken', channel };
      }
      return { ok: false, reason: (await contacts.isDone(challengeId, userId)) ? 'done' : 'dead' };
    },
  };
}

export type ContactService = ReturnType<typeof createContactService>;
