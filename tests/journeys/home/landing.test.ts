import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { countsPolicy } from '../../../src/features/people/policy.ts';
import { finding } from '../../support/finding.ts';
import { openGate } from '../../support/gate.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { stores, clock } = house;

function reading(language: string): Visitor {
  const who = visitor(house);
  who.headers = { 'Accept-Language': language };
  return who;
}

async function peopleMoveIn(count: number, name: string): Promise<void> {
  const nodes = { stores, clock, of: () => () => null as never, nodes: [] as never };
  await finding(nodes).join(
    Array.from({ length: count }, (_, n) => ({ username: `${name}${n}`, native: ['es'], learning: ['en'] })),
  );
}

test('a form leads to /sign-up with both languages, by GET and without a session', async () => {
  const ann = reading('de-AT, en;q=0.5');
  const { html } = await ann.get('/');
  const [form = ''] = /<form class="find"[^]*?<\/form>/.exec(html) ?? [];
  expect(form).toContain('<form class="find" action="/sign-up" method="get">');
  expect([...form.matchAll(/<select id="(\w+)" name="(\w+)"/g)].map(([, id, name]) => [id, name])).toEqual([
    ['speak', 'speak'],
    ['learn', 'learn'],
  ]);
  // In the visitor's language, and what they read is what they speak, most likely.
  expect(form).toContain('<select id="speak" name="speak" lang="de"');
  expect(form).toContain('Spanisch · español');
  expect([...form.matchAll(/value="(\w+)" selected/g)].map(([, code]) => code)).toEqual(['de']);
  expect(ann.cookies.size).toBe(0);
  const joining = await ann.get('/sign-up?speak=de&learn=es');
  expect([joining.status, joining.html.includes('Please enter it again')]).toEqual([200, false]);
});

test.each([
  ['*', []],
  ['xx, en', []],
  ['fil', ['tl']],
  ['zh-Hant-TW', ['zh']],
])('who reads %s is taken to speak %j', async (language, codes) => {
  const { html } = await reading(language).get('/');
  const [form = ''] = /<form class="find"[^]*?<\/form>/.exec(html) ?? [];
  expect([...form.matchAll(/value="(\w+)" selected/g)].map(([, code]) => code)).toEqual(codes);
});

test('each greeting leads to the form of those who learn its language', async () => {
  const { html } = await reading('en').get('/');
  const greetings = [...html.matchAll(/<a href="\/sign-up\?learn=(\w+)"><bdi lang="(\w+)">([^]*?)<\/a>/g)];
  expect(greetings.length).toBeGreaterThan(12);
  for (const [, learn, lang] of greetings) expect(learn).toBe(lang);
  const japanese = greetings.find(([, code]) => code === 'ja')!;
  expect(textOf(japanese[3]!)).toBe('こんにちは Learn Japanese');
});

test('it promises nothing that is not there, says what it costs and who runs it, and signs in above only', async () => {
  const { html } = await reading('en').get('/');
  const [main = ''] = /<main[^]*<\/main>/.exec(html) ?? [];
  const text = textOf(main);
  expect(text).not.toMatch(/\bcalls?\b|moments?|soon|coming/i);
  expect(text).toContain('Free. Only you see your email or number.');
  expect(text).toContain(`${house.config.operator.name} runs ChatLink.`);
  expect(main).not.toContain('href="/login"');
  expect(html).toContain('href="/login"');
  expect(main).not.toMatch(/<script|<style| style=/);
  expect(main.match(/class="message (mine|theirs)"/g)).toHaveLength(2);
});

test('it counts from twenty people on, again after a minute', async () => {
  const told = async () => /New and small\. [^<]*/.exec((await reading('en').get('/')).html)?.[0] ?? null;
  await peopleMoveIn(countsPolicy.fewest - 1, 'ann');
  clock.pass(minutes(1));
  expect(await told()).toBeNull();
  await peopleMoveIn(1, 'ben');
  clock.pass(minutes(1) - 1);
  expect(await told()).toBeNull();
  clock.pass(1);
  expect(await told()).toBe('New and small. 20 people, 1 language.');
  expect(textOf((await reading('en').get('/')).html)).toContain('English and Spanish: 20 people');
});

test.each(['cut', 'hold'] as const)(
  'with Postgres away (%s) it answers at once, without counts',
  async (way) => {
    const gate = await openGate(stores.databaseUrl);
    try {
      await withAnother(house, { env: { DATABASE_URL: gate.url } }, async (other) => {
        gate[way]();
        const began = performance.now();
        const page = await visitor(other).get('/');
        expect([page.status, page.html.includes('New and small')]).toEqual([200, false]);
        expect(performance.now() - began).toBeLessThan(5_000);

        gate.open();
        clock.pass(minutes(1));
        await expect(countedBy(() => visitor(other).get('/'))).resolves.toBe(true);
        // What was counted last is told until it can be counted again.
        gate[way]();
        clock.pass(minutes(1));
        expect((await visitor(other).get('/')).html).toContain('New and small');
        gate.open();
      });
    } finally {
      await gate.close();
    }
  },
);

/** The pool comes back by itself, which takes a moment. */
async function countedBy(get: () => Promise<{ html: string }>): Promise<boolean> {
  for (let n = 0; n < 100; n++) {
    if ((await get()).html.includes('New and small')) return true;
    clock.pass(minutes(1));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
