import { beforeAll, describe, expect, test } from '@jest/globals';
import { wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { statuses, together } from '../../support/many.ts';
import {
  atSecondStep,
  appCode,
  codesIn,
  keyIn,
  second,
  setUp,
  withSecondFactor,
} from '../../support/second-factor.ts';
import { alsoOn, copyOf, eventsOf, historySeenBy, isIn, settled, sidOf } from '../../support/security.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const path = '/settings/second-factor';

async function factorsOf(username: string) {
  return house.stores.sql<{ sealedKey: string; lastStep: number }>(
    'SELECT f.* FROM "SecondFactor" f JOIN "User" u ON u."id" = f."userId" WHERE u."username" = $1',
    [username],
  );
}

describe('setting up', () => {
  beforeAll(() => house.empty());

  test('wants the password and a code, shows ten codes once, and is on', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    expect((await ann.get('/settings')).html).toMatch(/Second step[\s\S]*?Off/);
    const page = (await ann.get(path)).html;
    const key = keyIn(page);
    expect(page).toContain('<svg');
    expect(keyIn((await ann.get(path)).html)).toBe(key);
    const before = sidOf(ann);
    expect((await setUp(ann, appCode(house, key))).redirectedTo).toBe(path);
    expect(sidOf(ann)).not.toBe(before);
    const shown = (await ann.get(path)).html;
    expect(codesIn(shown)).toHaveLength(10);
    const again = (await ann.get(path)).html;
    expect([codesIn(again).length, again.includes('You have 10 recovery codes left.')]).toEqual([0, true]);
    expect((await ann.get('/settings')).html).toMatch(/Second step[\s\S]*?On/);
    expect(await factorsOf(username)).toHaveLength(1);
  });

  test('with a wrong password, a wrong code or none, nothing changes, and the key stays', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const key = keyIn((await ann.get(path)).html);
    const code = appCode(house, key);
    const tries = [
      [await setUp(ann, code, wrong), 'currentPassword'],
      [await setUp(ann, code, ''), 'currentPassword'],
      [await setUp(ann, appCode(house, key, 2)), 'code'],
      [await setUp(ann, appCode(house, key, -2)), 'code'],
      [await setUp(ann, ''), 'code'],
      [await setUp(ann, '7Q2M-9XKD-4TBW-H3ZC'), 'code'],
    ] as const;
    for (const [page, field] of tries)
      expect([page.status, Object.keys(faultsIn(page.html)), keyIn(page.html)]).toEqual([422, [field], key]);
    expect(await factorsOf(username)).toEqual([]);
    expect((await setUp(ann, code)).redirectedTo).toBe(path);
  });

  test('needs the key of this session: a code of nobody’s key is wrong', async () => {
    const ann = visitor(house);
    await ann.signUp();
    expect((await setUp(ann, '123456')).status).toBe(422);
  });

  test('ends every other session and device at once, and keeps this one', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const key = keyIn((await ann.get(path)).html);
    await setUp(ann, appCode(house, key));
    expect([await isIn(ann), await isIn(phone)]).toEqual([true, false]);
    expect((await phone.signIn(username, 'lantern-tandem-42')).redirectedTo).toBe('/login/second');
  });

  test('of six presses at once one sets up', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const key = keyIn((await ann.get(path)).html);
    const code = appCode(house, key);
    const copies = Array.from({ length: 6 }, () => copyOf(house, ann));
    const pages = await together(6, (n) => setUp(copies[n]!, code));
    expect(pages.filter(({ redirectedTo }) => redirectedTo === path).length).toBeGreaterThanOrEqual(1);
    expect(await factorsOf(username)).toHaveLength(1);
    expect(
      (await eventsOf(house, username)).filter(({ kind }) => kind === 'second_factor_set_up'),
    ).toHaveLength(1);
  });

  test('is told to every contact, without the key and the codes', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    await house.stores.sql(
      `UPDATE "User" SET "phone" = '+4915112345678', "phoneVerifiedAt" = "createdAt" WHERE "username" = $1`,
      [username],
    );
    await settled(house);
    const [mails, texts] = [house.outbox.to(email).length, house.outbox.to('+4915112345678').length];
    const key = keyIn((await ann.get(path)).html);
    await setUp(ann, appCode(house, key));
    const codes = codesIn((await ann.get(path)).html);
    await settled(house);
    const told = [...house.outbox.to(email).slice(mails), ...house.outbox.to('+4915112345678').slice(texts)];
    expect(told.map(({ channel }) => channel).toSorted()).toEqual(['email', 'sms']);
    for (const { subject, text } of told) {
      expect(`${subject} ${text}`).toMatch(/second step/i);
      for (const secret of [key, ...codes]) expect(text).not.toContain(secret);
    }
    expect(told.find(({ channel }) => channel === 'sms')!.text.length).toBeLessThanOrEqual(160);
    expect((await historySeenBy(ann)).map(({ text }) => text)).toContain(
      'The second step was set up, and every other device was signed out',
    );
  });

  test('neither key nor codes lie in the database or in Redis as they are', async () => {
    const { ann, key, codes } = await withSecondFactor(house);
    await ann.post(`${path}/recovery`, { currentPassword: 'lantern-tandem-42' });
    const rows = await house.stores.sql('SELECT * FROM "SecondFactor"');
    const hashes = await house.stores.sql('SELECT * FROM "RecoveryCode"');
    const sessions = await Promise.all(
      (await house.stores.redis.keys('sess:*')).map((name) => house.stores.redis.get(name)),
    );
    const stored = JSON.stringify([rows, hashes, sessions]);
    for (const secret of [key, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(stored).not.toContain(secret);
  });
});

