import { request as httpRequest } from 'node:http';
import { expect, test } from '@jest/globals';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { encodeForm, newPerson, visitor } from '../../support/visitor.ts';

/** Not one password may be hashed here: where one were, the answer would be 503. */
const house = await houseOfThisFile({ replaced: { hashQueue: { concurrency: 0, waiting: 0 } } });

const login = (more: string): string => `identifier=ann&password=lantern-tandem-42${more}`;
const send = async (path: string, body: string) => {
  const ann = visitor(house);
  const token = encodeForm({ _csrf: await ann.token() });
  return ann.send('post', path, `${token}&${body}`);
};

test('a form in good order would be hashed', async () => {
  expect((await send('/login', login(''))).status).toBe(503);
  expect((await send('/sign-up', encodeForm(newPerson()))).status).toBe(503);
});

test.each([
  ['a list where one is expected', login('&identifier[]=b')],
  ['only a list', 'identifier[]=ann&password=x'],
  ['an object', 'identifier[a]=ann&password=x'],
  ['a field twice', login('&identifier=bob')],
  ['a password twice', login('&password=other')],
  ['an unexpected field', login('&isAdmin=true')],
  ['a prototype', login('&__proto__=x')],
  ['a prototype’s field', login('&__proto__[userId]=1')],
  ['a constructor', login('&constructor=x')],
  ['a NUL', 'identifier=ann%00&password=x'],
  ['a NUL in a name', login('&a%00b=1')],
  ['half a surrogate pair', 'identifier=ann%ED%A0%80&password=x'],
  ['bad UTF-8', 'identifier=%FF%FE&password=x'],
  ['an overlong slash', 'identifier=%C0%AF&password=x'],
  ['a stray percent sign', 'identifier=100%&password=x'],
])('a form with %s is refused before anything is hashed', async (_, body) => {
  expect((await send('/login', body)).status).toBe(400);
});

test.each([
  ['username[]', 'ann'],
  ['learningLanguages[]', 'es'],
  ['email[$ne]', 'x'],
  ['id', '1'],
])('so is a sign-up with %s', async (name, value) => {
  const body = `${encodeForm(newPerson())}&${encodeForm({ [name]: value })}`;
  expect((await send('/sign-up', body)).status).toBe(400);
});

test('raw bytes that are no UTF-8 are refused as well', async () => {
  const ann = visitor(house);
  const head = Buffer.from(`${encodeForm({ _csrf: await ann.token() })}&password=x&identifier=`);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const call = httpRequest(
      {
        port: portOf(house),
        path: '/login',
        method: 'POST',
        headers: {
          Host: house.host,
          Cookie: `sid=${ann.sessionCookie}`,
          'Content-Type': 'application/x-www-form-urlencoded',
        },
      },
      (answer) => resolve(answer.resume().statusCode),
    );
    call.on('error', reject).end(Buffer.concat([head, Buffer.from([0xff, 0xc0, 0x80])]));
  });
  expect(status).toBe(400);
});

test.each([
  ['a field of a megabyte', `identifier=${'a'.repeat(1_000_000)}&password=x`],
  ['ten thousand fields', Array.from({ length: 10_000 }, (_, n) => `f${n}=1`).join('&')],
  ['sixty short fields too many', Array.from({ length: 130 }, (_, n) => `f${n}=`).join('&')],
])('%s: 413 at once', async (_, body) => {
  const ann = visitor(house);
  await ann.token();
  const before = performance.now();
  expect((await ann.post('/login')).status).toBe(422);
  const usual = performance.now() - before;
  const start = performance.now();
  const page = await ann.send('post', '/login', body);
  expect(page.status).toBe(413);
  // Far more than any machine needs, far less than reading it all with care would take.
  expect(performance.now() - start).toBeLessThan(1_000 + usual * 5);
});

test.each([
  ['JSON', 'application/json', '{"identifier":"ann","password":"x"}'],
  ['text', 'text/plain', 'identifier=ann&password=x'],
  ['multipart', 'multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
])('%s is no form of ours', async (_, type, body) => {
  const ann = visitor(house);
  await ann.token();
  expect((await ann.send('post', '/login', body, type)).status).toBe(403);
});

test('a password that is too long for any rule is never hashed', async () => {
  const long = 'x'.repeat(5_000);
  const page = await send('/sign-up', encodeForm(newPerson({ password: long })));
  expect(page.status).toBe(422);
  const bytes = await send('/sign-up', encodeForm(newPerson({ password: '🦊'.repeat(129) })));
  expect(bytes.status).toBe(422);
});
