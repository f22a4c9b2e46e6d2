import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Codes } from '../../../platform/codes.ts';
import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { waitBeside } from '../codes/sliding.ts';
import { unknownDevice } from '../../../web/request/device-name.ts';
import type { ClientInfo, SecurityEvents } from '../history/security-events.service.ts';
import { lostFactorPolicy, secondStepPolicy } from '../policy.ts';
import { stepOf } from './app-code.ts';
import type { LostFactor, LostFactorStore } from './lost-factor.store.ts';
import { hashOfCode, readRecoveryCode } from './recovery-codes.ts';
import { keyContext } from './second-factor.service.ts';
import type { Run } from './second-step.ts';
import type { SecondStepStore } from './second-step.store.ts';

interface SecondStepDeps {
  steps: SecondStepStore;
  lost: LostFactorStore;
  sealing: Sealing;
  codes: Codes;
  keyIds: readonly string[]; // of the server's keys
  limits: Limits;
  events: SecurityEvents;
  clock: Clock;
  random: Random;
}

type Locked = Refusal<'too-often', { retryInMs: number }>;

/** Wrong, used and late codes are one answer. */
export type Passed = Outcome<Run, 'over' | Locked | Refusal<'wrong', { triesLeft: number }>>;

/** `opened`: the wait is over, and the second factor gone. `waits`: until when. */
export type Lost = Outcome<
  { what: 'opened'; run: Run } | { what: 'waits'; opensAt: Date },
  'over' | 'staff' | Locked
>;

/** After the right password, before anybody is signed in. */
export function createSecondSteps(deps: SecondStepDeps) {
  const { steps, lost, sealing, codes, keyIds, limits, events, clock, random } = deps;

  const passBy = async (
    run: Run,
    key: string | null,
    lastStep: number,
    typed: string,
    client: ClientInfo,
  ) => {
    const now = clock.now();
    const recovery = readRecoveryCode(typed);
    if (recovery !== null) {
      const hashes = keyIds.flatMap((keyId) => hashOfCode(codes, run.userId, recovery, keyId) ?? []);
      const event = events.make('recovery_code_used', run.userId, client);
      const passed = await steps.passByRecoveryCode(run, hashes, event);
      if (passed) await events.announce(event);
      return passed;
    }
    const step = key === null ? null : stepOf(key, typed, now);
    return step !== null && step > lastStep && steps.passByApp(run, step, now);
  };

  return {
    /** The id of the run: all that the session has of it. */
    async begin(account: { id: string; securityVersion: number }, ofDevice: boolean): Promise<string> {
      const now = clock.now();
      const id = uuidv7(now, random);
      await steps.begin(id, account, ofDevice, now);
      return id;
    },

    /** Null: it is over. */
    find: (id: string): Promise<Run | null> => steps.find(id, clock.now()),

    /** By a press of the same browser. */
    isPassed: (id: string): Promise<boolean> => steps.isPassed(id),

    async pass(id: string, typed: string, client: ClientInfo): Promise<Passed> {
      const tried = await steps.take(id, clock.now());
      if (tried.what === 'over') return refused('over');
      if (tried.what === 'locked')
        return refused('too-often', {
          retryInMs: Math.max(1, waitBeside(tried.moments, secondStepPolicy.wrongCodes, clock.now())),
        });
      const { run, sealedKey, keyId, lastStep } = tried;
      const key = sealing.open({ keyId, text: sealedKey }, keyContext(run.userId));
      if (await passBy(run, key, lastStep, typed, client)) return done(run);
      await events.note('second_step', 'refused', run.userId, client);
      return refused('wrong', { triesLeft: run.triesLeft });
    },

    /** Begins the wait, or ends it when it is over. Every contact is told. */
    async lose(id: string, client: ClientInfo): Promise<Lost> {
      const run = await steps.find(id, clock.now());
      if (!run) return refused('over');
      // Whoever runs the server takes it off: what they may see is worth more than three days of a thief's patience.
      if (run.isStaff) return refused('staff');
      if (run.lost && run.lost.opensAt <= clock.now()) {
        const gone = events.make('second_factor_removed', run.userId, client);
        if (!(await lost.open(run, gone))) return refused('over');
        await events.announce(gone);
        return done({ what: 'opened', run });
      }
      if (run.lost) return done({ what: 'waits', opensAt: run.lost.opensAt });
      const key = `lost-second-factor:${run.userId}`;
      const allowed = await limits.take([{ key, rules: lostFactorPolicy.perAccount }]);
      if (!allowed.ok) return refused('too-often', { retryInMs: allowed.waitMs });
      return orRelease([allowed], async () => {
        const event = events.make('second_factor_lost', run.userId, client);
        const begun = { id: uuidv7(event.at, random), keyId: codes.currentKeyId };
        const token = stopToken(codes, begun)!;
        if (await lost.begin(run, { ...begun, token }, event)) await events.announce(event);
        else await allowed.release();
        const now = await steps.find(id, clock.now());
        return now?.lost ? done({ what: 'waits', opensAt: now.lost.opensAt }) : refused('over');
      });
    },

    /** Changes nothing: mail scanners open links too. Null: there is nothing to stop. */
    toStop: (token: string): Promise<LostFactor | null> => lost.byToken(token, clock.now()),

    /** Needs no session: whoever reads a contact of the account may stop the wait. */
    async stop(token: string, client: ClientInfo): Promise<Outcome<undefined, 'over'>> {
      const found = await lost.byToken(token, clock.now());
      const stopped =
        found && (await lost.stop(token, events.make('second_factor_kept', found.userId, client)));
      return stopped ? done() : refused('over');
    },

    /** Tells the contacts of whoever waits, once a day. */
    async remind(): Promise<void> {
      for (const { userId, tellAt } of await lost.due(clock.now())) {
        const event = events.make('second_factor_waited', userId, { device: unknownDevice, network: '' });
        await lost.tell(userId, tellAt, event);
        await events.announce(event);
      }
    },
  };
}

/** Of the link that stops a wait; null: its key has been retired. */
export function stopToken(codes: Codes, { id, keyId }: Pick<LostFactor, 'id' | 'keyId'>): string | null {
  return codes.deriveToken('lost-factor', id, lostFactorPolicy.tokenBytes, keyId);
}

export type SecondSteps = ReturnType<typeof createSecondSteps>;
