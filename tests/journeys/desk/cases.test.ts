import { describe, expect, test } from '@jest/globals';
import { caseAbout, casePath, confirmed, decide, say, staffOf } from '../../support/desk.ts';
import { give } from '../../support/given-pictures.ts';
import { memberOf, sayHello } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';
import { conversationIdOf, idOf, opaque } from '../../support/relations.ts';

const house = await houseOfThisFile();
const minor = { dateOfBirth: '2010-03-01' };

/** Somebody who was reported by so many. */
async function reported(reporters = 1, changes = {}, reason = 'insult') {
  const mika = await memberOf(house, changes);
  const id = await idOf(house, mika.username);
  const by = [];
  for (let n = 0; n < reporters; n++) {
    const ann = await memberOf(house, changes);
    await ann.who.post('/report', { about: `person:${mika.username}`, reason, text: `No ${n}` });
    by.push(ann);
  }
  return { mika, id, by, caseId: await caseAbout(house, id) };
}

function order(html: string): string[] {
  return [...html.matchAll(/href="\/desk\/cases\/([0-9a-f-]{36})"/g)].map(([, id]) => id!);
}

describe('the queue', () => {
  test('has minors and who may hurt themselves first, then what three reported, then the oldest; one case for all reports of one', async () => {
    const staff = await staffOf(house);
    const old = await reported();
    house.clock.pass(60_000);
    const many = await reported(3);
    house.clock.pass(60_000);
    const two = await reported(2);
    house.clock.pass(60_000);
    const hurt = await reported(1, {}, 'self-harm');
    house.clock.pass(60_000);
    const young = await reported(1, minor);
    const { html } = await staff.who.get('/desk');
    expect(order(html)).toEqual([hurt, young, many, old, two].map(({ caseId }) => caseId));
    expect(html).toContain('3 people');
    expect(html).toContain('Somebody may hurt themselves');
    const taken = await staff.who.post('/desk/next', {});
    expect(taken.redirectedTo).toBe(casePath(hurt.caseId));
    expect(order((await staff.who.get('/desk?show=mine')).html)).toEqual([hurt.caseId]);
    const danger = [hurt, young, many].map(({ caseId }) => caseId);
    expect(order((await staff.who.get('/desk?show=danger')).html)).toEqual(danger);
    expect((await staff.who.post('/desk/next', {})).redirectedTo).toBe(casePath(hurt.caseId));
  });

  test('gives a moderator five cases at once, and says so', async () => {
    await house.empty();
    const staff = await staffOf(house);
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push((await reported()).caseId);
    for (const id of ids) {
      expect((await staff.who.get('/desk')).html).toContain(`${casePath(id)}/take`);
      await staff.who.post(`${casePath(id)}/take`, {});
      if (id === ids[4]) break;
    }
    const { html } = await staff.who.get('/desk');
    expect(html).toContain('You look at 5 cases already.');
    expect(html).not.toContain('/take"');
    await staff.who.post(`${casePath(ids[5]!)}/take`, {});
    expect(new Set(order((await staff.who.get('/desk?show=mine')).html))).toEqual(new Set(ids.slice(0, 5)));
  });

  test('gives one case to one moderator, for twenty minutes', async () => {
    await house.empty();
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { caseId } = await reported();
    const [one, other] = await Promise.all([
      desk.who.post('/desk/next', {}),
      desk2.who.post('/desk/next', {}),
    ]);
    expect(new Set([one.redirectedTo, other.redirectedTo])).toEqual(new Set(['/desk', casePath(caseId)]));
    const late = one.redirectedTo === '/desk' ? desk : desk2;
    house.clock.pass(19 * 60_000 + 59_999);
    await confirmed(late);
    expect((await late.who.post(`${casePath(caseId)}/take`, {})).redirectedTo).toBe(casePath(caseId));
    expect((await late.who.get(casePath(caseId))).html).not.toContain('name="version"');
    house.clock.pass(1);
    await late.who.post(`${casePath(caseId)}/take`, {});
    expect((await late.who.get(casePath(caseId))).html).toContain('name="version"');
  });
});

