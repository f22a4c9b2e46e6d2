import { beforeAll, describe, expect, test } from '@jest/globals';
import { hours, later, minutes } from '../../../src/kernel/clock.ts';
import { ApiClient } from '../../support/api.ts';
import { member, rowOf, type Someone } from '../../support/deletion.ts';
import { edit } from '../../support/editing.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { differences } from '../../support/nobody.ts';
import { jpegOf } from '../../support/pictures.ts';
import { files, settled, upload } from '../../support/uploading.ts';
import { type Fields, type Page, faultsIn, textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

interface ReportRow {
  id: string;
  reporterId: string;
  personId: string;
  kind: string;
  reason: string;
  text: string;
  involvesMinor: boolean;
  evidence: {
    profile: Record<string, unknown>;
    pictures: { kind: string; alt: string; key: string }[];
  };
}

function reports(): Promise<ReportRow[]> {
  return house.stores.sql<ReportRow>('SELECT * FROM "Report" ORDER BY "at", "text"');
}

function report(who: Visitor, about: string, fields: Fields = {}): Promise<Page> {
  return who.post('/report', { about, reason: 'insult', text: '', ...fields });
}

async function copies(): Promise<string[]> {
  return (await files(house)).filter((name) => name.includes('.evidence.'));
}

let ann: Someone;
let mika: Someone;
let about: string;

describe('a person', () => {
  beforeAll(async () => {
    await house.empty();
    [ann, mika] = [await member(house), await member(house)];
    about = `person:${mika.username}`;
    await edit(mika.ann, { displayName: 'Mika M.', bio: 'Write to me elsewhere.' });
    await upload(mika.ann, 'avatar', await jpegOf(300, 300));
    await upload(mika.ann, 'photo', await jpegOf(400, 300), { alt: 'A boat' });
    const states = (await settled(house, mika.username)).map(({ state }) => state);
    if (states.some((state) => state !== 'ready')) throw new Error(`the pictures are ${states.join()}`);
  });

  test('is reported by whoever may see them: danger comes first, and what is looked at is told', async () => {
    const page = await ann.ann.get(`/report?about=${about}`);
    expect(page.status).toBe(200);
    const text = textOf(page.html.slice(page.html.indexOf('<main')));
    expect(text.indexOf('Is somebody in danger?')).toBeLessThan(text.indexOf(`Report @${mika.username}`));
    expect(text).toContain(`We look at @${mika.username}'s profile as it is now`);
    expect(text).toContain(`Also block @${mika.username}`);
    for (const reason of [
      'dating',
      'insult',
      'money',
      'impersonation',
      'under-13',
      'minor',
      'sexual',
      'violent',
      'self-harm',
      'other',
    ])
      expect(page.html).toContain(`name="reason" value="${reason}"`);
  });

  test('without a reason, or with too many words, nothing is filed and every word is kept', async () => {
    const none = await report(ann.ann, about, { reason: '', text: 'He said <b>things</b>.' });
    expect([none.status, faultsIn(none.html)]).toEqual([422, { reason: "Choose what's wrong." }]);
    expect(none.html).toContain('He said &lt;b&gt;things&lt;/b&gt;.');
    const other = await report(ann.ann, about, { reason: 'other', block: 'on' });
    expect(faultsIn(other.html)).toEqual({ text: "Tell us in a few words what's wrong." });
    expect(other.html).toMatch(/name="block" value="on"[^>]* checked/);
    const long = await report(ann.ann, about, { text: 'é'.repeat(501) });
    expect(long.status).toBe(422);
    expect(long.html).toContain('é'.repeat(501));
    expect(await reports()).toEqual([]);
  });

  test('the evidence is kept as it stood, and its pictures under keys that nobody may fetch', async () => {
    const filed = await report(ann.ann, about, { text: '👩‍👩‍👧‍👦'.repeat(500) });
    expect([filed.status, filed.redirectedTo]).toEqual([303, '/report/sent']);
    const thanks = textOf((await ann.ann.get('/report/sent')).html);
    expect(thanks).toContain(
      `Thank you. A person looks at it, usually within 24 hours. @${mika.username} isn't told. We'll tell you when it's decided.`,
    );
    expect(thanks).toContain('A person: Insults or threatens');
    await edit(mika.ann, { displayName: 'Somebody else', bio: 'Nothing to see.' });
    await mika.ann.post('/settings/avatar/remove');
    const [row] = await reports();
    expect(row).toMatchObject({
      reporterId: (await rowOf(house, ann.username))!.id,
      personId: (await rowOf(house, mika.username))!.id,
      kind: 'person',
      reason: 'insult',
      involvesMinor: false,
      evidence: {
        profile: { username: mika.username, displayName: 'Mika M.', bio: 'Write to me elsewhere.' },
        pictures: [{ kind: 'avatar' }, { kind: 'photo', alt: 'A boat' }],
      },
    });
    const kept = await files(house);
    for (const { key } of row!.evidence.pictures) {
      expect(kept).toContain(key);
      for (const who of [ann.ann, mika.ann]) expect((await who.get(`/media/${key}`)).status).toBe(404);
    }
    expect((await house.stores.sql('SELECT FROM "EvidenceFile"')).length).toBe(2);
  });

  test('the same again, fifty times at once, is one report, and no copy is left of the others', async () => {
    await house.stores.sql('DELETE FROM "Report"');
    const before = (await copies()).length;
    const ben = await member(house);
    const pages = await together(50, () => report(ben.ann, about, { text: 'Twice' }));
    expect(statuses(pages)).toEqual({ 303: 10, 429: 40 });
    expect(await reports()).toHaveLength(1);
    expect((await copies()).length).toBe(before + 1);
  });

  test('of fifty at once, by two processes, as many as an hour allows are filed; the words are kept, and one more is taken when it is over', async () => {
    const ben = await member(house);
    const before = (await reports()).length;
    const elsewhere = visitor(house);
    await elsewhere.signIn(ben.username, ben.password);
    await elsewhere.get('/settings/account');
    const pages = await withAnother(house, {}, async (other) => {
      elsewhere.at(other);
      return together(50, (n) => report(n % 2 ? elsewhere : ben.ann, about, { text: `Number ${n}` }));
    });
    expect(statuses(pages)).toEqual({ 303: 10, 429: 40 });
    expect((await reports()).length).toBe(before + 10);
    const full = await report(ben.ann, about, { text: 'One more' });
    expect([full.status, full.header('retry-after')]).toEqual([429, '3600']);
    expect(textOf(full.html)).toContain("You've sent many reports. You can send the next one in 1 hour.");
    expect(full.html).toContain('One more');
    house.clock.pass(hours(1) - 1);
    expect((await report(ben.ann, about, { text: 'One more' })).status).toBe(429);
    house.clock.pass(1);
    expect((await report(ben.ann, about, { text: 'One more' })).status).toBe(303);
  });

  test('is blocked in the same step; a second press is answered as the first, and finds nobody afterwards', async () => {
    const [ben, cleo] = [await member(house), await member(house)];
    const fields = { text: 'Enough', block: 'on' };
    expect((await report(ben.ann, `person:${cleo.username}`, fields)).redirectedTo).toBe('/report/sent');
    expect((await ben.ann.get(`/people/${cleo.username}`)).status).toBe(404);
    expect((await report(ben.ann, `person:${cleo.username}`, fields)).redirectedTo).toBe('/report/sent');
    house.clock.pass(minutes(10));
    expect((await report(ben.ann, `person:${cleo.username}`, fields)).status).toBe(404);
    expect((await reports()).filter(({ text }) => text === 'Enough')).toHaveLength(1);
  });
});

test('whom one may not see can be reported no more than nobody: the same answer', async () => {
  const [ben, hidden] = [await member(house), await member(house)];
  await edit(hidden.ann, { visibility: 'nobody' });
  for (const name of [hidden.username, ben.username]) {
    const [one, nobody] = [
      await ben.ann.get(`/report?about=person:${name}`),
      await ben.ann.get('/report?about=person:nobody_called_so'),
    ];
    expect([one.status, differences(one, nobody)]).toEqual([404, []]);
    const [sent, sentOfNobody] = [
      await report(ben.ann, `person:${name}`),
      await report(ben.ann, 'person:nobody_called_so'),
    ];
    expect([sent.status, differences(sent, sentOfNobody)]).toEqual([404, []]);
  }
  for (const strange of ['', 'person:', 'person', 'outside:mika', '__proto__:x', `person:${'a'.repeat(150)}`])
    expect((await ben.ann.get(`/report?about=${strange}`)).status).toBe(404);
});

test('a report that a minor is part of says so, by either of the two or by its reason', async () => {
  await house.stores.sql('DELETE FROM "Report"');
  const young = {
    dateOfBirth: later(house.clock.now(), -hours(24) * 365 * 14)
      .toISOString()
      .slice(0, 10),
  };
  const [one, other] = [await member(house, young), await member(house, young)];
  const [ben, cleo] = [await member(house), await member(house)];
  await report(one.ann, `person:${other.username}`, { text: 'a' });
  await report(ben.ann, `person:${cleo.username}`, { text: 'b', reason: 'under-13' });
  await report(ben.ann, `person:${cleo.username}`, { text: 'c', reason: 'money' });
  expect((await reports()).map(({ text, involvesMinor }) => [text, involvesMinor])).toEqual([
    ['a', true],
    ['b', true],
    ['c', false],
  ]);
});

test('the API looks, files and lists as the pages do', async () => {
  await house.stores.sql('DELETE FROM "Report"');
  const [ben, cleo] = [await member(house), await member(house)];
  const api = new ApiClient(ben.ann);
  const named = `person:${cleo.username}`;
  expect((await api.get(`/report?about=${named}`)).body).toEqual({
    kind: 'person',
    username: cleo.username,
    quote: null,
    messages: [],
  });
  expect((await api.get('/report?about=person:nobody_called_so')).status).toBe(404);
  expect((await api.post('/report', { about: named, reason: 'nothing' })).status).toBe(422);
  expect((await api.post('/report', { about: named, reason: 'money', text: 'He wants money.' })).status).toBe(
    200,
  );
  expect((await api.get('/report/sent')).body).toEqual({
    items: [{ kind: 'person', reason: 'money', at: house.clock.now().toISOString(), decidedAt: null }],
    next: null,
  });
  const all = await together(11, (n) => api.post('/report', { about: named, reason: 'money', text: `${n}` }));
  expect(statuses(all)).toEqual({ 200: 9, 429: 2 });
});
