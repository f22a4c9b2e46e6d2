import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { seconds } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { right } from '../../support/devices.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { typeCode, wrongCode } from '../../support/joining.ts';
import { type MailServer, openMailServer } from '../../support/mail-server.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import { newPerson, type Visitor, visitor } from '../../support/visitor.ts';

let smtp: MailServer;
let house: TestHouse;
beforeAll(async () => {
  smtp = await openMailServer();
  house = await openTestHouse({
    env: { SMTP_URL: smtp.url, MAIL_FROM: 'ChatLink <hello@chatlink.test>' },
    realTransports: true,
    replaced: { deliveryRetry: { tries: 8, backoff: 100 }, deliveryTimeout: 1_000 },
  });
});
// Where a test failed, the next one finds the server there.
afterEach(() => smtp.comeBack());
afterAll(async () => {
  await house.close();
  await smtp.goAway('kill');
});

const join = async (who = visitor(house)) => {
  const { person } = await who.startSignUp();
  const [username, email] = [String(person.username), String(person.email)];
  await typeCode(who, await smtp.code(email));
  return { username, email };
};
const reset = (who: Visitor, code: string) => who.post('/password/code', { code });

test.each(['stop', 'kill'] as const)(
  'the mail server goes away (%s): pages say so, guesses count on, and all of them arrive afterwards',
  async (how) => {
    const [ann, ben] = [await join(), await join()];
    const resets = visitor(house);
    await forgot(resets, ben.email);
    const code = await eventually(() => smtp.to(ben.email)[1], 'the code').then(() => smtp.code(ben.email));
    await reset(resets, wrongCode(code));
    await smtp.goAway(how);

    const [joins, forgets, asksInVain] = [visitor(house), visitor(house), visitor(house)];
    const { page, person } = await joins.startSignUp();
    expect(page.redirectedTo).toBe('/sign-up/code');
    expect((await forgot(forgets, ann.email)).redirectedTo).toBe('/password/code');
    expect((await forgot(asksInVain, String(newPerson().email))).redirectedTo).toBe('/password/code');
    expect((await typeCode(joins, '000000')).html).toContain('4 tries left');
    // What needs no message goes on.
    expect((await visitor(house).signIn(ann.username, right)).redirectedTo).toBe('/profile');
    expect((await reset(resets, code)).redirectedTo).toBe('/password/new');
    expect((await setPassword(resets, another)).redirectedTo).toBe('/login');
    house.clock.pass(seconds(30));
    expect((await joins.get('/sign-up/code')).html).toContain('Your email is taking longer than usual.');
    house.clock.pass(seconds(60));
    for (const who of [forgets, asksInVain])
      expect((await who.get('/password/code')).html).toContain('We cannot send messages just now.');

    await smtp.comeBack();
    expect((await typeCode(joins, '000001')).html).toContain('3 tries left');
    expect((await typeCode(joins, await smtp.code(String(person.email)))).redirectedTo).toBe('/profile');
    const subjects = (to: string) => smtp.to(to).map((mail) => mail.subject);
    await eventually(() => subjects(ann.email).length === 3 && subjects(ben.email).length === 3, 'all mails');
    expect(subjects(ann.email).join()).toMatch(/new device/);
    expect(subjects(ann.email).join()).toMatch(/code for a new password/);
    expect(subjects(ben.email).at(-1)).toMatch(/password was changed/);
  },
);
