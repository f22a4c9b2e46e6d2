import type { Clock } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/ids.ts';
import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Codes } from '../../../platform/codes.ts';
import type { Sealed, Sealing } from '../../../platform/sealing.ts';
import type { ClientInfo, SecurityEvents } from '../history/security-events.service.ts';
import { appAddress, newAppKey, stepOf } from './app-code.ts';
import { hashOfCode, newRecoveryCodes } from './recovery-codes.ts';
import type { FactorState, SecondFactorStore } from './second-factor.store.ts';

interface SecondFactorDeps {
  store: SecondFactorStore;
  sealing: Sealing;
  codes: Codes;
  keyIds: readonly string[]; // of the server's keys
  events: SecurityEvents;
  clock: Clock;
  random: Random;
}

/** What a page shows until an app has the key. */
export interface Offer {
  key: string; // base32
  address: string; // "otpauth://…"
}

type Owner = Pick<Viewer, 'id' | 'securityVersion'>;

/** The context of what is sealed: worthless for anybody else, and for anything else. */
export function keyContext(userId: string): string {
  return `app-key:${userId}`;
}
function contextOfCodes(userId: string): string {
  return `recovery-codes:${userId}`;
}

/** An app that makes codes, and the ten codes for the day it is lost. */
export function createSecondFactors({
  store,
  sealing,
  codes,
  keyIds,
  events,
  clock,
  random,
}: SecondFactorDeps) {
  const fresh = (userId: string) => {
    const list = newRecoveryCodes(random);
    const keyId = codes.currentKeyId;
    return {
      /** For the session, until its owner has seen them. */
      sealed: sealing.seal(JSON.stringify(list), contextOfCodes(userId)),
      hashed: list.map((code) => ({ keyId, hash: hashOfCode(codes, userId, code, keyId)! })),
    };
  };
  const changed = async <Value>(
    row: boolean | null,
    event: Parameters<SecurityEvents['announce']>[0],
    value: Value,
  ) => {
    if (row === null) return signedOut;
    if (!row) return refused('none');
    await events.announce(event);
    return done(value);
  };

  return {
    async state(viewer: Viewer): Promise<Outcome<FactorState | null, SignedOut>> {
      const found = await store.state(viewer, keyIds);
      return found ? done(found.factor) : signedOut;
    },

    /** A key that is nobody's second factor yet. */
    begin: ({ id }: Owner): Sealed => sealing.seal(newAppKey(), keyContext(id)),

    /** Null: the server's key was retired meanwhile. */
    offer({ id, username }: { id: string; username: string }, begun: Sealed): Offer | null {
      const key = sealing.open(begun, keyContext(id));
      return key === null ? null : { key, address: appAddress(key, username) };
    },

    /** A code proves that the app has the key. Ends every other session, and every device and code of before. */
    async setUp(
      owner: Owner,
      begun: Sealed,
      typed: string,
      client: ClientInfo,
    ): Promise<Outcome<{ securityVersion: number; recoveryCodes: Sealed }, SignedOut | 'wrong-code'>> {
      const now = clock.now();
      const key = sealing.open(begun, keyContext(owner.id));
      const step = key === null ? null : stepOf(key, typed, now);
      if (key === null || step === null) return refused('wrong-code');
      const { sealed, hashed } = fresh(owner.id);
      const event = events.make('second_factor_set_up', owner.id, client);
      const set = { key: begun, step, codes: hashed };
      const securityVersion = await store.setUp({ ...owner, now }, set, event);
      if (securityVersion === null) return signedOut;
      await events.announce(event);
      return done({ securityVersion, recoveryCodes: sealed });
    },

    /** The old ones are worth nothing any more. */
    async renewCodes(
      viewer: Viewer,
      client: ClientInfo,
    ): Promise<Outcome<{ recoveryCodes: Sealed }, SignedOut | 'none'>> {
      const { sealed, hashed } = fresh(viewer.id);
      const event = events.make('recovery_codes_made', viewer.id, client);
      const made = await store.replaceCodes(viewer, hashed, event);
      return changed(made, event, { recoveryCodes: sealed });
    },

    /** Null: nothing to show. */
    read({ id }: Owner, sealed: Sealed): string[] | null {
      const list = sealing.open(sealed, contextOfCodes(id));
      return list === null ? null : (JSON.parse(list) as string[]);
    },

    async remove(viewer: Viewer, client: ClientInfo): Promise<Outcome<undefined, SignedOut | 'none'>> {
      const event = events.make('second_factor_removed', viewer.id, client);
      return changed(await store.remove(viewer, event), event, undefined);
    },

    /** Under the server's newest key, so that an older one can be retired. */
    async sealAgain(): Promise<void> {
      for (const { userId, sealedKey, keyId } of await store.sealedBefore(sealing.currentKeyId)) {
        const key = sealing.open({ keyId, text: sealedKey }, keyContext(userId));
        if (key !== null) await store.sealAgain(userId, sealedKey, sealing.seal(key, keyContext(userId)));
      }
    },
  };
}

export type SecondFactors = ReturnType<typeof createSecondFactors>;
