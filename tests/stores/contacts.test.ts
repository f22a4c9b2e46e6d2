import { describe, expect, test } from '@jest/globals';
import type { Challenge } from '../../src/features/auth/codes/challenge.ts';
import { createChallengeStore } from '../../src/features/auth/codes/challenge.store.ts';
import {
  type Changed,
  createContactStore,
  type Removed,
} from '../../src/features/auth/contact/contact.store.ts';
import { createContactUndoStore, type Undone } from '../../src/features/auth/contact/contact-undo.store.ts';
import { contactPolicy, otpPolicy } from '../../src/features/auth/policy.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { repeatedly, tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { event, join, newId, rowOf, timesOf } = membersOf(nodes);
const contacts = of(({ db }) => createContactStore(db));
const undos = of(({ db }) => createContactUndoStore(db));
const challenges = of(({ db }) => createChallengeStore(db, 'contact'));

/** Whoever of this account typed the right code for a new address or number. */
async function challengeFor({ id, securityVersion }: Viewer, contact: string): Promise<Challenge> {
  await stores.sql('DELETE FROM "DestinationBudget"');
  const channel = contact.includes('@') ? ('email' as const) : ('mobile' as const);
  const sent = { keyId: 'k1', reference: 'KFR', decoy: false, channel };
  const to = { destination: contact, destinationKey: contact, facts: { userId: id, securityVersion } };
  const begun = await challenges(0).begin({ id: newId(), ...sent, ...to }, clock.now());
  if ('spent' in begun) throw new Error('the budget was spent');
  return begun;
}

/** Links for the contact that changes and for the other one. */
function links(name = newId()) {
  return ['old', 'other'].map((which) => ({ id: newId(), keyId: 'k1', token: `${name} ${which}` }));
}
function change(n: number, challenge: Challenge, name?: string): Promise<Changed> {
  return contacts(n).change(challenge, links(name), (kind) => event(kind, challenge.userId!), clock.now());
}
function remove(n: number, me: Viewer, channel: 'email' | 'mobile', name?: string): Promise<Removed> {
  return contacts(n).remove(me, channel, links(name), event('contact_removed', me.id), clock.now());
}
function undo(n: number, token: string): Promise<Undone> {
  return undos(n).undo(token, event, clock.now());
}

function outcomes(all: readonly { ok: boolean; reason?: string }[]) {
  return tally(all.map((one) => (one.ok ? 'done' : one.reason!)));
}
const both = { email: 'ann@example.com', phone: '+4915112345678' };
async function changed(me: Viewer, contact = 'new@example.com', name = 'change'): Promise<void> {
  expect(await change(0, await challengeFor(me, contact), name)).toMatchObject({ ok: true });
}

describe('a change', () => {
  test('is made once of fifty at once on two nodes by one code', async () => {
    const ann = await join('ann', both);
    const challenge = await challengeFor(ann, 'new@example.com');
    expect(outcomes(await atOnce(50, (n) => change(n, challenge)))).toEqual({ done: 1, dead: 49 });
    expect(await rowOf(ann.id)).toMatchObject({ emailKey: 'new@example.com', phone: both.phone });
    expect(await timesOf('contact_changed')).toBe(1);
    expect(await stores.sql('SELECT FROM "ContactUndo"')).toHaveLength(2);
  });

  test('to one address by fifty people is one person’s, and the others keep theirs', async () => {
    const people = await repeatedly(50, (n) => join(`ann${n}x`));
    const challenges = await repeatedly(50, (n) => challengeFor(people[n]!, 'new@example.com'));
    expect(outcomes(await atOnce(50, (n) => change(n, challenges[n]!)))).toEqual({ done: 1, taken: 49 });
    expect(await timesOf('contact_changed')).toBe(1);
    expect(await stores.sql('SELECT FROM "User" WHERE "emailKey" LIKE $1', ['ann%'])).toHaveLength(49);
  });

  test('lives as long as its challenge, to the millisecond, and under one security version', async () => {
    const ann = await join('ann', both);
    const [early, late] = [
      await challengeFor(ann, 'a@example.com'),
      await challengeFor(ann, 'b@example.com'),
    ];
    clock.pass(otpPolicy.challengeLifetime - 1);
    expect(await change(0, early)).toMatchObject({ ok: true });
    clock.pass(1);
    expect(await change(1, late)).toEqual({ ok: false, reason: 'dead' });
    const before = await challengeFor(ann, 'c@example.com');
    await stores.sql('UPDATE "User" SET "securityVersion" = "securityVersion" + 1');
    expect(await change(0, before)).toEqual({ ok: false, reason: 'dead' });
    expect((await rowOf(ann.id))!.emailKey).toBe('a@example.com');
  });
});

