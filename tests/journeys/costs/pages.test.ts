import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { openAssets } from '../../../src/web/assets/assets.ts';
import { compress } from '../../../src/web/send-text.ts';
import { createViews } from '../../../src/web/views/views.ts';
import { listenToCommands } from '../../support/commands.ts';
import { budgets } from '../../support/costs.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { pages, siteFor } from '../../support/pages.ts';
import { listenToStatements } from '../../support/statements.ts';
import { visitor } from '../../support/visitor.ts';
import { browsersAccept, uncompressedViews } from '../../support/wire.ts';

const [statements, commands] = [listenToStatements('costs'), listenToCommands('costs')];
const worker = await houseOfThisFile();
const [database, redis] = [new URL(worker.stores.databaseUrl), new URL(worker.stores.redisUrl)];
database.searchParams.set('application_name', 'costs');
redis.searchParams.set('connectionName', 'costs');
const env = { DATABASE_URL: database.href, REDIS_URL: redis.href };
const house = await houseOfThisFile({ beside: worker, jobs: false, env });

/** A second look: what is done once a process, or once a session, is not a page's cost. */
async function costOf(who: ReturnType<typeof visitor>, path: string) {
  who.headers = { ...who.headers, 'Accept-Encoding': browsersAccept };
  await who.get(path);
  let bytes = 0;
  let asked: string[] = [];
  const sent = await commands.during(async () => {
    asked = await statements.during(async () => {
      bytes = Number((await who.get(path)).header('content-length'));
    });
  });
  return { statements: asked.length, commands: sent.length, bytes };
}

describe.each(['visitor', 'member'] as const)('a page of a %s costs no more than it may:', (kind) => {
  test.each(Object.entries(budgets.pages[kind]))('%s', async (path, budget) => {
    const who = visitor(house);
    if (kind === 'member') await who.signUp();
    const cost = await costOf(who, path);
    expect({ ...cost, bytes: cost.bytes <= budget.bytes || cost.bytes }).toEqual({ ...budget, bytes: true });
  });
});

test('the form to join is short, though it lists every language and country', async () => {
  const ann = visitor(house);
  const { html } = await ann.get('/sign-up');
  expect(Buffer.byteLength(html)).toBeLessThan(41_000);
  expect(html.match(/<option\b/g)!.length).toBeGreaterThan(800);
  ann.headers = { 'Accept-Encoding': browsersAccept };
  expect(Number((await ann.get('/sign-up')).header('content-length'))).toBeLessThan(14_000);
});

test('every page of the catalogue is as long as it may be', () => {
  const root = join(import.meta.dirname, '../../..');
  const assets = openAssets(join(root, 'dist'));
  const views = createViews(join(root, 'views'), { strict: true });
  const site = (page: (typeof pages)[number]) => siteFor(page, assets.names);
  const lengths = pages.map((page) => {
    const html = Buffer.from(views.renderPage(page.view, { ...page.model, site: site(page) }));
    return [page.name, (uncompressedViews.includes(page.view) ? html : compress.br(html)).length];
  });
  const longer = lengths.filter(([name, bytes]) => !(Number(bytes) <= (budgets.catalogue[name!] ?? 0)));
  expect(Object.fromEntries(longer)).toEqual({});
  const gone = Object.keys(budgets.catalogue).filter((name) => !pages.some((page) => page.name === name));
  expect(gone).toEqual([]);
});
