import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { resend, typeCode } from '../../support/joining.ts';
import { type MailServer, openMailServer } from '../../support/mail-server.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import { settled } from '../../support/security.ts';
import { newPerson, type Visitor, visitor } from '../../support/visitor.ts';

let smtp: MailServer;
let house: TestHouse;
beforeAll(async () => {
  smtp = await openMailServer();
  house = await openTestHouse({
    env: { SMTP_URL: smtp.url, MAIL_FROM: 'ChatLink <hello@chatlink.test>' },
    realTransports: true,
    replaced: { deliveryRetry: { tries: 2, backoff: 20 }, deliveryTimeout: 1_000 },
  });
});
// Where a test failed, the next one finds the server there.
afterEach(() => smtp.comeBack());
afterAll(async () => {
  await house.close();
  await smtp.goAway('kill');
});

const join = async () => {
  const who = visitor(house);
  const { person } = await who.startSignUp();
  const email = String(person.email);
  await typeCode(who, await smtp.code(email));
  return { username: String(person.username), email };
};
const says = (who: Visitor, page: string, words: string) =>
  eventually(async () => (await who.get(page)).html.includes(words), `"${words}"`);

test('tried in vain, a sign-up says so; its sends are counted all the same, and it goes on when mail is back', async () => {
  await smtp.goAway('stop');
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const failed = 'We could not deliver the email.';
  await says(ann, '/sign-up/code', failed);
  for (let sends = 2; sends <= 5; sends++) {
    expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
    await says(ann, '/sign-up/code', failed);
  }
  await smtp.comeBack();
  // An address gets five messages an hour, whether they left or not.
  expect((await resend(ann)).status).toBe(429);
  house.clock.pass(hours(1) - 1);
  expect((await visitor(house).startSignUp(person)).page.status).toBe(429);
  house.clock.pass(1);
  const again = visitor(house);
  expect((await again.startSignUp(person)).page.redirectedTo).toBe('/sign-up/code');
  expect((await typeCode(again, await smtp.code(String(person.email)))).redirectedTo).toBe('/profile');
  expect(smtp.to(String(person.email))).toHaveLength(1);
});

test('tried in vain, a reset says the same whether there is an account or not, and the owner is not left without a link', async () => {
  const { email } = await join();
  house.clock.pass(hours(1));
  await smtp.goAway('kill');
  for (const typed of [email, String(newPerson().email)]) {
    const who = visitor(house);
    await forgot(who, typed);
    await says(who, '/password/code', 'We cannot send messages just now.');
    const more = await repeatedly(5, () => forgot(visitor(house), typed));
    expect(statuses(more)).toEqual({ 303: 4, 429: 1 });
  }
  await settled(house);

  await smtp.comeBack();
  // The link that could not leave takes up no hour: asked for once more, another one comes.
  const ann = visitor(house);
  expect((await forgot(ann, email)).status).toBe(429);
  const letter = await eventually(() => smtp.to(email)[1], 'the letter with the link');
  const link = /\/password\/link\/[\w-]+/.exec(letter.text)![0];
  await ann.get(link);
  expect((await ann.post(link)).redirectedTo).toBe('/password/new');
  expect((await setPassword(ann, another)).redirectedTo).toBe('/login');
});