describe('a case', () => {
  test('shows what was frozen, and no picture before it is asked for', async () => {
    const staff = await staffOf(house);
    const mika = await memberOf(house);
    const id = await idOf(house, mika.username);
    await give(house, id);
    const ann = await memberOf(house);
    await ann.who.post('/report', {
      about: `person:${mika.username}`,
      reason: 'sexual',
      text: 'That picture.',
    });
    const caseId = await caseAbout(house, id);
    const before = await staff.who.get(casePath(caseId));
    expect(before.html).toContain('That picture.');
    expect(before.html).toContain(`@${ann.username}`.slice(1));
    expect(before.html).not.toMatch(/<img[^>]+pictures/);
    const show = /href="(\/desk\/cases\/[^"]+\?picture=[^"#]+)#/.exec(before.html)![1]!;
    const shown = await staff.who.get(show.replaceAll('&amp;', '&'));
    const src = /src="(\/desk\/cases\/[^"]+\/pictures\/[^"]+)"/.exec(shown.html)![1]!;
    expect(shown.html).toContain('desk-picture-grey');
    const picture = await staff.who.get(src);
    expect([picture.status, picture.header('content-type')]).toEqual([200, 'image/webp']);
    expect(picture.header('cache-control')).toContain('no-store');
    expect((await ann.who.get(src)).status).toBe(404);

    await staff.who.post(`${casePath(caseId)}/take`, {});
    await staff.who.post(`${casePath(caseId)}/seal`, {});
    expect((await staff.who.get(src)).status).toBe(404);
    const sealed = await staff.who.get(show.replaceAll('&amp;', '&'));
    expect(sealed.html).not.toMatch(/<img[^>]+pictures/);
    const looks = await house.stores.sql<{ act: string }>(
      'SELECT "act" FROM "DeskAudit" WHERE "caseId" = $1 AND "staffId" = $2 ORDER BY "act"',
      [caseId, staff.id],
    );
    expect(new Set(looks.map(({ act }) => act))).toEqual(
      new Set(['look-case', 'look-picture', 'seal', 'take']),
    );
  });

  test('about a moderator is decided by nobody, and the moderator finds none', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house, 'admin')];
    const ann = await memberOf(house);
    await ann.who.post('/report', { about: `person:${desk.username}`, reason: 'insult', text: '' });
    const caseId = await caseAbout(house, desk.id);
    expect((await desk.who.get(casePath(caseId))).status).toBe(404);
    expect(order((await desk.who.get('/desk')).html)).not.toContain(caseId);
    const seen = await desk2.who.get(casePath(caseId));
    expect(seen.html).toContain('works at the desk');
    await desk2.who.post(`${casePath(caseId)}/take`, {});
    expect((await desk2.who.get(casePath(caseId))).html).not.toContain('name="version"');
    expect((await desk.who.get(`/desk/people/${desk.username}`)).status).toBe(404);
  });

  test('that a moderator reported is somebody else’s to decide', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house);
    await desk.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
    const caseId = await caseAbout(house, await idOf(house, mika.username));
    expect((await desk.who.post(`${casePath(caseId)}/take`, {})).status).toBe(404);
    expect((await desk.who.get(casePath(caseId))).status).toBe(404);
    expect((await decide(desk2, caseId, { act: 'dismiss', fact: '' })).redirectedTo).toBe('/desk');
  });

  test('says what is wrong with a decision, and keeps the words', async () => {
    const staff = await staffOf(house);
    const { caseId } = await reported();
    const page = await decide(staff, caseId, { act: 'suspend', days: '0', fact: 'You shouted.' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('You shouted.');
    expect((await decide(staff, caseId, { act: 'suspend', days: '366' })).status).toBe(422);
    expect((await decide(staff, caseId, { act: 'warn', fact: '' })).status).toBe(422);
    expect((await decide(staff, caseId, { act: 'age', dateOfBirth: '2010-02-30' })).status).toBe(422);
    expect(await house.stores.sql('SELECT FROM "DeskDecision" WHERE "caseId" = $1', [caseId])).toEqual([]);
  });
});

describe('what is removed', () => {
  test('of a profile is gone for everybody, and comes back with an answered appeal', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, id, by, caseId } = await reported();
    await house.stores.sql(`UPDATE "User" SET "bio" = 'Call me', "displayName" = 'Mika M.' WHERE "id" = $1`, [
      id,
    ]);
    const { keys } = await give(house, id);
    await decide(desk, caseId, { act: 'remove' });
    const page = await by[0]!.who.get(`/people/${mika.username}`);
    expect(page.html).not.toContain('Call me');
    expect((await by[0]!.who.get(`/media/${keys[0]}`)).status).toBe(404);
    const own = await mika.who.get('/appeal');
    expect(own.html).toContain('You insulted somebody.');
    const decision = /name="decision" value="([^"]+)"/.exec(own.html)![1]!;
    await mika.who.post('/appeal', { decision, text: 'It was my shop.' });
    expect((await say(desk, caseId, 'answer', 'no')).status).toBe(409);
    await say(desk2, caseId, 'answer', 'no');
    const back = await by[0]!.who.get(`/people/${mika.username}`);
    expect(back.html).toContain('Call me');
    expect((await by[0]!.who.get(`/media/${keys[0]}`)).status).toBe(200);
  });

  test('of a conversation are the words of whoever was reported', async () => {
    const staff = await staffOf(house);
    const [ann, mika] = [await memberOf(house), await memberOf(house)];
    await sayHello(mika, ann.username, 'Buy my course');
    const [annId, mikaId] = [await idOf(house, ann.username), await idOf(house, mika.username)];
    const talk = opaque(await conversationIdOf(house, annId, mikaId));
    await ann.who.post(`/chats/${mika.username}/accept`, {});
    await ann.who.post('/report', { about: `message:${talk}:1`, reason: 'money', text: '' });
    const caseId = await caseAbout(house, mikaId);
    await decide(staff, caseId, { act: 'remove' });
    expect((await ann.who.get(`/chats/${mika.username}`)).html).not.toContain('Buy my course');
    expect((await mika.who.get(`/chats/${ann.username}`)).html).not.toContain('Buy my course');
    await staff.who.post(`${casePath(caseId)}/undo`, {});
    expect((await ann.who.get(`/chats/${mika.username}`)).html).toContain('Buy my course');
  });
});