describe('a removal', () => {
  test('is made once, and never of the last contact', async () => {
    const ann = await join('ann', both);
    const all = await atOnce(50, (n) => remove(n, ann, n % 4 < 2 ? 'email' : 'mobile'));
    const { done, last, none } = outcomes(all);
    expect({ done, refused: (last ?? 0) + (none ?? 0) }).toEqual({ done: 1, refused: 49 });
    expect(last).toBeGreaterThanOrEqual(24);
    const { emailKey, phone } = (await rowOf(ann.id))!;
    expect([emailKey, phone].filter(Boolean)).toHaveLength(1);
    expect(await timesOf('contact_removed')).toBe(1);
  });

  test('of a contact that is not proved is none, nor does one leave the other', async () => {
    const ann = await join('ann', both);
    await stores.sql('UPDATE "User" SET "emailVerifiedAt" = NULL');
    expect(await remove(0, ann, 'mobile')).toEqual({ ok: false, reason: 'last' });
    expect(await remove(1, ann, 'email')).toEqual({ ok: false, reason: 'none' });
  });

  test('by a session from before a new password is none', async () => {
    const ann = await join('ann', both);
    await stores.sql('UPDATE "User" SET "securityVersion" = 1');
    expect(outcomes(await atOnce(50, (n) => remove(n, ann, 'email')))).toEqual({ 'signed-out': 50 });
  });
});

describe('an undo', () => {
  test('happens once, whichever of the two links fifty presses come by', async () => {
    const ann = await join('ann', both);
    await changed(ann);
    const all = await atOnce(50, (n) => undo(n, n % 4 < 2 ? 'change old' : 'change other'));
    expect(outcomes(all)).toEqual({ done: 1, used: 49 });
    expect(await rowOf(ann.id)).toMatchObject({
      emailKey: both.email,
      phone: both.phone,
      securityVersion: 1,
    });
    expect((await rowOf(ann.id))!.passwordRevokedAt).toEqual(clock.now());
    expect(await timesOf('contact_change_undone')).toBe(1);
  });

  test('works for 72 hours, to the millisecond', async () => {
    const [ann, ben] = [await join('ann', both), await join('ben')];
    await changed(ann, 'thief@example.com', 'early');
    await changed(ben, 'rogue@example.com', 'late');
    clock.pass(contactPolicy.undoLifetime - 1);
    expect((await undos(1).find('early old', clock.now())).state).toBe('live');
    expect(await undo(0, 'early old')).toMatchObject({ ok: true, person: { id: ann.id } });
    clock.pass(1);
    expect((await undos(0).find('late old', clock.now())).state).toBe('dead');
    expect(outcomes(await atOnce(50, (n) => undo(n, 'late old')))).toEqual({ dead: 50 });
    expect((await rowOf(ben.id))!.emailKey).toBe('rogue@example.com');
  });

  test('takes back what a thief goes on changing at the same time', async () => {
    const ann = await join('ann', both);
    await changed(ann, 'thief@example.com');
    const more = await repeatedly(10, (n) => challengeFor(ann, `thief${n}@example.com`));
    await atOnce<object>(50, (n) => {
      if (n % 5 === 0) return change(n, more[n / 5]!);
      return n % 5 === 1 ? remove(n, ann, 'mobile') : undo(n, 'change old');
    });
    expect(await rowOf(ann.id)).toMatchObject({
      emailKey: both.email,
      phone: both.phone,
      securityVersion: 1,
    });
    expect(await stores.sql('SELECT FROM "ContactUndo" WHERE "usedAt" IS NULL')).toHaveLength(0);
  });

  test('gives nothing back that is somebody else’s by now', async () => {
    const ann = await join('ann', both);
    await changed(ann);
    await join('ben', { email: both.email });
    expect(outcomes(await atOnce(50, (n) => undo(n, 'change old')))).toEqual({ taken: 50 });
    expect((await rowOf(ann.id))!.emailKey).toBe('new@example.com');
  });
});

