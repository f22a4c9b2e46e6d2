import { expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining, resend, typeCode, wrongCode } from '../../support/joining.ts';
import { everythingKept } from '../../support/traces.ts';

const house = await houseOfThisFile();

test('no table, no Redis key, no job and no log line ever holds a code, a password or an address in full', async () => {
  const { ann, person, to, code } = await joining(house, { password: 'unmistakable-lantern-77' });
  await typeCode(ann, wrongCode(code));
  await resend(ann);
  const second = await house.outbox.nextCode(to);
  // Waits for the worker's last word, so that it stands in Redis and in the log as well.
  await eventually(async () => (await challengeOf(house, to)).delivery === 'sent', 'the delivery');
  const before = await everythingKept(house);
  await typeCode(ann, second);
  await ann.signIn(String(person.username), 'unmistakable-lantern-78');
  const after = await everythingKept(house);

  const places = { ...before, logs: house.logged.join('\n'), later: Object.values(after).join('\n') };
  for (const [place, text] of Object.entries(places)) {
    expect({ place, length: text.length > 0 }).toEqual({ place, length: true });
    for (const secret of [code, second, 'unmistakable-lantern'])
      expect({ place, secret, found: holds(text, secret) }).toEqual({ place, secret, found: false });
  }
  expect(places.logs).not.toContain(to);
  expect(places.logs).not.toContain('$argon2');
});

/** A run of exactly these digits: the microseconds of a timestamp may hold any six. */
const holds = (text: string, secret: string): boolean =>
  new RegExp(String.raw`(?<![\d.])${secret}(?!\d)`).test(text);

test('the search would find a code if one were there', async () => {
  await house.stores.redis.set('planted', 'x 493817 y');
  await house.stores.sql(`CREATE TABLE "Planted" AS SELECT '204711' AS "code"`);
  const kept = Object.values(await everythingKept(house)).join('\n');
  await house.stores.redis.del('planted');
  await house.stores.sql('DROP TABLE "Planted"');
  expect([holds(kept, '493817'), holds(kept, '204711')]).toEqual([true, true]);
});

test('a job carries the challenge, the number of the send and the id of the request, nothing else', async () => {
  const { to } = await joining(house);
  const { id } = await challengeOf(house, to);
  const job = await house.stores.redis.hget(`bull:messages:registration-${id}-1`, 'data');
  const cause = { request: expect.stringMatching(/^[\da-f-]{36}$/) };
  expect(JSON.parse(job ?? 'null')).toEqual({ purpose: 'registration', challengeId: id, send: 1, cause });
});

test('the pending sign-up keeps its password as an argon2id hash only', async () => {
  const { to } = await joining(house, { password: 'unmistakable-lantern-79' });
  const { id } = await challengeOf(house, to);
  const sessions = await house.stores.redis.mget(await house.stores.redis.keys('sess:*'));
  const mine = sessions.find((session) => session?.includes(id)) ?? '';
  expect(mine).not.toContain('unmistakable-lantern');
  expect(JSON.parse(mine).pendingSignUp.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
