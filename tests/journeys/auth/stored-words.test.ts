import { expect, test } from '@jest/globals';
import { type ChallengeStore } from '../../../src/features/auth/codes/challenge.store.ts';
import { createChallenges } from '../../../src/features/auth/codes/challenge.service.ts';
import { otpPolicy } from '../../../src/features/auth/policy.ts';
import type { Purpose } from '../../../src/features/auth/stored-words.ts';
import { systemRandom } from '../../../src/kernel/ids.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { openQueue } from '../../../src/platform/queue/queue.ts';
import { noMetrics } from '../../../src/platform/watching/metrics.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining } from '../../support/joining.ts';
import { linksTo } from '../../support/resetting.ts';
import { alsoOn, eventsOf, isIn, revokeOthers, settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

// What the release before these words wrote, to the letter.
const session =
  '{"cookie":{"originalMaxAge":null,"expires":null,"secure":false,"httpOnly":true,"path":"/","sameSite":"lax"},"userId":"USER","username":"NAME","securityVersion":0,"device":"Firefox on Windows","provedAt":1000,"bornAt":1000,"seenAt":1000}';
const codeJob = '{"purpose":"registration","challengeId":"CHALLENGE","send":1}';
const linkJob =
  '{"kind":"owner-link","userId":"USER","channel":"email","whence":{"device":"Firefox on Windows","network":"pT0mBnQ4xYt1RrOeYz9u2A"},"linkId":"01978a00-0000-7000-8000-000000000000"}';
const challengeId = '01978a00-0000-7000-8000-000000000000';
const storedCodes: [Purpose, string][] = [
  ['sign-up', '041320'],
  ['reset', '708636'],
  ['contact', '360633'],
];

const house = await houseOfThisFile();
const { stores } = house;
const { redis } = stores;

async function userIdOf(username: string): Promise<string> {
  const [row] = await stores.sql<{ id: string }>('SELECT "id" FROM "User" WHERE "username" = $1', [username]);
  return row!.id;
}

test('a session that says when the password was given asks for it no sooner', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const [key] = await redis.keys('sess:*');
  const now = String(house.clock.now().getTime());
  const written = session
    .replace('USER', await userIdOf(username))
    .replace('NAME', username)
    .replaceAll('1000', now);
  await redis.set(key!, written, 'KEEPTTL');
  const phone = await alsoOn(house, username);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
  expect(await isIn(phone)).toBe(false);
});

test('a queued code is sent', async () => {
  const { to } = await joining(house);
  await settled(house);
  const { id } = await challengeOf(house, to);
  const before = house.outbox.to(to).length;
  await stores.sql(`UPDATE "RegistrationOtp" SET "delivery" = 'queued' WHERE "id" = $1`, [id]);
  const queue = openQueue<object>('messages', redis, { tries: 1, backoff: 0 });
  await queue.add('of-before', JSON.parse(codeJob.replace('CHALLENGE', id)));
  await eventually(() => house.outbox.to(to).length === before + 1, 'the code');
  await queue.close();
});

test('a queued recovery link is sent, and the history knows where it was asked for', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  const queue = openQueue<object>('security', redis, { tries: 1, backoff: 0 });
  await queue.add('lane-of-before', JSON.parse(linkJob.replace('USER', await userIdOf(username))));
  await eventually(() => linksTo(house, email).length === 1, 'the link');
  await settled(house);
  await queue.close();
  expect(await eventsOf(house, username)).toContainEqual(
    expect.objectContaining({ kind: 'reset_link_sent', device: 'Firefox on Windows' }),
  );
});

test.each(storedCodes)('a code for %s is right', async (purpose, code) => {
  const challenge = {
    keyId: 'k1',
    id: challengeId,
    destinationKey: 'ann@example.com',
    sends: 1,
    codeSend: null,
  };
  const challenges = createChallenges({
    purpose,
    store: { takeTurn: async () => ({ challenge, suppressed: false }) } as unknown as ChallengeStore,
    codes: createCodes(
      [{ id: 'k1', key: Buffer.from('12345678901234567890123456789012') }],
      otpPolicy.digits,
    ),
    clock: house.clock,
    random: systemRandom,
    messages: { name: 'messages', add: async () => {}, close: async () => {} },
    metrics: noMetrics,
  } as Parameters<typeof createChallenges>[0]);
  expect(await challenges.guess(challengeId, code)).toMatchObject({ ok: true });
});
