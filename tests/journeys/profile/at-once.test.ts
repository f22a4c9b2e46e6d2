import { expect, test } from '@jest/globals';
import { repeatedly, tally, together } from '../../support/many.ts';
import { heardHouse } from '../../support/statements.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

/** Pages of many people at one moment are read together; each may get only what is theirs. */
const { house, statements } = await heardHouse();

async function joined() {
  const client = visitor(house);
  const { username } = await client.signUp();
  await client.get('/profile');
  return { client, username };
}
type Joined = Awaited<ReturnType<typeof joined>>;
const people = await repeatedly(10, joined);
function one(n: number): Joined {
  return people[n % people.length]!;
}

/** Whose page it is, by the only username on it. */
function whose(html: string): string {
  return /<title>([\w.]+) · ChatLink/.exec(html)?.[1] ?? '';
}
function ownName(html: string): string {
  return /@?(\w+)<\/bdi>/.exec(html)?.[1] ?? html;
}
function bare(html: string): string {
  return html.replaceAll(/name="_csrf" value="[^"]+"/g, '');
}

const alone = new Map<Visitor, string>();
for (const { client } of people) alone.set(client, bare((await client.get('/profile')).html));

test('fifty profiles at once: each is what its own person sees alone', async () => {
  for (let round = 0; round < 3; round++) {
    const pages = await together(50, (n) => one(n).client.get('/profile'));
    expect(tally(pages.map(({ status }) => status))).toEqual({ 200: 50 });
    pages.forEach(({ html }, n) => {
      expect(ownName(html)).toBe(one(n).username);
      expect(bare(html)).toBe(alone.get(one(n).client));
    });
  }
});

test('fifty looks at one another at once: each gets who was asked for', async () => {
  const pages = await together(50, (n) => one(n).client.get(`/people/${one(n * 3 + 1).username}`));
  expect(pages.map(({ html }) => whose(html))).toEqual(pages.map((_, n) => one(n * 3 + 1).username));
});

test('they take fewer statements than there are pages', async () => {
  const rounds = 10;
  const heard = await statements.during(async () => {
    for (let round = 0; round < rounds; round++) await together(50, (n) => one(n).client.get('/profile'));
  });
  // Beside what waits for each, which the header counts.
  const profiles = heard.filter((statement) => statement.includes('AS "profiles"'));
  expect(profiles.length).toBeGreaterThanOrEqual(rounds * Math.ceil(50 / 16));
  // How many arrive in one turn depends on the machine: in some rounds none, in all of them together many.
  expect(profiles.length).toBeLessThan(rounds * 50);
});

test('a visitor, a session that has ended and a changed password among them: theirs alone leads to the sign-in page', async () => {
  const [gone, changed] = await repeatedly(2, joined);
  await house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = $1', [gone!.username]);
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "usernameKey" = $1',
    [changed!.username],
  );
  const odd = [gone!.client, visitor(house), changed!.client];
  const pages = await together(48, (n) => (n < 3 ? odd[n]! : one(n).client).get('/profile'));
  expect(pages.map(({ status }) => status)).toEqual(pages.map((_, n) => (n < 3 ? 303 : 200)));
  pages.slice(3).forEach(({ html }, n) => expect(ownName(html)).toBe(one(n + 3).username));
});

test('a session that cannot be read is one fault, not everybody’s', async () => {
  const broken = await joined();
  const [, sid] = /^s%3A([\w-]+)\./.exec(broken.client.sessionCookie ?? '') ?? [];
  await house.stores.redis.set(`sess:${sid}`, '{"cut off');
  const pages = await together(50, (n) => (n === 25 ? broken : one(n)).client.get('/profile'));
  expect(tally(pages.map(({ status }) => status))).toEqual({ 200: 49, 500: 1 });
  expect(pages[25]!.status).toBe(500);
});
