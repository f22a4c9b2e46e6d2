import type { Clock } from '../../../kernel/clock.ts';
import { type Limited, type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Passwords } from '../../../platform/passwords/passwords.ts';
import { type AccountStore, isBarred, type Member } from '../accounts/account.store.ts';
import { readIdentifier } from '../accounts/identifier.ts';
import type { BannedTraces } from '../bans/banned-traces.service.ts';
import type { Devices } from '../devices/devices.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import type { AccountDeletionStore } from '../deletion/deletion.store.ts';
import type { SecondSteps } from '../second-factor/second-steps.service.ts';
import type { PasswordStore } from '../password/password.store.ts';
import { isPasswordOf } from '../password/password-check.ts';
import { signInPolicy } from '../policy.ts';
import type { Run } from '../second-factor/second-step.ts';
import { createSignInTurns } from './sign-in-turns.ts';

export type SignedIn =
  | {
      ok: true;
      account: Pick<Member, 'id' | 'username' | 'securityVersion'>;
      deviceCookie: string;
      cameBackFrom: Date | null; // the cancelled end of the account; null: there was none
    }
  /** The desk keeps them out: they read why. */
  | {
      ok: false;
      reason: 'barred';
      account: Pick<Member, 'id' | 'username' | 'securityVersion'>;
      deviceCookie: string;
    }
  /** The password is right; nobody is signed in before the second step. `run`: its id. */
  | { ok: false; reason: 'second-step'; run: string }
  /** Unknown, wrong, deleted: one answer. */
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'too-often'; waitMs: number };

export interface Entering extends ClientInfo {
  deviceCookie: string;
}

/** `perAddress`: the client's limit of failures. */
export interface From extends Entering {
  perAddress: Limited;
}

type Entered = Extract<SignedIn, { ok: true } | { reason: 'wrong' | 'barred' }>;

interface SignInDeps {
  accounts: AccountStore;
  passwordStore: PasswordStore;
  deletion: AccountDeletionStore;
  devices: Devices;
  passwords: Passwords;
  bans: Pick<BannedTraces, 'noteDevice'>;
  secondSteps: Pick<SecondSteps, 'begin'>;
  limits: Limits;
  events: SecurityEvents;
  clock: Clock;
}

/** Every refusal takes the same time, whoever it was for. */
export function createSignIn(deps: SignInDeps) {
  const { accounts, bans, deletion, devices, passwords, secondSteps, limits, events, clock } = deps;
  const turns = createSignInTurns(limits);

  /** `here`: false where another clock saw the last moment pass. */
  const welcomeBack = async (
    member: Member,
    from: Entering,
  ): Promise<{ here: boolean; cameBackFrom: Date | null }> => {
    if (!member.purgeAt) return { here: true, cameBackFrom: null };
    const event = events.make('leaving_cancelled', member.id, from);
    if (await deletion.comeBack(member, event)) return { here: true, cameBackFrom: member.purgeAt };
    const now = await accounts.member(member.id, member.securityVersion, clock.now());
    return { here: now !== null && !now.purgeAt, cameBackFrom: null };
  };

  /** Tells "too often" only to those who know the password. */
  const countNewDevice = ({ id }: Member) =>
    limits.take([{ key: `sign-ins-new-device:${id}`, rules: signInPolicy.newDevices }]);

  /** `isKnown`: on a device that signed in before. */
  const enter = async (member: Member, isKnown: boolean, from: Entering): Promise<Entered> => {
    const { id, username, securityVersion } = member;
    const deviceCookie = devices.remember(from.deviceCookie, member, clock.now());
    const note = () =>
      Promise.all([
        events.add(isKnown ? 'signed_in' : 'signed_in_new_device', id, from),
        // Also where they never were on it: who signs up next on this device is known by it.
        bans.noteDevice(member, deviceCookie),
      ]);
    const account = { id, username, securityVersion };
    // Before the end of their account is taken back: the desk may have begun it.
    if (isBarred(member, clock.now())) {
      await note();
      return { ok: false, reason: 'barred', account, deviceCookie };
    }
    const { here, cameBackFrom } = await welcomeBack(member, from);
    if (!here) return { ok: false, reason: 'wrong' };
    await note();
    return { ok: true, account, deviceCookie, cameBackFrom };
  };

  return {
    /** After the second step. */
    async enterAfter(
      run: Pick<Run, 'userId' | 'securityVersion' | 'ofDevice'>,
      from: Entering,
    ): Promise<Entered> {
      const member = await accounts.member(run.userId, run.securityVersion, clock.now());
      return member ? enter(member, run.ofDevice, from) : { ok: false, reason: 'wrong' };
    },

    /** Throws AppError 503 when too many hash at once; that costs no attempt. */
    attempt: (typed: string, password: string, from: From): Promise<SignedIn> =>
      passwords.admit(async () => {
        const identifier = readIdentifier(typed);
        const now = clock.now();
        const member = await accounts.find(identifier, now);
        const device = devices.recognise(from.deviceCookie, member, now);
        // Counted before the password is checked, taken back when it was right.
        const turn = device
          ? await turns.ofDevice(device)
          : await turns.ofStranger(identifier.key, from.perAddress);
        if (!turn.ok) return { ok: false, reason: 'too-often', waitMs: turn.waitMs };

        const right = await orRelease(turn.places, () => isPasswordOf(deps, member, password));
        if (!right || !member) {
          await Promise.all([turn.lost(), events.note('signed_in', 'refused', member?.id ?? null, from)]);
          return { ok: false, reason: 'wrong' };
        }
        const counted = device ? null : await countNewDevice(member);
        if (counted && !counted.ok) {
          await Promise.all(turn.places.map((place) => place.release()));
          return { ok: false, reason: 'too-often', waitMs: counted.waitMs };
        }
        const isKnown = device !== null;
        const next = member.hasSecondFactor
          ? secondSteps
              .begin(member, isKnown)
              .then((run) => ({ ok: false, reason: 'second-step', run }) as const)
          : enter(member, isKnown, from);
        const [outcome] = await Promise.all([next, turn.commit()]);
        return outcome;
      }),
  };
}

export type SignIn = ReturnType<typeof createSignIn>;
