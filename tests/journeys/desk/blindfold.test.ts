import { expect, test } from '@jest/globals';
import { caseAbout, casePath, decide, settled, staffOf } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const report = (who: Visitor, username: string) =>
  who.post('/report', { about: `person:${username}`, reason: 'insult', text: 'Look.' });
const waiting = (html: string) => /href="\/desk"[^]*?count-dot">(\d+)/.exec(html)?.[1];

test('a moderator learns neither who reported them nor what became of their own report', async () => {
  await house.empty();
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const [mika, ann] = [await memberOf(house), await memberOf(house)];
  await report(mika.who, desk.username);
  await report(desk.who, mika.username);
  await report(mika.who, ann.username);
  const page = async ({ who }: typeof desk) => (await who.get(`/desk/people/${mika.username}`)).html;
  expect(await page(desk)).toContain('Has sent 1 report.');
  expect(await page(desk2)).toContain('Has sent 2 reports.');
  // Only the one about Ann is theirs to see.
  const count = async ({ who }: typeof desk) => waiting((await who.get('/profile')).html);
  expect([await count(desk), await count(desk2)]).toEqual(['1', '3']);
  const caseId = await caseAbout(house, await idOf(house, mika.username));
  await decide(desk2, caseId, { act: 'warn' });
  await settled(house, desk, desk2);
  expect(await page(desk2)).toContain(casePath(caseId));
  const shown = await page(desk);
  for (const words of [casePath(caseId), 'Warn']) expect(shown).not.toContain(words);
  expect(shown).toContain('No decision.');
});

test('what a visitor wrote that may mean a moderator is hidden from them, whoever it is said to be about', async () => {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const mika = await memberOf(house);
  const parent = visitor(house);
  await parent.get('/safety/report');
  await parent.post('/safety/report', {
    who: `@${mika.username}`,
    reason: 'insult',
    text: `Just like ${desk.username}, who told me not to worry.`,
    email: '',
  });
  const caseId = await caseAbout(house, await idOf(house, mika.username));
  expect((await desk.who.get(casePath(caseId))).status).toBe(404);
  expect((await desk.who.get('/desk')).html).not.toContain(casePath(caseId));
  expect((await desk2.who.get(casePath(caseId))).status).toBe(200);
});