test('a second tab finds that it is on, and signs nobody out', async () => {
  const { ann, key, username } = await withSecondFactor(house);
  expect((await setUp(ann, appCode(house, key))).redirectedTo).toBe(path);
  expect([await isIn(ann), (await factorsOf(username)).length]).toEqual([true, 1]);
});

describe('recovery codes and removal', () => {
  beforeAll(() => house.empty());

  test.each(['recovery', 'remove'])(
    '%s wants the password, and is there only while it is on',
    async (act) => {
      const ann = visitor(house);
      await ann.signUp();
      expect((await ann.get(`${path}/${act}`)).redirectedTo).toBe(path);
      const { ann: ben, username } = await withSecondFactor(house);
      expect((await ben.get(`${path}/${act}`)).status).toBe(200);
      for (const currentPassword of [wrong, ''])
        expect((await ben.post(`${path}/${act}`, { currentPassword })).status).toBe(422);
      expect(await factorsOf(username)).toHaveLength(1);
    },
  );

  test('new codes end the old ones, used or not', async () => {
    const { ann, username, codes } = await withSecondFactor(house);
    const renewed = await ann.post(`${path}/recovery`, { currentPassword: 'lantern-tandem-42' });
    expect(renewed.redirectedTo).toBe(path);
    const fresh = codesIn((await ann.get(path)).html);
    expect([fresh.length, fresh.filter((code) => codes.includes(code))]).toEqual([10, []]);
    const who = await atSecondStep(house, username);
    expect((await second(who, codes[0]!)).status).toBe(422);
    expect((await second(who, fresh[0]!)).redirectedTo).toBe('/people');
  });

  test('removed, the password alone signs in, everybody is told, and it can be set up again', async () => {
    const { ann, username, email, codes } = await withSecondFactor(house);
    await settled(house);
    const before = house.outbox.to(email).length;
    const removed = await ann.post(`${path}/remove`, { currentPassword: 'lantern-tandem-42' });
    expect(removed.redirectedTo).toBe(path);
    expect(await isIn(ann)).toBe(true);
    await settled(house);
    expect(
      house.outbox
        .to(email)
        .slice(before)
        .map(({ subject }) => subject),
    ).toEqual(['The second step is off for your ChatLink account']);
    expect((await visitor(house).signIn(username, 'lantern-tandem-42')).redirectedTo).toBe('/people');
    expect(
      await house.stores.sql(
        'SELECT FROM "RecoveryCode" c JOIN "User" u ON u."id" = c."userId" WHERE u."username" = $1',
        [username],
      ),
    ).toEqual([]);
    const key = keyIn((await ann.get(path)).html);
    expect((await setUp(ann, appCode(house, key))).redirectedTo).toBe(path);
    const who = await atSecondStep(house, username);
    expect((await second(who, codes[0]!)).status).toBe(422);
  });

  test('of eight presses at once on new codes, the last ones count alone', async () => {
    const { ann, username } = await withSecondFactor(house);
    const copies = Array.from({ length: 8 }, () => copyOf(house, ann));
    const pages = await together(8, (n) =>
      copies[n]!.post(`${path}/recovery`, { currentPassword: 'lantern-tandem-42' }),
    );
    expect(Object.keys(statuses(pages)).toSorted()).toEqual(expect.arrayContaining(['303']));
    const left = await house.stores.sql(
      'SELECT FROM "RecoveryCode" c JOIN "User" u ON u."id" = c."userId" WHERE u."username" = $1',
      [username],
    );
    expect(left).toHaveLength(10);
  });

  test('who joined by number has one as well', async () => {
    const ann = visitor(house);
    await ann.signUp(byMobile(newMobile()));
    const key = keyIn((await ann.get(path)).html);
    expect((await setUp(ann, appCode(house, key))).redirectedTo).toBe(path);
  });

  test('visitors are led to the sign-in', async () => {
    for (const page of [path, `${path}/recovery`, `${path}/remove`])
      expect((await visitor(house).get(page)).redirectedTo).toBe(`/login?next=${encodeURIComponent(page)}`);
  });
});