describe('an undo of several changes', () => {
  const thiefs = '+4915187654321';
  /** Ann, whose thief adds a number and then changes the email; she is told of both. */
  const robbed = async (between: () => unknown = () => undefined): Promise<Viewer> => {
    const ann = await join('ann');
    await changed(ann, thiefs, 'adds');
    await between();
    await changed(ann, 'thief@example.com', 'changes');
    return ann;
  };
  const back = { emailKey: 'ann@example.com', phone: null, securityVersion: 1 };

  test.each(['adds other', 'changes old'])(
    'takes all back that its contact was told of: %s',
    async (link) => {
      const ann = await robbed();
      expect(await undo(0, link)).toMatchObject({ ok: true, person: { id: ann.id } });
      expect(await rowOf(ann.id)).toMatchObject(back);
      for (const spent of ['adds other', 'changes old', 'changes other'])
        expect(await undo(1, spent)).toEqual({ ok: false, reason: 'used' });
    },
  );

  test('takes all back where the email was removed', async () => {
    const ann = await join('ann');
    await changed(ann, thiefs, 'adds');
    expect(await remove(0, ann, 'email', 'removes')).toMatchObject({ ok: true });
    expect(await undo(1, 'removes old')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject(back);
  });

  test('happens once, whichever of its links fifty presses come by', async () => {
    const ann = await robbed();
    const all = await atOnce(50, (n) => undo(n, n % 4 < 2 ? 'adds other' : 'changes old'));
    expect(outcomes(all)).toEqual({ done: 1, used: 49 });
    expect(await rowOf(ann.id)).toMatchObject(back);
  });

  test('ends the links for a new password that went to what goes, so that what comes back has an hour of its own', async () => {
    const ann = await join('ann', both);
    await changed(ann);
    await stores.sql(
      `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
       SELECT $1::uuid, gen_random_uuid(), c::"Channel", 'k1', c, 0, $2::timestamptz + interval '30 minutes', $2
       FROM unnest(ARRAY['email', 'mobile']) c`,
      [ann.id, clock.now()],
    );
    await undo(0, 'change old');
    expect(await stores.sql('SELECT "channel" FROM "PasswordResetLink"')).toEqual([{ channel: 'mobile' }]);
  });

  test('is of one contact, however it was written', async () => {
    const ann = await robbed(() => stores.sql(`UPDATE "ContactUndo" SET "sentTo" = 'Ann@example.com'`));
    expect(await undo(0, 'changes old')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject(back);
  });

  test.each([
    [contactPolicy.undoLifetime - 1, null],
    [contactPolicy.undoLifetime, thiefs],
  ])(
    'reaches back to the earliest that is live: after %i milliseconds the number is %s',
    async (ms, phone) => {
      const ann = await robbed();
      await stores.sql(
        `UPDATE "ContactUndo" SET "expiresAt" = "createdAt" + $1 * interval '1 ms' WHERE "channel" = 'email'`,
        [2 * contactPolicy.undoLifetime],
      );
      clock.pass(ms);
      expect(await undo(0, 'changes old')).toMatchObject({ ok: true });
      expect(await rowOf(ann.id)).toMatchObject({ ...back, phone });
    },
  );

  test.each([
    ['that was used', '"usedAt" = "createdAt"'],
    ['that came without a link', '"hasLink" = false'],
    ['of another account', `"userId" = (SELECT "id" FROM "User" WHERE "username" = 'ben')`],
  ])('does not reach back to a change %s', async (_, set) => {
    await join('ben');
    const ann = await robbed(() => stores.sql(`UPDATE "ContactUndo" SET ${set}`));
    expect(await undo(0, 'changes old')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject({ ...back, phone: thiefs });
  });

  test('does not reach back to what another contact was told of', async () => {
    const ann = await robbed();
    await changed(ann, 'thief2@example.com', 'again');
    // The thief's first address was told of the last change alone.
    expect(await undo(0, 'again old')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject({ emailKey: 'thief@example.com', phone: thiefs });
    expect(await undo(1, 'changes old')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject({ ...back, securityVersion: 2 });
  });

  test('leads as far back as it can, where the oldest contact is somebody else’s by now', async () => {
    const ann = await join('ann', both);
    await changed(ann, 'second@example.com', 'first');
    await join('ben', { email: both.email });
    await changed(ann, 'thief@example.com', 'second');
    expect(await undo(0, 'second other')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject({ emailKey: 'second@example.com', phone: both.phone });
  });

  test('takes the other channel’s contact away, where the one before it is somebody else’s by now', async () => {
    const ann = await join('ann', both);
    await changed(ann, thiefs, 'number');
    await join('ben', { email: null, phone: both.phone });
    await changed(ann, 'thief@example.com', 'email');
    expect(await undo(0, 'email old')).toMatchObject({ ok: true });
    expect(await rowOf(ann.id)).toMatchObject({ emailKey: both.email, phone: null });
  });
});
