import { beforeEach, describe, expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { routesOfApp } from '../../../src/web/routes.ts';
import { ApiClient, type Answer } from '../../support/api.ts';
import { copiesOf, packed } from '../../support/copies.ts';
import { rowOf } from '../../support/deletion.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { alsoOn, eventsOf, isIn } from '../../support/security.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

let ann: Visitor;
let username: string;
let api: ApiClient;
beforeEach(async () => {
  await house.empty();
  ann = visitor(house);
  ({ username } = await ann.signUp());
  api = new ApiClient(ann);
});

function saidBy({ status, body }: Answer) {
  return [status, body.reason];
}

/** Long enough that the password is asked for again. */
function later(): void {
  house.clock.pass(minutes(15));
}

describe('sessions', () => {
  interface Session {
    id: string;
    isThisOne: boolean;
  }
  const sessions = async () => (await api.get('/settings/security')).body.sessions as Session[];

  test('are listed with the history, and no key is among them', async () => {
    const phone = await alsoOn(house, username);
    const { status, body } = await api.get('/settings/security');
    expect(status).toBe(200);
    expect(body.sessions).toMatchObject([{ isThisOne: true, remembered: false }, { isThisOne: false }]);
    expect(body.history).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ kind: 'joined', outcome: 'done', times: 1 })]),
    );
    const text = JSON.stringify(body);
    for (const who of [ann, phone]) {
      const [, sid = ''] = /^s%3A([\w-]+)\./.exec(who.sessionCookie ?? '') ?? [];
      expect(sid).not.toBe('');
      expect(text).not.toContain(sid);
    }
  });

  test('one is ended by its id, once; nobody ends another person’s', async () => {
    const phone = await alsoOn(house, username);
    const ben = visitor(house);
    await ben.signUp();
    const other = (await sessions()).find(({ isThisOne }) => !isThisOne)!;
    const theirs = await new ApiClient(ben).post(`/settings/sessions/${other.id}/revoke`);
    expect([theirs.status, theirs.body]).toEqual([200, { ended: 0 }]);
    expect(await isIn(phone)).toBe(true);
    expect((await api.post(`/settings/sessions/${other.id}/revoke`)).body).toEqual({ ended: 1 });
    expect((await api.post(`/settings/sessions/${other.id}/revoke`)).body).toEqual({ ended: 0 });
    expect([await isIn(phone), await isIn(ann)]).toEqual([false, true]);
  });

  test('all others are ended at once', async () => {
    const others = [await alsoOn(house, username), await alsoOn(house, username)];
    expect((await api.post('/settings/sessions/revoke-others')).body).toEqual({ ended: 2 });
    expect(await Promise.all([ann, ...others].map((who) => isIn(who)))).toEqual([true, false, false]);
  });
});

describe('what asks for the password', () => {
  test.each([
    ['post', '/settings/sessions/revoke-others'],
    ['post', '/settings/sessions/AAAAAAAAAAAAAAAAAAAAAA/revoke'],
    ['post', '/settings/account/export'],
    ['get', '/settings/account/export'],
    ['get', '/settings/account/export.json'],
    ['get', '/settings/account/export.zip'],
  ] as const)('%s %s', async (method, path) => {
    later();
    const before = await eventsOf(house, username);
    const ask = () => (method === 'get' ? api.get(path) : api.post(path));
    expect(saidBy(await ask())).toEqual([403, 'confirm']);
    expect(await eventsOf(house, username)).toEqual(before);
    expect((await api.post('/settings/confirm', { currentPassword: right })).status).toBe(200);
    expect((await ask()).status).not.toBe(403);
  });

  test('is not had by a wrong one, and guesses are slowed down', async () => {
    later();
    for (let n = 0; n < 5; n++)
      expect(saidBy(await api.post('/settings/confirm', { currentPassword: wrong }))).toEqual([
        422,
        'wrong-password',
      ]);
    const more = await api.post('/settings/confirm', { currentPassword: right });
    expect(saidBy(more)).toEqual([429, 'too-often']);
    expect([more.header('retry-after'), more.body.retryInMs]).toEqual(['60', 60_000]);
    expect(saidBy(await api.post('/settings/sessions/revoke-others'))).toEqual([403, 'confirm']);
  });

  test('is told what it lacks', async () => {
    const { status, body } = await api.post('/settings/confirm', {});
    expect([status, body.errors]).toEqual([
      422,
      [{ field: 'currentPassword', message: 'Enter your password.' }],
    ]);
  });
});

