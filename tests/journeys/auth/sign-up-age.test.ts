import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, peopleCalled, typeCode } from '../../support/joining.ts';
import { together } from '../../support/many.ts';
import { type Fields, type Page, type Visitor, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('age', () => {
  beforeAll(() => house.empty());

  const noDate = { dateOfBirth: "That date doesn't exist. Please check it." };
  const notBorn = { dateOfBirth: 'Your date of birth must be in the past.' };
  const tooOld = {
    dateOfBirth: 'This date would make you older than anyone has ever been. Please check the year.',
  };

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
    else {
      expect(page.status).toBe(422);
      expect(page.html).toContain('You need to be 13 or older to join ChatLink');
    }
  });

  test('who was too young cannot simply type another year, neither now nor with another name', async () => {
    house.clock.set('2032-06-15T12:00:00.000Z');
    const ann = visitor(house);
    await ann.startSignUp({ dateOfBirth: '2019-06-16' });
    for (const dateOfBirth of ['1990-01-01', '1980-05-05']) {
      const { page } = await ann.startSignUp({ dateOfBirth });
      expect(page.status).toBe(422);
      expect(page.html).toContain('You can try again in this browser from');
    }
    expect((await visitor(house).startSignUp()).page.redirectedTo).toBe('/sign-up/code');
  });

  test('a sign-up that was begun before ends with it: its code opens nothing', async () => {
    house.clock.set('2032-06-15T12:00:00.000Z');
    const { ann, code } = await joining(house);
    await ann.startSignUp({ dateOfBirth: '2022-06-16' });
    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
    expect((await ann.get('/profile')).redirectedTo).toMatch(/^\/login/);
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
    expect(faultsIn((await bornOn('1432-06-16')).html)).toEqual(tooOld);
    expect(faultsIn((await bornOn('0001-01-01')).html)).toEqual(tooOld);
  });

  test('a slip is told beside all other mistakes', async () => {
    house.clock.set('2032-06-15T12:00:00.000Z');
    const { page } = await visitor(house).startSignUp({
      dateOfBirth: '2032-06-16',
      username: '',
      country: '',
    });
    expect(faultsIn(page.html)).toEqual({
      ...notBorn,
      username: 'Choose a username.',
      country: 'Choose your country.',
    });
  });

  test('who is too young is so whatever else is wrong with the form', async () => {
    house.clock.set('2032-06-15T12:00:00.000Z');
    const ann = visitor(house);
    for (const form of [{ dateOfBirth: '2022-06-16', username: '' }, {}]) {
      const { page } = await ann.startSignUp(form);
      expect(page.status).toBe(422);
      expect(textOf(page.html)).toContain('You can try again in this browser from');
    }
  });

  test('somebody very old is welcome', async () => {
    house.clock.set('2032-06-15T12:00:00.000Z');
    const { ann, person, code } = await joining(house, { dateOfBirth: '1912-06-15' });
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
    expect(await peopleCalled(house, person.username)).toBe(1);
  });
});

