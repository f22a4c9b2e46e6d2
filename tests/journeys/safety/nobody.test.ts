import { describe, expect, test } from '@jest/globals';
import express from 'express';
import pg from 'pg';
import { routesOfApp } from '../../../src/web/routes.ts';
import { type Asking, askingsOf, type Names, namesOfNobody, unknownOf } from '../../support/addressed.ts';
import { give } from '../../support/given-pictures.ts';
import { ask, differences } from '../../support/nobody.ts';
import { block } from '../../support/pairs.ts';
import { become, conversationIdOf, idOf, opaque, type Somebody } from '../../support/relations.ts';
import { heardHouse } from '../../support/statements.ts';
import { type Page, type Visitor, visitor } from '../../support/visitor.ts';

/** Whom a viewer may not see is nobody to them, on every surface: status, words, bytes, and what is asked of Postgres. */
const { house, statements } = await heardHouse();
const { stores, clock } = house;
const routes = routesOfApp(house.house.app);

interface Two {
  ben: Visitor;
  benId: string;
  ann: Somebody;
  names: Names;
}

/** Somebody with pictures, and whoever looks for them. */
async function two(): Promise<Two> {
  const ben = visitor(house);
  const benId = await idOf(house, (await ben.signUp()).username);
  const { username } = await visitor(house).signUp();
  const id = await idOf(house, username);
  const { keys, ids } = await give(house, id);
  const conversation = opaque(await conversationIdOf(house, benId, id));
  await ben.get('/profile');
  const nobodys = namesOfNobody({ media: keys, pictures: ids });
  return {
    ben,
    benId,
    ann: { id, username },
    names: { ...nobodys, username, conversation, media: keys, pictures: ids },
  };
}

/** How somebody and nobody are asked for, in pairs. */
function pairsOf(names: Names): [Asking, Asking][] {
  const nobodys = namesOfNobody(names);
  return routes.flatMap((route) => {
    const [theirs, others] = [askingsOf(route, names), askingsOf(route, nobodys)];
    return theirs.map((asking, n): [Asking, Asking] => [asking, others[n]!]);
  });
}

interface Compared {
  statuses: number[];
  /** By what they can be told apart. */
  by: string[];
}

async function compare(who: Visitor, [theirs, nobodys]: [Asking, Asking]): Promise<Compared> {
  const pages: Page[] = [];
  const listen = async (asking: Asking): Promise<string[]> => {
    const heard = await statements.during(async () => pages.push(await ask(who, asking)));
    // What a form tells on the next page is told here.
    if (asking.method === 'post') await who.get('/profile');
    return heard;
  };
  const [heard, usual] = [await listen(theirs), await listen(nobodys)];
  const isSame = JSON.stringify(heard) === JSON.stringify(usual);
  return {
    statuses: pages.map(({ status }) => status),
    by: [...differences(pages[0]!, pages[1]!), ...(isSame ? [] : ['statements'])],
  };
}

test('of every address with something in it, every form and every act it is known whom it names', () => {
  expect(unknownOf(routes)).toEqual([]);
});

