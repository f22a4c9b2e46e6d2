import { ageOn, type CalendarDate, dateToUtc } from '../../../kernel/age.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Username } from '../../../kernel/username.ts';
import { type Limited, type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Passwords } from '../../../platform/passwords/passwords.ts';
import type { Metrics } from '../../../platform/watching/metrics.ts';
import type { TypedContact } from '../accounts/contact.ts';
import type { Challenges, Guess } from '../codes/challenge.service.ts';
import type { Challenge } from '../codes/challenge.ts';
import { channelLabelsOf } from '../codes/counting.ts';
import type { PendingCode } from '../codes/pending.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { BannedTraces, JoiningFrom } from '../bans/banned-traces.service.ts';
import type { Devices } from '../devices/devices.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import type { PasswordRules } from '../password/password-rules.ts';
import { minimumAge } from '../policy.ts';
import { judgeAge } from './joining-age.ts';
import type { SignUpStore } from './sign-up.store.ts';

type Draft = Record<string, string | string[]>;

export interface SignUpInput {
  username: Username;
  password: string;
  dateOfBirth: CalendarDate;
  country: string;
  nativeLanguage: string;
  learningLanguages: string[];
  contact: TypedContact;
}

/** In the session, with the password as a hash only. */
export interface PendingSignUp extends PendingCode {
  username: string;
  usernameKey: string;
  passwordHash: string;
  dateOfBirth: CalendarDate;
  country: string;
  native: string;
  learning: string[];
  draft: Draft; // as typed, without passwords
}

/** What is wrong with a field, by the name it has in the form. */
interface Fault {
  name: keyof SignUpInput | 'mobile';
  text: Message;
}

export type Started =
  | { ok: true; pending: PendingSignUp; challenge: Challenge }
  | { ok: false; reason: 'invalid'; faults: Fault[] }
  | { ok: false; reason: 'too-young'; until: Date }
  | { ok: false; reason: 'too-often'; waitMs: number };

export type SignUpVerified =
  | {
      ok: true;
      account: { id: string; username: string; securityVersion: number };
      deviceCookie: string;
    }
  | Exclude<Guess, { ok: true }>
  | { ok: false; reason: 'username-taken' }
  | { ok: false; reason: 'too-young' };

interface SignUpDeps {
  store: SignUpStore;
  challenges: Challenges;
  passwords: Passwords;
  passwordRules: PasswordRules;
  sendLimits: SendLimits;
  devices: Devices;
  bans: Pick<BannedTraces, 'joiningWith' | 'ownDevice' | 'noteReturn'>;
  events: SecurityEvents;
  limits: Limits;
  metrics: Metrics;
  clock: Clock;
  random: Random;
}

export function createSignUp(deps: SignUpDeps) {
  const { store, challenges, passwords, passwordRules, sendLimits, devices, bans, events } = deps;
  const { limits, metrics, clock, random } = deps;
  const oldEnough = (born: CalendarDate): boolean => ageOn(born, clock.now()) >= minimumAge;
  /** All at once; too young comes alone. */
  const faultsOf = async (
    form: SignUpInput,
    taken: { username: boolean; alike: boolean },
  ): Promise<Started | null> => {
    const faults: Fault[] = [];
    const blame = (name: Fault['name'], text: Message): void => void faults.push({ name, text });
    const { contact, username, password } = form;
    const age = judgeAge(form.dateOfBirth, clock.now());
    if (age && 'until' in age) return { ok: false, reason: 'too-young', until: age.until };
    if (age) blame('dateOfBirth', age.slip);
    if (taken.username) blame('username', message('auth.signUp.username.error.taken'));
    else if (taken.alike) blame('username', message('auth.signUp.username.error.alike'));
    if (contact.channel === 'mobile' && !sendLimits.mayText(contact))
      blame('mobile', message('auth.signUp.mobile.error.noTexts'));
    const weak = await passwordRules.fault(password, [username.username, contact.destination]);
    if (weak) blame('password', message(`auth.password.fault.${weak}`));
    return faults.length > 0 ? { ok: false, reason: 'invalid', faults } : null;
  };

  return {
    judgeAge: (born: CalendarDate) => judgeAge(born, clock.now()),

    /** Leaves with `dispatch`. `draft`: the form without secrets; `perAddress`: the client's send limit. */
    async start(form: SignUpInput, draft: Draft, perAddress: Limited, from: JoiningFrom): Promise<Started> {
      const { contact, username } = form;
      const joining = bans.joiningWith(contact.destinationKey, from);
      const taken = await store.taken(username.key, contact.destinationKey, joining, clock.now());
      const fault = await faultsOf(form, taken);
      if (fault) return fault;

      const allowed = await limits.take([perAddress, ...sendLimits.forTypedContact(contact)]);
      if (!allowed.ok) return { ok: false, reason: 'too-often', waitMs: allowed.waitMs };
      const { country: _, ...to } = contact;
      if (taken.returned) await bans.noteReturn(taken.returned);
      const decoy = taken.contact || taken.returned !== null;
      // A refusal before sending costs the address nothing.
      const { passwordHash, challenge } = await orRelease([allowed], async () => ({
        passwordHash: await passwords.hash(form.password),
        challenge: await challenges.begin({ ...to, decoy }),
      }));
      if ('spent' in challenge) {
        await allowed.release();
        return { ok: false, reason: 'too-often', waitMs: challenge.waitMs };
      }
      const pending: PendingSignUp = {
        challengeId: challenge.id,
        seenSends: challenge.sends,
        username: username.username,
        usernameKey: username.key,
        passwordHash,
        dateOfBirth: form.dateOfBirth,
        country: form.country,
        native: form.nativeLanguage,
        learning: form.learningLanguages,
        draft,
      };
      return { ok: true, pending, challenge };
    },

    /** In an answer that was lost on the way. */
    hasJoined: ({ challengeId, usernameKey }: PendingSignUp): Promise<boolean> =>
      store.joinedBy(challengeId, usernameKey),

    /** Checks again what may have changed since the form. */
    async verify(
      pending: PendingSignUp,
      typed: string,
      from: ClientInfo & JoiningFrom & { locale: string },
    ): Promise<SignUpVerified> {
      if (!oldEnough(pending.dateOfBirth)) return { ok: false, reason: 'too-young' };
      const guess = await challenges.guess(pending.challengeId, typed);
      if (!guess.ok) return guess;

      const now = clock.now();
      const { locale } = from;
      const dateOfBirth = dateToUtc(pending.dateOfBirth);
      const account = { ...pending, id: uuidv7(now, random), dateOfBirth, locale };
      const joined = events.make('joined', account.id, from);
      const member = { id: account.id, username: account.username, securityVersion: 0 };
      const deviceCookie = devices.remember(from.deviceCookie, member, now);
      const created = await store.createVerified(account, guess.challenge, joined, {
        joining: bans.joiningWith(guess.challenge.destinationKey, from),
        device: bans.ownDevice(deviceCookie),
      });
      if (created.ok) {
        challenges.countVerified(guess.challenge);
        metrics.joined(channelLabelsOf(guess.challenge));
        await challenges.invalidateAllFor(guess.challenge.destinationKey);
        return { ok: true, account: member, deviceCookie };
      }
      if (created.conflict === 'username') {
        await challenges.end(pending.challengeId);
        return { ok: false, reason: 'username-taken' };
      }
      // Banned since the form, or known by the browser since: it ends like a contact that somebody else has by now.
      if (created.conflict === 'returned') await bans.noteReturn(created.returned);
      return { ok: false, reason: 'dead' };
    },
  };
}

export type SignUp = ReturnType<typeof createSignUp>;