describe('age', () => {
  beforeAll(() => house.empty());

  const noon = '2032-06-15T12:00:00.000Z';
  const start = async (who: Visitor, dateOfBirth: string): Promise<Page> =>
    (await who.startSignUp({ dateOfBirth })).page;
  const isLocked = (page: Page): boolean =>
    textOf(page.html).includes('You can try again in this browser from');

  test.each([
    ['2032-06-15', 'This date would make you less than a year old. Please check the year.'],
    ['2031-06-15', 'This date would make you 1 year old. Please check the year.'],
    ['2029-06-16', 'This date would make you 2 years old. Please check the year.'],
    ['2025-06-16', 'This date would make you 6 years old. Please check the year.'],
    ['2032-06-16', 'Your date of birth must be in the past.'],
    ['2131-01-01', 'Your date of birth must be in the past.'],
    ['1907-06-15', null],
    ['1906-06-15', 'This date would make you older than anyone has ever been. Please check the year.'],
  ])('%s is a slip that may be mended', async (born, fault) => {
    house.clock.set(noon);
    const ann = visitor(house);
    const page = await start(ann, born);
    expect(page.status).toBe(fault ? 422 : 303);
    expect(faultsIn(page.html).dateOfBirth ?? null).toBe(fault);
    expect((await start(ann, '1996-11-29')).redirectedTo).toBe('/sign-up/code');
  });

  test.each(['2025-06-15', '2022-01-01', '2019-06-17'])(
    'born on %s, the browser waits a day',
    async (born) => {
      house.clock.set(noon);
      const ann = visitor(house);
      const page = await start(ann, born);
      expect([page.status, isLocked(page), faultsIn(page.html)]).toEqual([422, true, {}]);
      expect(page.html).toContain('datetime="2032-06-16T12:00:00.000Z"');
      expect(textOf(page.html)).toContain('16 Jun 2032, 12:00 UTC');

      const form = await ann.get('/sign-up');
      expect([form.status, isLocked(form)]).toEqual([403, true]);
      house.clock.pass(days(1) - 1);
      expect(isLocked(await ann.get('/sign-up'))).toBe(true);
      expect(isLocked(await start(ann, '1990-01-01'))).toBe(true);
      house.clock.pass(1);
      expect((await start(ann, '1990-01-01')).redirectedTo).toBe('/sign-up/code');
    },
  );

  test('the session may end, its cookie may be thrown away: the lock stays', async () => {
    house.clock.set(noon);
    const ann = visitor(house);
    await start(ann, '2022-01-01');
    const age = ann.cookies.get('age')!;
    ann.cookies.delete('sid');
    expect(isLocked(await ann.get('/sign-up'))).toBe(true);
    house.clock.pass(hours(23));
    expect(isLocked(await start(ann, '1990-01-01'))).toBe(true);

    // Nor does it go with its own cookie while the session knows.
    const ben = visitor(house);
    await start(ben, '2022-01-01');
    ben.cookies.delete('age');
    expect(isLocked(await start(ben, '1990-01-01'))).toBe(true);

    // It holds on every instance, and nobody else's browser.
    await withAnother(house, {}, async (other) => {
      const cem = visitor(other);
      cem.cookies.set('age', age);
      expect(isLocked(await cem.get('/sign-up'))).toBe(true);
    });
    expect((await visitor(house).get('/sign-up')).status).toBe(200);
  });

  test('a made-up lock locks nobody, nor one with another time in it', async () => {
    house.clock.set(noon);
    const ann = visitor(house);
    await start(ann, '2022-01-01');
    const [until = '', mac = ''] = ann.cookies.get('age')!.split('.');
    for (const forged of [`${until.slice(0, -1)}z.${mac}`, `${until}.${mac.slice(1)}a`, 'x', `${until}.`]) {
      const ben = visitor(house);
      ben.cookies.set('age', forged);
      expect((await ben.get('/sign-up')).status).toBe(200);
    }
  });

  test('of many presses at once with different years, none gets through after the first', async () => {
    house.clock.set(noon);
    const ann = visitor(house);
    await start(ann, '2022-01-01');
    const pages = await together(20, (n) => start(ann, `19${70 + n}-01-01`));
    expect(pages.every(isLocked)).toBe(true);
  });

  test('who turns 13 tomorrow, or today by a clock ahead of ours, may join at midnight UTC', async () => {
    house.clock.set('2032-06-15T11:00:00.000Z');
    const ann = visitor(house);
    const page = await start(ann, '2019-06-16');
    expect([page.status, isLocked(page)]).toEqual([422, true]);
    expect(page.html).toContain('datetime="2032-06-16T00:00:00.000Z"');
    house.clock.set('2032-06-15T23:59:59.999Z');
    expect(isLocked(await start(ann, '2019-06-16'))).toBe(true);
    house.clock.set('2032-06-16T00:00:00.000Z');
    expect((await start(ann, '2019-06-16')).redirectedTo).toBe('/sign-up/code');
  });

  test('somebody with an account signs in where a child tried to join', async () => {
    house.clock.set(noon);
    const { username, password } = await visitor(house).signUp();
    const ann = visitor(house);
    await start(ann, '2022-01-01');
    expect((await ann.signIn(username, password)).redirectedTo).toBe('/people');
  });

  test('a session that the release before locked stays locked for its day', async () => {
    house.clock.set(noon);
    const { ann } = await joining(house);
    const [key] = await house.stores.redis.keys(`sess:${ann.sessionCookie!.slice(4).split('.')[0]}`);
    const session = JSON.parse((await house.stores.redis.get(key!))!) as object;
    await house.stores.redis.set(key!, JSON.stringify({ ...session, tooYoung: true }), 'KEEPTTL');
    expect(isLocked(await ann.get('/sign-up'))).toBe(true);
  });
});