test('whom one may see is not nobody', async () => {
  const { ben, names } = await two();
  const read = pairsOf(names).filter(([{ method }]) => method === 'get');
  expect(read.length).toBeGreaterThanOrEqual(6);
  for (const pair of read.filter(([{ path }]) => !/[/:]c_|\/unblock$|\/messages\//.test(path))) {
    const { statuses, by } = await compare(ben, pair);
    expect([pair[0].path, statuses]).toEqual([pair[0].path, [200, 404]]);
    expect(by).toEqual(expect.arrayContaining(['status', 'bytes']));
  }
});

const kinds: Record<string, (of: Two) => Promise<Partial<Names> | void>> = {
  hidden: ({ ann }) => become(house, ann.id, 'hidden'),
  'of the other band': ({ ann }) => become(house, ann.id, 'other band'),
  leaving: ({ ann }) => become(house, ann.id, 'leaving'),
  'leaving since long': async ({ ann }) =>
    void (await stores.sql(
      `UPDATE "User" SET "leavingAt" = '2020-01-01', "purgeAt" = '2020-01-01' WHERE "id" = $1`,
      [ann.id],
    )),
  'gone for good': ({ ann }) => become(house, ann.id, 'left'),
  suspended: ({ ann }) => become(house, ann.id, 'suspended'),
  banned: ({ ann }) => become(house, ann.id, 'banned'),
  'somebody who blocked the viewer': async ({ ann, benId }) => ({
    block: await block(stores, ann.id, benId, clock.now()),
  }),
  'blocked by the viewer': async ({ ann, benId }) => void (await block(stores, benId, ann.id, clock.now())),
};

describe.each(Object.keys(kinds))('whoever is %s', (kind) => {
  test('is nobody, on every surface, asked for by the same statements', async () => {
    const pair = await two();
    const more = (await kinds[kind]!(pair)) ?? {};
    const faults: unknown[] = [];
    for (const askings of pairsOf({ ...pair.names, ...more })) {
      const [{ method, path }] = askings;
      const { statuses, by } = await compare(pair.ben, askings);
      // Whoever takes back no block of theirs is led to their list.
      const expected = path.endsWith('/unblock') ? [303, 404] : [404];
      if (by.length > 0 || !expected.includes(statuses[0]!)) faults.push([method, path, statuses, by]);
    }
    expect(faults).toEqual([]);
  });
});

describe('a surface that forgets to ask is told apart:', () => {
  const path = '/people/:username/planted';
  const theirBio = 'SELECT "bio" FROM "User" WHERE "usernameKey" = $1';
  const web = new URL(stores.databaseUrl);
  web.searchParams.set('application_name', 'web');

  /** A route that reads the person whoever asks, and answers by `show`. */
  async function planted(
    show: (bio: string | null, res: express.Response) => unknown,
    statementFor: (name: string) => string = () => theirBio,
  ): Promise<string[]> {
    const { ben, ann, names } = await two();
    await become(house, ann.id, 'hidden');
    const client = new pg.Client({ connectionString: web.href });
    await client.connect();
    const router = express.Router();
    router.get(path, async (req, res) => {
      const name = String(req.params.username);
      const { rows } = await client.query<{ bio: string }>(statementFor(name), [name]);
      return show(rows[0]?.bio ?? null, res);
    });
    const { stack } = house.house.app.router;
    stack.unshift(...router.stack);
    try {
      const route = routesOfApp(house.house.app).find((one) => one.path === path)!;
      const [[theirs], [nobodys]] = [askingsOf(route, names), askingsOf(route, namesOfNobody(names))];
      return (await compare(ben, [theirs!, nobodys!])).by;
    } finally {
      stack.shift();
      await client.end();
    }
  }

  test.each<[string, (bio: string | null, res: express.Response) => unknown, string[]]>([
    ['by its status', (bio, res) => res.status(bio === null ? 404 : 410).send('Nobody'), ['status']],
    [
      'by a word',
      (bio, res) => res.status(404).send(bio === null ? '<p>Nobody</p>' : '<p>Hidden</p>'),
      ['words'],
    ],
    [
      'by what only a program reads',
      (bio, res) => res.status(404).send(bio === null ? '<p></p>' : `<p></p><!--${'x'.repeat(33)}-->`),
      ['bytes'],
    ],
    [
      'by where it leads',
      (bio, res) => res.redirect(303, bio === null ? '/profile' : '/settings'),
      ['words', 'location'],
    ],
  ])('%s', async (_, show, by) => expect(await planted(show)).toEqual(by));

  test('by what it asks', async () => {
    const show = (_: string | null, res: express.Response) => res.status(404).send('Nobody');
    const curious = (name: string) => `${theirBio}${name === 'nobody_called_so' ? '' : ' LIMIT 1'}`;
    expect(await planted(show, curious)).toEqual(['statements']);
  });

  test('and one of which nobody has said whom it names', () => {
    const found = unknownOf([
      { method: 'GET', path: '/people/:username/friends' },
      { method: 'GET', path: '/friends/:friend' },
      { method: 'POST', path: '/friends' },
      { method: 'GET', path: '/api/v1/friends' },
      { method: 'GET', path: '/files/*rest' },
    ]);
    expect(found).toEqual([
      'GET /friends/:friend',
      'POST /friends',
      'GET /api/v1/friends',
      'GET /files/*rest',
    ]);
  });
});
