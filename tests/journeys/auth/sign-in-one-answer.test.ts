import { expect, test } from '@jest/globals';
import request from 'supertest';
import { minutes } from '../../../src/kernel/clock.ts';
import { right, strangersFail, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, withoutRandom } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Three of each kind that are equally long: somebody's, nobody's, and one whose account was deleted. */
const kinds = {
  username: ['known_1', 'nobod_1', 'gone__1'],
  email: ['known2@example.com', 'nobod2@example.com', 'gone_2@example.com'],
  mobile: ['+4915123000001', '+4915123000202', '+4915123000303'],
} as const;
for (const n of [0, 2] as const) {
  await visitor(house).signUp({ username: kinds.username[n] });
  await visitor(house).signUp({ email: kinds.email[n] });
  await visitor(house).signUp(byMobile(kinds.mobile[n]));
}
await house.stores.sql(
  'DELETE FROM "User" WHERE "username" = $1 OR "email" = $2 OR "phone" = $3',
  Object.values(kinds).map((three) => three[2]),
);

/** Everything that an answer to a sign-in shows, but what differs between any two visits. */
async function answerTo(identifier: string, password: string) {
  const who = visitor(house);
  const _csrf = await who.token();
  const { status, headers, text } = await request(house.server)
    .post('/login')
    .set({ Host: house.host, 'X-Forwarded-For': who.ip, Cookie: `sid=${who.cookies.get('sid')}` })
    .set('Content-Type', 'application/x-www-form-urlencoded')
    // A compressed page's length hangs on its token, which is another one each time.
    .set('Accept-Encoding', 'identity')
    .send(encodeForm({ _csrf, identifier, password }))
    .ok(() => true);
  const { date: _, etag, 'x-request-id': id, ...rest } = headers as Record<string, string>;
  const body = withoutRandom(text).replaceAll(identifier, 'WHO');
  const kept: Record<string, string> = { ...rest, etag: typeof etag, 'x-request-id': typeof id };
  return { status, body, headers: kept };
}

test.each(Object.entries(kinds))(
  'by %s: wrong, unknown and deleted are one answer',
  async (_, [known, ...others]) => {
    const wrongOne = await answerTo(known, wrong);
    expect(wrongOne.status).toBe(422);
    expect(wrongOne.body).toContain('Those details don&#39;t match an account');
    expect(Number(wrongOne.headers['content-length'])).toBeGreaterThan(1_000);
    for (const identifier of others)
      for (const password of [wrong, right]) expect(await answerTo(identifier, password)).toEqual(wrongOne);
  },
);

test.each(Object.entries(kinds))(
  'by %s: while throttled, right and wrong and unknown and deleted are one',
  async (_, three) => {
    house.clock.pass(minutes(60) * 24);
    for (const identifier of three) await strangersFail(house, identifier);
    const [known, ...others] = three;
    const refused = await answerTo(known, right);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect(await answerTo(known, wrong)).toEqual(refused);
    for (const identifier of others)
      for (const password of [wrong, right]) expect(await answerTo(identifier, password)).toEqual(refused);
  },
);

test.each(Object.entries(kinds))(
  'by %s: the same holds while lists are tried all over the site',
  async (_, three) => {
    house.clock.pass(minutes(60) * 24);
    await fillLimit(house, 'sign-in-strangers', 1_000);
    const [first, ...firsts] = [
      await answerTo(three[0], wrong),
      await answerTo(three[1], wrong),
      await answerTo(three[2], wrong),
    ];
    expect(first?.status).toBe(422);
    for (const answer of firsts) expect(answer).toEqual(first);
    const [second, ...seconds] = [
      await answerTo(three[0], right),
      await answerTo(three[1], right),
      await answerTo(three[2], right),
    ];
    expect([second?.status, second?.headers['retry-after']]).toEqual([429, '60']);
    for (const answer of seconds) expect(answer).toEqual(second);
  },
);