describe('date of birth', () => {
  beforeAll(() => house.empty());

  /** "27/3/2007" in three fields, and none in the one field of older forms. */
  const born = (typed: string): Fields => {
    const [dateOfBirthDay, dateOfBirthMonth, dateOfBirthYear] = typed.split('/');
    return { dateOfBirth: undefined, dateOfBirthDay, dateOfBirthMonth, dateOfBirthYear };
  };
  const send = async (fields: Fields, languages?: string) => {
    const ann = visitor(house);
    if (languages) ann.headers = { 'Accept-Language': languages };
    return (await ann.startSignUp(fields)).page;
  };

  test.each([
    ['27/3/1997', undefined],
    ['27/March/1997', undefined],
    ['27/März/1997', 'de'],
    ['27/march/1997', 'de'],
    ['27/марта/1997', 'uk;q=0.5, ru'],
    ['٢٧/٣/١٩٩٧', 'ar'],
  ])('somebody born on %s joins', async (typed, languages) => {
    const changes = born(typed);
    const ann = visitor(house);
    if (languages) ann.headers = { 'Accept-Language': languages };
    const { person, code } = await joining(house, changes, ann);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
    const rows = await house.stores.sql(
      'SELECT "dateOfBirth"::text AS born FROM "User" WHERE "username" = $1',
      [person.username],
    );
    expect(rows).toEqual([{ born: '1997-03-27' }]);
  });

  test('the one field of older forms is still taken, and the three count where both are there', async () => {
    const { ann, person, code } = await joining(house, {
      dateOfBirth: '1980-01-01',
      dateOfBirthDay: '27',
      dateOfBirthMonth: '3',
      dateOfBirthYear: '1997',
    });
    await typeCode(ann, code);
    const rows = await house.stores.sql(
      'SELECT "dateOfBirth"::text AS born FROM "User" WHERE "username" = $1',
      [person.username],
    );
    expect(rows).toEqual([{ born: '1997-03-27' }]);
    expect((await send({ dateOfBirth: '1980-01-01' })).redirectedTo).toBe('/sign-up/code');
  });

  test.each([
    ['//', 'dateOfBirth', 'Enter your date of birth.'],
    ['/3/1997', 'dateOfBirthDay', 'Your date of birth needs a day.'],
    ['27//1997', 'dateOfBirthMonth', 'Your date of birth needs a month.'],
    ['27/3/', 'dateOfBirthYear', 'Your date of birth needs a year.'],
    ['32/13/97', 'dateOfBirthDay', 'The day must be a number from 1 to 31.'],
    ['27/Wed/1997', 'dateOfBirthMonth', 'The month must be a number from 1 to 12, or its name.'],
    ['27/3/97', 'dateOfBirthYear', 'The year must have four digits, like 2007.'],
    ['30/2/1997', 'dateOfBirth', "That date doesn't exist. Please check it."],
  ])('%s is wrong at %s: the list of errors leads to that field', async (typed, field, text) => {
    const { status, html } = await send(born(typed));
    expect([status, faultsIn(html)]).toEqual([422, { [field]: text }]);
    expect(html).toContain(`<a href="#${field}">`);
    // Both are one field: the list leads to where one types.
    expect(html).toMatch(
      new RegExp(`<input id="${field}" name="dateOfBirth(Day|Month|Year)"[^>]* aria-invalid="true"`),
    );
  });

  test('what was typed is kept field by field', async () => {
    const { html } = await send(born('31/Feb/1997'));
    for (const [part, value] of [
      ['Day', '31'],
      ['Month', '2'],
      ['Year', '1997'],
    ])
      expect(html).toMatch(new RegExp(`name="dateOfBirth${part}"[^>]* value="${value}"`));
    expect((await send(born('x"y/<b>/1997'))).html).toContain('value="x&#34;y"');
  });

  test('the form asks for languages first, then for the person, then for a contact', async () => {
    const { html } = await visitor(house).get('/sign-up');
    const places = ['Your languages', 'About you', 'Contact and password'].map((legend, n) =>
      html.indexOf(`<legend><span class="eyebrow">${n + 1} of 3</span> ${legend}</legend>`),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
