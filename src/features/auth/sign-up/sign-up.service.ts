import { ageOn, type CalendarDate, dateToUtc } from '../../../kernel/age.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { type Limited, type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Passwords } from '../../../platform/passwords/passwords.ts';
import type { Metrics } from '../../../platform/watching/metrics.ts';
import type { FormError, FormValues } from '../../../web/forms/forms.ts';
import type { Challenges, Guess } from '../codes/challenge.service.ts';
import type { Challenge } from '../codes/challenge.ts';
import { channelLabelsOf } from '../codes/counting.ts';
import type { PendingCode } from '../codes/pending.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { Devices } from '../devices/devices.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import type { PasswordRules } from '../password/password-rules.ts';
import { minimumAge } from '../policy.ts';
import { judgeAge } from './joining-age.ts';
import type { SignUpInput } from './sign-up.forms.ts';
import type { SignUpStore } from './sign-up.store.ts';

/** In the session, with the password as a hash only. */
export interface PendingSignUp extends PendingCode {
  username: string;
  usernameKey: string;
  passwordHash: string;
  dateOfBirth: CalendarDate;
  country: string;
  native: string;
  learning: string[];
  draft: FormValues; // as typed, without passwords
}

export type Started =
  | { ok: true; pending: PendingSignUp; challenge: Challenge }
  | { ok: false; reason: 'invalid'; errors: FormError[] }
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
  events: SecurityEvents;
  limits: Limits;
  metrics: Metrics;
  clock: Clock;
  random: Random;
}

export function createSignUp({
  store,
  challenges,
  passwords,
  passwordRules,
  sendLimits,
  devices,
  events,
  limits,
  metrics,
  clock,
  random,
}: SignUpDeps) {
  const oldEnough = (born: CalendarDate): boolean => ageOn(born, clock.now()) >= minimumAge;
  /** All at once; too young comes alone. */
  const faultsOf = async (
    form: SignUpInput,
    taken: { username: boolean; alike: boolean },
  ): Promise<Started | null> => {
    const errors: FormError[] = [];
    const blame = (name: string, text: string | null | false) => void (text && errors.push({ name, text }));
    const { contact, username, password } = form;
    const age = judgeAge(form.dateOfBirth, clock.now());
    if (age && 'until' in age) return { ok: false, reason: 'too-young', until: age.until };
    blame('dateOfBirth', age && age.slip);
    if (taken.username) blame('username', 'This username is taken. Please choose another.');
    else
      blame(
        'username',
        taken.alike && "This username looks too much like someone else's. Please choose another.",
      );
    if (contact.channel === 'mobile' && !sendLimits.mayText(contact))
      blame('mobile', "We can't text numbers from this country yet. Please use your email address.");
    blame('password', await passwordRules.fault(password, [username.username, contact.destination]));
    return errors.length > 0 ? { ok: false, reason: 'invalid', errors } : null;
  };

  return {
    judgeAge: (born: CalendarDate) => judgeAge(born, clock.now()),

    /** Leaves with `dispatch`. `draft`: the form without secrets; `perAddress`: the client's send limit. */
    async start(form: SignUpInput, draft: FormValues, perAddress: Limited): Promise<Started> {
      const { contact, username } = form;
      const taken = await store.taken(username.key, contact.destinationKey, clock.now());
      const fault = await faultsOf(form, taken);
      if (fault) return fault;

      const allowed = await limits.take([perAddress, ...sendLimits.forTypedContact(contact)]);
      if (!allowed.ok) return { ok: false, reason: 'too-often', waitMs: allowed.waitMs };
      const { country: _, ...to } = contact;
      // A refusal before sending costs the address nothing.
      const { passwordHash, challenge } = await orRelease([allowed], async () => ({
        passwordHash: await passwords.hash(form.password),
        challenge: await challenges.begin({ ...to, decoy: taken.contact }),
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
      from: ClientInfo & { deviceCookie: string; locale: string },
    ): Promise<SignUpVerified> {
      if (!oldEnough(pending.dateOfBirth)) return { ok: false, reason: 'too-young' };
      const guess = await challenges.guess(pending.challengeId, typed);
      if (!guess.ok) return guess;

      const now = clock.now();
      const { locale } = from;
      const dateOfBirth = dateToUtc(pending.dateOfBirth);
      const account = { ...pending, id: uuidv7(now, random), dateOfBirth, locale };
      const joined = events.make('joined', account.id, from);
      const created = await store.createVerified(account, guess.challenge, joined);
      if (created.ok) {
        challenges.countVerified(guess.challenge);
        metrics.joined(channelLabelsOf(guess.challenge));
        await challenges.invalidateAllFor(guess.challenge.destinationKey);
        const member = { id: account.id, username: account.username, securityVersion: 0 };
        return {
          ok: true,
          account: member,
          deviceCookie: devices.remember(from.deviceCookie, member, now),
        };
      }
      if (created.conflict === 'username') {
        await challenges.end(pending.challengeId);
        return { ok: false, reason: 'username-taken' };
      }
      return { ok: false, reason: 'dead' };
    },
  };
}

export type SignUp = ReturnType<typeof createSignUp>;
