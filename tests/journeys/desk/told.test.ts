import { describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { decide, say, type Staff, staffOf } from '../../support/desk.ts';
import { right } from '../../support/devices.ts';
import { type Member, memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { type Page, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const day = 86_400_000;

/** By hand: nobody finds whoever is kept out already. */
async function reportOf({ username }: Member, reason = 'insult'): Promise<string> {
  house.clock.pass(1000);
  const id = await idOf(house, username);
  const [row] = await house.stores.sql<{ caseId: string }>(
    `INSERT INTO "Report" ("id", "reporterId", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at")
     VALUES (gen_random_uuid(), gen_random_uuid(), 'person', $1, $2, $3, $4::"ReportReason", '', FALSE, $5) RETURNING "caseId"`,
    [`person:${username}`, `person:${id}`, id, reason, house.clock.now()],
  );
  return row!.caseId;
}

/** In a browser of their own, on the page that says why. */
async function barred({ username }: Member) {
  const who = visitor(house);
  expect((await who.signIn(username, right)).redirectedTo).toBe('/suspended');
  return who;
}

async function mailAbout({ username }: Member, subject: string): Promise<string> {
  const sent = () =>
    house.outbox.to(`${username}@example.com`).find((mail) => mail.subject?.includes(subject));
  return (await eventually(sent, `an email "${subject}"`)).text;
}

describe('the email about a deletion', () => {
  async function deleted(decided: (desk: Staff, desk2: Staff, caseId: string) => Promise<unknown>) {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house);
    await decided(desk, desk2, await reportOf(mika));
    const who = await barred(mika);
    await who.post('/suspended/delete', { messages: 'erase', currentPassword: right });
    const text = await mailAbout(mika, 'scheduled for deletion');
    expect(text).not.toContain('just as it was');
    return { mika, who, text };
  }

  test('says to whoever is banned that signing in keeps nothing', async () => {
    const { text } = await deleted(async (desk, desk2, caseId) => {
      await decide(desk, caseId, { act: 'ban' });
      await say(desk2, caseId, 'confirm', 'yes');
    });
    expect(text).toContain("signing in doesn't stop this");
  });

  test('names the end of a suspension that ends before, and then signing in keeps the account', async () => {
    const { text, mika } = await deleted((desk, _, caseId) =>
      decide(desk, caseId, { act: 'suspend', days: '2' }),
    );
    expect(text).toContain('Sign in after that');
    house.clock.pass(2 * day);
    const again = visitor(house);
    expect((await again.signIn(mika.username, right)).redirectedTo).toBe('/people');
    expect((await again.get('/profile')).html).not.toContain('scheduled');
  });

  test('names no end of one that lasts longer', async () => {
    const { text } = await deleted((desk, _, caseId) => decide(desk, caseId, { act: 'suspend', days: '30' }));
    expect(text).toContain("signing in doesn't stop this");
    expect(text).not.toContain('Sign in after that');
  });
});

test('the email about an appeal says which decision it was, and that another still holds', async () => {
  const desk = await staffOf(house);
  const mika = await memberOf(house);
  const first = await reportOf(mika);
  await decide(desk, first, { act: 'suspend', days: '30', fact: 'You shouted at somebody.' });
  const decidedOn = house.clock.now();
  house.clock.pass(3 * day);
  const second = await reportOf(mika, 'money');
  expect(second).not.toBe(first);
  await clean(house);
  const [{ id: decision }] = (await house.stores.sql<{ id: string }>(
    'SELECT "id" FROM "DeskDecision" WHERE "caseId" = $1',
    [first],
  )) as [{ id: string }];
  await (await barred(mika)).post('/appeal', { decision, text: 'We were joking.' });
  const third = await staffOf(house);
  await decide(third, second, { act: 'ban', reason: 'money', fact: 'You sold watches.' });
  const fourth = await staffOf(house);
  await say(fourth, second, 'confirm', 'yes');
  await say(await staffOf(house), first, 'answer', 'no');
  house.clock.pass(11 * 60_000);
  await clean(house);
  const text = await mailAbout(mika, 'taken a decision back');
  for (const part of [
    'This is what we had decided: Your account is suspended.',
    'You shouted at somebody.',
    `of ${decidedOn.getUTCDate()} `,
    'Another decision about you still holds. Your account is banned.',
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('watches');
});

test('one that is turned down says which, too, and of nothing else', async () => {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const mika = await memberOf(house);
  const caseId = await reportOf(mika);
  await decide(desk, caseId, { act: 'ban' });
  await say(desk2, caseId, 'confirm', 'yes');
  const who = await barred(mika);
  const decision = /name="decision" value="([^"]+)"/.exec((await who.get('/appeal')).html)![1]!;
  await who.post('/appeal', { decision, text: 'We were joking.' });
  await say(await staffOf(house), caseId, 'answer', 'yes');
  house.clock.pass(11 * 60_000);
  await clean(house);
  const text = await mailAbout(mika, 'our decision stays');
  expect(text).toContain('This is what we had decided: Your account is banned.');
  expect(text).toContain('You insulted somebody.');
  expect(text).not.toContain('Another decision');
});

describe('the pages of whoever is kept out', () => {
  const headerOf = ({ html }: Page) => /<header class="site-header">[\s\S]*?<\/header>/.exec(html)![0];

  async function suspended(dateOfBirth: string) {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house, { dateOfBirth });
    const caseId = await reportOf(mika);
    await decide(desk, caseId, { act: 'suspend', days: '30' });
    const young = (await barred(mika).then((who) => who.get('/suspended'))).html;
    if (young.includes('second person')) await say(desk2, caseId, 'confirm', 'yes');
    return { mika, who: await barred(mika) };
  }

  test('speak in sentences, and tell young people whom to ask', async () => {
    const { who } = await suspended('2011-06-01');
    const { who: grown } = await suspended('1990-06-01');
    for (const path of ['/suspended', '/appeal']) {
      const page = await who.get(path);
      const text = textOf(page.html);
      expect(text).toContain('This decision holds.');
      expect(text).toContain('parent or another adult');
      expect(page.html).toContain('href="/safety"');
      expect((await grown.get(path)).html).not.toContain('parent or another adult');
    }
  });

  test('offer in their header to sign out, and not to sign in or join', async () => {
    const { who } = await suspended('1990-06-01');
    for (const path of ['/suspended', '/appeal']) {
      const header = headerOf(await who.get(path));
      expect(header).not.toMatch(/href="\/(?:login|sign-up)"/);
      expect(header).toContain('action="/logout"');
    }
    await who.post('/logout');
    expect(headerOf(await who.get('/login'))).toContain('href="/sign-up"');
  });

  test('stay as they are for a form that was left open, and let nobody appeal after the end', async () => {
    const { who, mika } = await suspended('1990-06-01');
    const until = ({ html }: Page) => /You can appeal until (.*?)\.<\/p>/.exec(html)![1];
    const ends = ({ html }: Page) => /deleted for good on (.*?)\.<\/strong>/.exec(html)![1];
    const before = until(await who.get('/suspended'));
    await who.post('/suspended/delete', { messages: 'erase', currentPassword: right });
    const again = await barred(mika);
    const stale = await again.post('/suspended/delete', { messages: 'erase', currentPassword: right });
    expect(stale.redirectedTo).toBe('/suspended');
    const page = await again.get('/suspended');
    expect(page.status).toBe(200);
    expect(until(page)).not.toBe(before);
    expect(until(page)).toBe(ends(page));
  });
});
