import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { ApiClient } from '../../support/api.ts';
import { fetchJson, packedFor } from '../../support/copies.ts';
import { leave, member } from '../../support/deletion.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
beforeEach(() => house.empty());

async function someone() {
  const { ann: who, username } = await member(house);
  const api = new ApiClient(who);
  return {
    who,
    api,
    username,
    hello: (to: string, text = 'Hallo, you') => api.post(`/chats/${to}`, { text, clientId: randomUUID() }),
    hide: () => api.post('/settings/privacy', { visibility: 'nobody' }),
    listed: async (which = '') =>
      ((await api.get(`/chats${which}`)).body.items as { with: string; status: string }[]).map(
        ({ with: name, status }) => [name, status],
      ),
  };
}
const setBorn = (username: string, dateOfBirth: string) =>
  house.stores.sql('UPDATE "User" SET "dateOfBirth" = $2 WHERE "username" = $1', [username, dateOfBirth]);

test('who says hello and hides can still be blocked and reported by whom it reached, and by nobody else', async () => {
  const [ann, ben, cleo] = [await someone(), await someone(), await someone()];
  await ann.hello(ben.username);
  await ann.hide();
  const report = { about: `person:${ann.username}`, reason: 'insult', text: '' };
  for (const path of [`/people/${ann.username}/block`, `/report?about=person:${ann.username}`]) {
    expect([path, (await ben.who.get(path)).status, (await cleo.who.get(path)).status]).toEqual([
      path,
      200,
      404,
    ]);
  }
  expect((await ben.who.get(`/people/${ann.username}`)).status).toBe(404);
  expect((await ben.api.post('/report', report)).status).toBe(200);
  expect((await cleo.api.post('/report', report)).status).toBe(404);
  expect((await cleo.api.post(`/people/${ann.username}/block`)).status).toBe(404);
  expect((await ben.api.post(`/people/${ann.username}/block`)).status).toBe(200);
  expect(await ben.listed()).toEqual([[expect.stringMatching(/^c_/), 'former']]);
});

test.each(['leaves', 'blocks', 'takes it back and blocks'])(
  'who says hello and %s stays among the chats of whom it reached, as nobody, and can be reported from there',
  async (how) => {
    const [ann, ben] = [await someone(), await someone()];
    await ann.hello(ben.username, 'I know where you live');
    if (how.startsWith('takes')) await ann.api.post(`/chats/${ben.username}/withdraw`);
    if (how === 'leaves') await leave(ann.who);
    else await ann.api.post(`/people/${ben.username}/block`);
    const [[id, status] = []] = await ben.listed();
    expect([await ben.listed('/requests'), status]).toEqual([[], 'former']);
    const reported = await ben.api.post('/report', {
      about: `conversation:${id}`,
      reason: 'insult',
      text: '',
      block: 'on',
    });
    expect(reported.status).toBe(200);
    const [row] = await house.stores.sql<{ evidence: object }>('SELECT "evidence" FROM "Report"');
    expect(JSON.stringify(row!.evidence)).toContain('I know where you live');
    // Whom one knows by no name any more, the list of blocked people does not name again.
    expect((await ben.api.get('/settings/blocked')).body.items).toEqual([]);
    expect((await ben.who.get('/chats')).html).not.toContain(ann.username);
  },
);

test('after the end of the account it still stands there', async () => {
  const [ann, ben] = [await someone(), await someone()];
  await ann.hello(ben.username);
  await leave(ann.who);
  await house.stores.sql('DELETE FROM "User" WHERE "username" = $1', [ann.username]);
  expect((await ben.listed()).map(([, status]) => status)).toEqual(['former']);
});

test('"Not now" holds for a hello that was taken back meanwhile', async () => {
  const [ann, ben] = [await someone(), await someone()];
  await ann.hello(ben.username);
  await ann.api.post(`/chats/${ben.username}/withdraw`);
  expect((await ben.api.post(`/chats/${ann.username}/decline`)).status).toBe(200);
  expect((await ann.hello(ben.username, 'Hallo, once more')).body.reason).toBe('closed');
  house.clock.pass(hours(24));
  const [annAgain, benAgain] = [visitor(house), visitor(house)];
  await annAgain.signIn(ann.username, 'lantern-tandem-42');
  await benAgain.signIn(ben.username, 'lantern-tandem-42');
  const said = await new ApiClient(annAgain).post(`/chats/${ben.username}`, {
    text: 'Hallo, a day later',
    clientId: randomUUID(),
  });
  expect(said.status).toBe(201);
  expect((await new ApiClient(benAgain).get('/chats/requests')).body.items).toEqual([]);
});

test('a hello that was held back and taken back stays unknown to whom it never reached', async () => {
  const [ann, ben] = [await someone(), await someone()];
  await ann.hello(ben.username);
  await house.stores.sql(`UPDATE "Conversation" SET "heldAt" = "lastAt"`);
  const ask = () => ben.api.get(`/report?about=conversation:${ann.username}`);
  expect((await ask()).status).toBe(404);
  await ann.api.post(`/chats/${ben.username}/withdraw`);
  expect((await ask()).status).toBe(404);
});

test('names that are excused tell of nobody: somebody hidden and nobody answer the same', async () => {
  const [ann, ben] = [await someone(), await someone()];
  const [there, nowhere] = ['kara_77', 'kara_78'];
  await house.stores.sql(
    `UPDATE "User" SET "username" = $2, "usernameKey" = $2, "displayName" = 'Kara_99 Lund', "visibility" = 'nobody' WHERE "username" = $1`,
    [ben.username, there],
  );
  for (const words of ['', ' Kara_99']) {
    const answers = [];
    for (const name of [there, nowhere]) {
      const { status, body } = await ann.hello(name, `hello ${name}${words} nice`);
      answers.push([status, body.reason]);
    }
    expect(answers[0]).toEqual(answers[1]);
  }
});

test('a copy names nobody whom pages do not name: a birthday looks like a block', async () => {
  const [ann, ben, cleo] = [await someone(), await someone(), await someone()];
  await ann.hello(ben.username);
  await ann.api.post(`/people/${cleo.username}/hide`);
  for (const { username } of [ben, cleo]) await setBorn(username, '2011-01-01');
  await packedFor(house, ann.who, ann.username);
  const copy = JSON.stringify(await fetchJson(ann.who));
  expect([copy.includes(ben.username), copy.includes(cleo.username)]).toEqual([false, false]);
});
