import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { member, rowOf } from '../../support/deletion.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { differences } from '../../support/nobody.ts';
import { type Fields, type Page, faultsIn, textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);
const abuse = house.config.operator.abuseEmail;

function report(who: Visitor, fields: Fields): Promise<Page> {
  return who.post('/safety/report', {
    reason: 'insult',
    text: 'He wrote to my daughter.',
    email: '',
    ...fields,
  });
}

async function parent(): Promise<Visitor> {
  const who = visitor(house);
  await who.get('/safety/report');
  return who;
}

test('a parent without an account reports somebody, and whoever runs the site gets a copy', async () => {
  const mika = await member(house);
  const anna = await parent();
  const page = await report(anna, {
    who: `http://chatlink.test/people/${mika.username}?x=1`,
    email: 'Anna@Example.com',
  });
  expect(page.redirectedTo).toBe('/safety/report');
  expect(textOf((await anna.get('/safety/report')).html)).toContain(
    'Thank you. A person looks at it, usually within 24 hours.',
  );
  const mail = await house.outbox.next(abuse);
  for (const part of [mika.username, 'He wrote to my daughter.', 'Anna@example.com', 'Insults or threatens'])
    expect(mail.text).toContain(part);
  const [row] = await sql<Record<string, unknown>>('SELECT * FROM "Report"');
  expect(row).toMatchObject({
    reporterId: null,
    personId: (await rowOf(house, mika.username))!.id,
    evidence: { profile: { username: mika.username } },
  });
});

test('the answer is the same, whether there is such a person or not', async () => {
  const mika = await member(house);
  const pages: Page[] = [];
  for (const who of [mika.username, 'nobody_called_so']) {
    const anna = await parent();
    const sent = await report(anna, { who });
    pages.push(sent, await anna.get('/safety/report'));
  }
  expect(differences(pages[0]!, pages[2]!)).toEqual([]);
  expect(differences(pages[1]!, pages[3]!)).toEqual([]);
  await eventually(
    async () => (await sql('SELECT FROM "Report" WHERE "evidence" IS NULL')).length === 0,
    'the evidence',
  );
});

test('mistakes keep every word', async () => {
  const anna = await parent();
  const page = await report(anna, { who: ' ', reason: '', text: '', email: 'anna@' });
  expect([page.status, faultsIn(page.html)]).toEqual([
    422,
    {
      who: "Tell us who it's about.",
      reason: "Choose what's wrong.",
      text: 'Tell us what happened.',
      email: 'Enter an email address, such as anna@example.com, or leave it empty.',
    },
  ]);
  expect(page.html).toContain('value="anna@"');
});

test('of fifty at once from one network five are taken in an hour; the others keep their words', async () => {
  const anna = await parent();
  const pages = await together(50, (n) => report(anna, { who: '@mika', text: `Number ${n}` }));
  expect(statuses(pages)).toEqual({ 303: 5, 429: 45 });
  const full = await report(anna, { who: '@mika', text: 'One more' });
  expect([full.status, full.header('retry-after'), full.html.includes('One more')]).toEqual([
    429,
    '3600',
    true,
  ]);
  house.clock.pass(hours(1) - 1);
  await anna.get('/safety/report');
  expect((await report(anna, { who: '@mika', text: 'One more' })).status).toBe(429);
  house.clock.pass(1);
  expect((await report(anna, { who: '@mika', text: 'One more' })).status).toBe(303);
});

test('without the token of our form nothing is taken', async () => {
  const anna = await parent();
  const page = await anna.post('/safety/report', {
    _csrf: 'wrong',
    who: '@mika',
    reason: 'money',
    text: 'x',
    email: '',
  });
  expect([page.status, page.html.includes('value="@mika"')]).toEqual([403, true]);
});
