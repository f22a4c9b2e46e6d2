import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, peopleCalled, resend, typeCode, wrongCode } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('your code is wrong in a stranger’s session, and theirs in yours', async () => {
  const ann = await joining(house);
  const eve = await joining(house, { email: ann.to });
  expect((await typeCode(eve.ann, ann.code)).status).toBe(422);
  expect((await typeCode(ann.ann, eve.code)).status).toBe(422);
  expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/profile');
});

test('a code is worthless to somebody who has no pending sign-up', async () => {
  const { code } = await joining(house);
  expect((await typeCode(visitor(house), code)).redirectedTo).toBe('/sign-up');
});

test('a code for one address is worthless for another', async () => {
  const ann = await joining(house);
  const bob = await joining(house);
  expect((await typeCode(bob.ann, ann.code)).status).toBe(422);
});

test('a stranger who starts with your address does not end your run, whatever they type', async () => {
  const ann = await joining(house);
  const eve = await joining(house, { email: ann.to });
  await repeatedly(5, (n) => typeCode(eve.ann, wrongCode(eve.code, n + 1)));
  await resend(eve.ann);
  await eve.ann.post('/sign-up/cancel');
  expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/profile');
});

test('when you finish, the right code of a stranger for your address is wrong, and nothing else tells', async () => {
  const eve = await joining(house);
  const ann = await joining(house, { email: eve.to });
  expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/profile');
  const page = await typeCode(eve.ann, eve.code);
  expect(page.status).toBe(422);
  expect(page.html).toContain('4 tries left');
  await resend(eve.ann);
  expect(await house.outbox.next(eve.to)).toMatchObject({
    text: expect.not.stringMatching(/(?<!\d)\d{6}(?!\d)/),
  });
  expect(await peopleCalled(house, eve.person.username)).toBe(0);
});

test('runs for other addresses go on', async () => {
  const bob = await joining(house);
  const ann = await joining(house);
  await typeCode(ann.ann, ann.code);
  expect((await typeCode(bob.ann, bob.code)).redirectedTo).toBe('/profile');
});

test('the page of a stranger shows the address only in part', async () => {
  const { ann } = await joining(house, { email: 'charlotte.brown@mailhouse.org' });
  const page = await ann.get('/sign-up/code');
  expect(page.html).toContain('c••••••••@mailhouse.org');
  expect(page.html).not.toMatch(/charlotte|brown/);
});
