import { describe, expect, test } from '@jest/globals';
import { clean } from '../../support/cleaning.ts';
import { caseAbout, decide, say, staffOf } from '../../support/desk.ts';
import { eventually } from '../../support/captured.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const password = 'lantern-tandem-42';

async function banned() {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const mika = await memberOf(house);
  const ann = await memberOf(house);
  await ann.who.post('/report', {
    about: `person:${mika.username}`,
    reason: 'insult',
    text: 'My secret words.',
  });
  const id = await idOf(house, mika.username);
  const caseId = await caseAbout(house, id);
  await decide(desk, caseId, { act: 'ban' });
  await say(desk2, caseId, 'confirm', 'yes');
  const who = visitor(house);
  await who.signIn(mika.username, password);
  return { who, mika, ann, id, caseId };
}

describe('whoever is kept out', () => {
  test('is led away from /suspended when they are not', async () => {
    expect((await visitor(house).get('/suspended')).redirectedTo).toBe('/login');
    const { who } = await memberOf(house);
    expect((await who.get('/suspended')).redirectedTo).toBe('/people');
    expect((await who.get('/appeal')).html).toContain('decided nothing about you');
    expect((await visitor(house).get('/appeal')).redirectedTo).toMatch(/^\/login/);
  });

  test('learns of it by the right password only', async () => {
    const { mika } = await banned();
    const wrong = await visitor(house).signIn(mika.username, 'not-the-password-9');
    const nobody = await visitor(house).signIn('nobody_called_so', 'not-the-password-9');
    expect(wrong.status).toBe(nobody.status);
    const without = (html: string, name: string) =>
      html.replaceAll(name, '').replace(/name="_csrf" value="[^"]+"/g, '');
    expect(without(wrong.html, mika.username)).toBe(without(nobody.html, 'nobody_called_so'));
  });

  test('takes a copy of their data, with what was decided and without the reporter’s words', async () => {
    const { who, ann } = await banned();
    expect((await who.post('/suspended/copy', {})).redirectedTo).toBe('/suspended');
    await eventually(async () => (await who.get('/suspended')).html.includes('copy.json'), 'the copy');
    const copy = await who.get('/suspended/copy.json');
    expect(copy.status).toBe(200);
    expect(copy.html).toContain('You insulted somebody.');
    expect(copy.html).not.toContain('My secret words.');
    expect(copy.html).not.toContain(ann.username);
    // With a password of a quarter of an hour ago it holds too much.
    house.clock.pass(15 * 60_000);
    expect((await who.get('/suspended/copy.json')).redirectedTo).toBe('/login');
  });

  test('deletes their account with the password, which signing in does not take back', async () => {
    const { who, mika, id } = await banned();
    expect(
      (await who.post('/suspended/delete', { messages: 'erase', currentPassword: 'wrong-password-1' }))
        .status,
    ).toBe(422);
    const left = await who.post('/suspended/delete', { messages: 'erase', currentPassword: password });
    expect(left.redirectedTo).toBe('/');
    const again = visitor(house);
    expect((await again.signIn(mika.username, password)).redirectedTo).toBe('/suspended');
    expect((await again.get('/suspended')).html).not.toContain('/suspended/delete');
    house.clock.pass(14 * 86_400_000);
    await clean(house);
    expect(await house.stores.sql('SELECT FROM "User" WHERE "id" = $1', [id])).toEqual([]);
  });

  test('has no other page and no other power', async () => {
    const { who, ann } = await banned();
    for (const path of ['/profile', '/settings', '/chats', '/settings/account', `/people/${ann.username}`])
      expect((await who.get(path)).redirectedTo).toMatch(/^\/login/);
    expect(
      (await who.post('/report', { about: `person:${ann.username}`, reason: 'insult', text: '' }))
        .redirectedTo,
    ).toMatch(/^\/login/);
    expect((await who.post('/settings/account/delete', { currentPassword: password })).redirectedTo).toMatch(
      /^\/login/,
    );
    await who.post('/logout', {});
    expect((await who.get('/suspended')).redirectedTo).toBe('/login');
  });
});

test('what outlives a deletion is what the law says, and goes in its time', async () => {
  const { mika, id, caseId } = await banned();
  await house.stores.sql('UPDATE "User" SET "leavingAt" = $2, "purgeAt" = $2 WHERE "id" = $1', [
    id,
    house.clock.now(),
  ]);
  await clean(house);
  const holds = async (): Promise<string[]> => {
    const tables = await house.stores.sql<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relispartition AND relname <> '_prisma_migrations' ORDER BY 1`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await house.stores.sql(
        `SELECT t::text AS row FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%' OR t::text ILIKE '%' || $2 || '%'`,
        [id, mika.username],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  };
  const names = ['UsernameQuarantine', 'UsernameSkeleton'];
  const now = await holds();
  expect(now.filter((name) => !names.includes(name))).toEqual([
    'DeskAudit',
    'DeskCase',
    'DeskDecision',
    'Report',
  ]);
  house.clock.pass(181 * 86_400_000);
  await clean(house);
  expect(await holds()).toEqual(['DeskAudit', 'DeskCase', 'DeskDecision']);
  const words = await house.stores.sql<{ fact: string; appeal: string | null }>(
    'SELECT "fact", "appeal" FROM "DeskDecision" WHERE "caseId" = $1',
    [caseId],
  );
  expect(words).toEqual([{ fact: '', appeal: null }]);
  house.clock.pass(550 * 86_400_000);
  await clean(house, 2);
  expect(await holds()).toEqual(['DeskAudit']);
});

test('data that a court keeps stays, whoever asks', async () => {
  const { id } = await banned();
  await house.stores.sql(
    'UPDATE "User" SET "heldAt" = $2, "leavingAt" = $2, "purgeAt" = $2 WHERE "id" = $1',
    [id, house.clock.now()],
  );
  house.clock.pass(300 * 86_400_000);
  await clean(house);
  expect(await house.stores.sql('SELECT FROM "User" WHERE "id" = $1', [id])).toHaveLength(1);
  expect(await house.stores.sql('SELECT FROM "Report" WHERE "personId" = $1', [id])).toHaveLength(1);
  await house.stores.sql('UPDATE "User" SET "heldAt" = NULL WHERE "id" = $1', [id]);
  await clean(house, 2);
  expect(await house.stores.sql('SELECT FROM "User" WHERE "id" = $1', [id])).toEqual([]);
});