describe('a copy', () => {
  test('is asked for, waited for and fetched', async () => {
    expect((await api.get('/settings/account')).body).toEqual({
      making: false,
      failed: false,
      ready: null,
      nextAt: null,
    });
    expect(saidBy(await api.get('/settings/account/export.json'))).toEqual([404, 'not-there']);
    expect((await api.post('/settings/account/export')).status).toBe(200);
    await packed(house, username);
    expect((await api.get('/settings/account')).body).toMatchObject({
      making: false,
      ready: { madeAt: house.clock.now().toISOString() },
    });
    const copy = await api.get('/settings/account/export.json');
    expect(copy.body).toMatchObject({ account: { username } });
    expect(copy.header('content-disposition')).toContain(`chatlink-${username}-`);
    const zip = await api.send('head', '/settings/account/export.zip');
    expect([zip.status, zip.header('content-type')]).toEqual([200, 'application/zip']);
  });

  test('is had three times a day', async () => {
    for (let n = 0; n < 3; n++) {
      expect((await api.post('/settings/account/export')).status).toBe(200);
      await packed(house, username);
    }
    const more = await api.post('/settings/account/export');
    expect(saidBy(more)).toEqual([429, 'too-often']);
    expect(more.header('retry-after')).toBe(String(hours(24) / 1000));
    expect(await copiesOf(house, username)).toHaveLength(3);
  });
});

describe('leaving', () => {
  test('asks for the password, closes the account and ends the session', async () => {
    const no = await api.post('/settings/account/delete', { currentPassword: wrong });
    expect(saidBy(no)).toEqual([422, 'wrong-password']);
    expect((await rowOf(house, username))!.purgeAt).toBeNull();

    const phone = await alsoOn(house, username);
    const left = await api.post('/settings/account/delete', { currentPassword: right });
    const { purgeAt } = (await rowOf(house, username))!;
    expect([left.status, left.body]).toEqual([200, { until: purgeAt!.toISOString() }]);
    expect(saidBy(await api.get('/profile'))).toEqual([401, 'signed-out']);
    expect(await isIn(phone)).toBe(false);
  });
});

describe('every act', () => {
  const ask = (who: ApiClient, route: string) => {
    const [method = '', path = ''] = route.split(' ');
    const to = path.replace(':username', 'ann_lee').replace(':id', '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42');
    return method === 'GET' ? who.get(to) : who.send('post', to, '{}');
  };
  const acts = routesOfApp(house.house.app)
    .filter(({ path }) => path.startsWith('/api/v1/'))
    .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);

  test('is for members, needs the token where it changes something, and ends a session of before', async () => {
    expect(acts.length).toBeGreaterThan(20);
    const stranger = new ApiClient(visitor(house));
    for (const route of acts) {
      const answer = await ask(stranger, route);
      expect([route, ...saidBy(answer)]).toEqual([route, 401, 'signed-out']);
      expect([route, answer.header('cache-control'), answer.header('location')]).toEqual([
        route,
        'no-store',
        undefined,
      ]);
      if (route.startsWith('POST'))
        expect([route, ...saidBy(await ask(api, route))]).toEqual([route, 403, 'csrf']);
    }
    for (const route of acts) {
      const bea = visitor(house);
      const person = await bea.signUp();
      await house.stores.sql('UPDATE "User" SET "securityVersion" = 1 WHERE "username" = $1', [
        person.username,
      ]);
      expect([route, ...saidBy(await ask(new ApiClient(bea), route))]).toEqual([route, 401, 'signed-out']);
    }
  });

  test('counts what is changed, as pages do', async () => {
    await api.token();
    const path = '/settings/languages';
    for (let n = 0; n < 60; n++) {
      await api.post(path, {});
      await ann.post(path, {});
    }
    const more = await api.post(path, {});
    expect([more.status, Number(more.header('retry-after'))]).toEqual([429, minutes(10) / 1000]);
    expect((await api.get(path)).status).toBe(200);
  });
});