test('whoever may only answer says no first hello for seven days, and still answers', async () => {
  const staff = await staffOf(house);
  const { mika, caseId } = await reported();
  const [ann, eve] = [await memberOf(house), await memberOf(house)];
  await sayHello(ann, mika.username, 'Hola!');
  await decide(staff, caseId, { act: 'limit' });
  const refused = await sayHello(mika, eve.username, 'Hi');
  expect(refused.status).toBe(429);
  expect(refused.html).toContain('say hello to new ones');
  expect(faultsIn((await sayHello(mika, ann.username, 'Hi!')).html)).toEqual({});
  house.clock.pass(7 * 86_400_000 - 1);
  const later = { ...mika, who: visitor(house) };
  await later.who.signIn(mika.username, 'lantern-tandem-42');
  expect((await sayHello(later, eve.username, 'Hi')).status).toBe(429);
  house.clock.pass(1);
  expect((await sayHello(later, eve.username, 'Hi')).redirectedTo).toBe(`/chats/${eve.username}#latest`);
});

test('after five hard ones in a row a moderator is asked to take a break', async () => {
  const staff = await staffOf(house);
  const texts: string[] = [];
  for (let n = 0; n < 5; n++) {
    const { caseId } = await reported();
    await decide(staff, caseId, { act: 'warn', reason: 'sexual' });
    texts.push((await staff.who.get('/desk')).html);
  }
  expect(texts.map((html) => html.includes('take a break?'))).toEqual([false, false, false, false, true]);
});

test('contacts are hidden until a moderator says why, which is written down', async () => {
  const staff = await staffOf(house);
  const { mika, id } = await reported();
  const path = `/desk/people/${mika.username}`;
  const email = `${mika.username}@example.com`;
  expect((await staff.who.get(path)).html).not.toContain(email);
  expect((await staff.who.post(`${path}/contact`, {})).status).toBe(422);
  expect((await staff.who.post(`${path}/contact`, { why: 'danger' })).html).toContain(email);
  const acts = await house.stores.sql<{ act: string }>(
    'SELECT "act" FROM "DeskAudit" WHERE "personId" = $1 AND "staffId" = $2',
    [id, staff.id],
  );
  expect(acts.map(({ act }) => act)).toContain('contact-danger');
});

describe('contacts', () => {
  const why = { why: 'danger' };
  const contactOf = ({ username }: { username: string }) => `/desk/people/${username}/contact`;
  const looksOf = async (staffId: string) =>
    (
      await house.stores.sql(`SELECT FROM "DeskAudit" WHERE "staffId" = $1 AND "act" = 'contact-danger'`, [
        staffId,
      ])
    ).length;

  test('are shown to a moderator ten times an hour', async () => {
    const [staff, mika] = [await staffOf(house), await memberOf(house)];
    const email = `${mika.username}@example.com`;
    const look = () => staff.who.post(contactOf(mika), why);
    for (let n = 0; n < 10; n++) expect((await look()).html).toContain(email);
    const refused = await look();
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect(refused.html).toContain('looked at too many contacts');
    expect(refused.html).not.toContain(email);
    expect(await looksOf(staff.id)).toBe(10);
    house.clock.pass(3_599_999);
    await confirmed(staff);
    expect((await look()).status).toBe(429);
    house.clock.pass(1);
    expect((await look()).html).toContain(email);
  });

  test('are shown ten times where fifty are asked for at once', async () => {
    const [staff, mika] = [await staffOf(house), await memberOf(house)];
    const pages = await Promise.all(Array.from({ length: 50 }, () => staff.who.post(contactOf(mika), why)));
    const of = (status: number) => pages.filter((page) => page.status === status).length;
    expect([of(200), of(429)]).toEqual([10, 40]);
    expect(await looksOf(staff.id)).toBe(10);
  });

  test('of whoever works at the desk are shown to nobody', async () => {
    const [staff, other] = [await staffOf(house, 'admin'), await staffOf(house)];
    const page = await staff.who.post(contactOf(other), why);
    expect(page.status).toBe(403);
    expect(page.html).toContain('They work at the desk');
    expect(page.html).not.toContain(`${other.username}@example.com`);
    expect((await staff.who.get(`/desk/people/${other.username}`)).html).not.toContain('name="why"');
    expect(await looksOf(staff.id)).toBe(0);
  });
});
