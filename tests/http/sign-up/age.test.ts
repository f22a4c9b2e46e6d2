import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, peopleCalled, typeCode } from '../../support/joining.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const tooYoung = { dateOfBirth: 'You need to be 13 or older to join ChatLink.' };
const noDate = { dateOfBirth: 'Enter a real date, as year-month-day: 1998-04-25.' };
const notBorn = { dateOfBirth: 'Enter the date you were born.' };

const bornOn = async (dateOfBirth: string) => (await visitor(house).startSignUp({ dateOfBirth })).page;

test.each([
  ['2026-06-15T00:00:00.000Z', '2013-06-15', true],
  ['2026-06-15T23:59:59.999Z', '2013-06-15', true],
  ['2026-06-15T23:59:59.999Z', '2013-06-16', false],
  ['2026-06-16T00:00:00.000Z', '2013-06-16', true],
  ['2027-02-28T23:59:59.999Z', '2014-03-01', false],
  ['2029-02-28T12:00:00.000Z', '2016-02-29', false],
  ['2029-03-01T00:00:00.000Z', '2016-02-29', true],
  ['2032-02-29T00:00:00.000Z', '2019-02-28', true],
  ['2032-02-29T00:00:00.000Z', '2019-03-01', false],
])('on %s, somebody born on %s: old enough is %s', async (today, born, welcome) => {
  house.clock.set(today);
  const page = await bornOn(born);
  if (welcome) expect(page.redirectedTo).toBe('/sign-up/code');
  else expect([page.status, faultsIn(page.html)]).toEqual([422, tooYoung]);
});

test('who was too young cannot simply type another year, neither now nor with another name', async () => {
  house.clock.set('2032-06-15T12:00:00.000Z');
  const ann = visitor(house);
  await ann.startSignUp({ dateOfBirth: '2019-06-16' });
  for (const dateOfBirth of ['1990-01-01', '1980-05-05']) {
    const { page } = await ann.startSignUp({ dateOfBirth });
    expect(page.status).toBe(422);
    expect(faultsIn(page.html).dateOfBirth).toContain('An earlier date of birth said that you are under 13');
  }
  expect((await visitor(house).startSignUp()).page.redirectedTo).toBe('/sign-up/code');
});

test.each([
  '2001-02-29',
  '1900-02-29',
  '2000-13-01',
  '2000-00-10',
  '2000-04-31',
  '00-01-01',
  '15.05.1995',
  '1995-5-15',
])('%s is no day', async (dateOfBirth) => {
  expect(faultsIn((await bornOn(dateOfBirth)).html)).toEqual(noDate);
});

test('nobody was born tomorrow or in the Middle Ages', async () => {
  house.clock.set('2032-06-15T12:00:00.000Z');
  expect(faultsIn((await bornOn('2032-06-16')).html)).toEqual(notBorn);
  expect(faultsIn((await bornOn('1432-06-16')).html)).toEqual(notBorn);
  expect(faultsIn((await bornOn('0001-01-01')).html)).toEqual(notBorn);
});

test('somebody very old is welcome', async () => {
  house.clock.set('2032-06-15T12:00:00.000Z');
  const { ann, person, code } = await joining(house, { dateOfBirth: '1912-06-15' });
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
  expect(await peopleCalled(house, person.username)).toBe(1);
});
