import { expect, test } from '@jest/globals';
import { minutes } from '../../src/kernel/clock.ts';
import { houseOfThisFile } from '../support/house.ts';
import { encodeForm, newPerson, visitor } from '../support/visitor.ts';

const house = await houseOfThisFile();

test('a sign-up form left open over lunch comes back filled in, without the password, and then goes through', async () => {
  const ann = visitor(house);
  const person = newPerson();
  const old = { ...person, _csrf: await ann.token() };
  house.clock.pass(minutes(31));
  const page = await ann.send('post', '/sign-up', encodeForm(old));
  expect(page.status).toBe(403);
  expect(page.html).toContain('had been open for a while');
  expect(page.html).toContain(String(person.username));
  expect(page.html).not.toContain(String(person.password));
  expect((await ann.post('/sign-up', { ...old, _csrf: await ann.token() })).redirectedTo).toBe(
    '/sign-up/code',
  );
});

test('so does the sign-in form', async () => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  const ben = visitor(house);
  const _csrf = await ben.token();
  house.clock.pass(minutes(31));
  const page = await ben.send('post', '/login', encodeForm({ _csrf, identifier: username, password }));
  expect(page.status).toBe(403);
  expect(page.html).toContain(`value="${username}"`);
  expect((await ben.signIn(username, password)).redirectedTo).toBe('/profile');
});

test('a second press of the same button keeps the person signed in', async () => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  const ben = visitor(house);
  const body = encodeForm({ _csrf: await ben.token(), identifier: username, password });
  const before = new Map(ben.cookies);
  expect((await ben.send('post', '/login', body)).redirectedTo).toBe('/profile');

  const late = visitor(house);
  for (const [name, value] of before) late.cookies.set(name, value);
  const again = await late.send('post', '/login', body);
  expect(again.redirectedTo).toBe('/login');
  expect(again.header('set-cookie')).toBeUndefined();
  expect((await late.get('/profile')).redirectedTo).toMatch(/^\/login/);
  expect((await ben.get('/profile')).status).toBe(200);
});

test('nothing that another site sends is shown again, and other forms get the error page', async () => {
  const eve = visitor(house);
  const body = encodeForm({ _csrf: 'made-up', identifier: 'ann', password: 'x' });
  eve.headers = { 'Sec-Fetch-Site': 'cross-site' };
  expect((await eve.send('post', '/login', body)).html).not.toContain('value="ann"');
  eve.headers = {};
  const page = await eve.send('post', '/sign-up/cancel', '_csrf=made-up');
  expect(page.status).toBe(403);
  expect(page.html).toContain('Please load it again');
});

test('who starts over corrects the form instead of typing it all again, once', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  expect((await ann.post('/sign-up/cancel')).redirectedTo).toBe('/sign-up');
  const form = await ann.get('/sign-up');
  expect(form.html).toContain(`value="${String(person.email)}"`);
  expect(form.html).not.toContain(String(person.password));
  expect((await ann.get('/sign-up')).html).not.toContain(String(person.email));
});
