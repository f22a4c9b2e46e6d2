import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { hours, seconds } from '../../../src/kernel/clock.ts';
import { codeIn, eventually } from '../../support/captured.ts';
import { right } from '../../support/devices.ts';
import { type TestHouse, openTestHouse } from '../../support/house.ts';
import { resend, typeCode, wrongCode } from '../../support/joining.ts';
import { type MailServer, openMailServer } from '../../support/mail-server.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import { settled } from '../../support/security.ts';
import { type SmtpSink, openSmtpSink } from '../../support/smtp.ts';
import { type Visitor, newPerson, visitor } from '../../support/visitor.ts';

describe('mail', () => {
  let smtp: SmtpSink;
  let house: TestHouse;

  beforeAll(async () => {
    smtp = await openSmtpSink();
    house = await openTestHouse({
      env: { SMTP_URL: smtp.url, MAIL_FROM: 'ChatLink <hello@chatlink.test>' },
      realTransports: true,
      replaced: { retry: { tries: 3, backoff: 50 }, deliveryTimeout: 1_000 },
    });
  });
  afterAll(async () => {
    await house.close();
    await smtp.close();
  });

  const addressOf = (mail: SmtpSink['mails'][number]) => [mail.to ?? []].flat()[0]?.value[0]?.address;
  const mailTo = (email: string, nth = 0) =>
    eventually(() => smtp.mails.filter((m) => addressOf(m) === email)[nth], `mail to ${email}`);
  const deliveryText = async (ann: ReturnType<typeof visitor>, state: string) =>
    eventually(async () => {
      const page = await ann.get('/sign-up/code/status');
      const status = JSON.parse(page.html) as { delivery: string; text: string };
      return status.delivery === state ? status.text : null;
    }, `delivery to be ${state}`);

  test('the code leaves as a multipart mail whose subject carries the reference and not the code', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const mail = await mailTo(String(person.email));
    const code = codeIn(mail.text ?? '');
    const page = await ann.get('/sign-up/code');
    const reference = /^[A-Z]{3}/.exec(mail.subject ?? '')?.[0];

    expect(reference).toBeDefined();
    expect(page.html).toContain(reference);
    expect(mail.subject).not.toContain(code);
    expect(mail.html).toContain(code);
    expect(mail.from?.value[0]?.address).toBe('hello@chatlink.test');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(await deliveryText(ann, 'sent')).toMatch(/has been sent/);
    expect((await ann.post('/sign-up/code', { code })).redirectedTo).toBe('/welcome');
  });

  test('a passing refusal is tried again and nobody notices', async () => {
    smtp.refuse(451, 2);
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const mail = await mailTo(String(person.email));
    expect((await ann.post('/sign-up/code', { code: codeIn(mail.text ?? '') })).redirectedTo).toBe(
      '/welcome',
    );
  });

  test('a mailbox that does not exist is said on the page, once, and the next send is free at once', async () => {
    smtp.refuse(550, 1);
    const before = smtp.attempts();
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    expect(await deliveryText(ann, 'failed')).toMatch(/couldn't deliver/);
    expect(smtp.attempts()).toBe(before + 1);
    expect((await ann.get('/sign-up/code')).html).toContain('couldn&#39;t deliver');

    expect((await ann.post('/sign-up/code/resend')).status).toBe(303);
    const mail = await mailTo(String(person.email));
    expect((await ann.post('/sign-up/code', { code: codeIn(mail.text ?? '') })).redirectedTo).toBe(
      '/welcome',
    );
  });

  test('a mail server that keeps asking to wait, or falls silent, is asked on, and the page says so', async () => {
    for (const code of [451, 0]) {
      smtp.refuse(code, 100);
      const ann = visitor(house);
      await ann.startSignUp();
      await eventually(
        async () => (await ann.get('/sign-up/code')).html.includes('at the other end has asked us to wait'),
        'the page to say so',
      );
      expect(await deliveryText(ann, 'queued')).toMatch(/for up to 10 minutes/);
    }
    smtp.refuse(0, 0);
  });

  test('without a way to send texts, mobile is not offered', async () => {
    const page = await visitor(house).get('/sign-up');
    expect(page.html).not.toContain('name="mobile"');
    const { page: refused } = await visitor(house).startSignUp({
      channel: 'mobile',
      mobile: '+4915112345678',
      email: '',
    });
    expect(refused.status).toBe(422);
  });
});

describe('smtp', () => {
  let smtp: MailServer;
  let house: TestHouse;
  beforeAll(async () => {
    smtp = await openMailServer();
    house = await openTestHouse({
      env: { SMTP_URL: smtp.url, MAIL_FROM: 'ChatLink <hello@chatlink.test>' },
      realTransports: true,
      replaced: { retry: { tries: 8, backoff: 100 }, deliveryTimeout: 1_000 },
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
      expect((await visitor(house).signIn(ann.username, right)).redirectedTo).toBe('/people');
      expect((await reset(resets, code)).redirectedTo).toBe('/password/new');
      expect((await setPassword(resets, another)).redirectedTo).toBe('/login');
      house.clock.pass(seconds(30));
      expect((await joins.get('/sign-up/code')).html).toContain('Your email is taking longer than usual.');
      house.clock.pass(seconds(60));
      for (const who of [forgets, asksInVain])
        expect((await who.get('/password/code')).html).toContain('We can&#39;t send messages right now.');

      await smtp.comeBack();
      expect((await typeCode(joins, '000001')).html).toContain('3 tries left');
      expect((await typeCode(joins, await smtp.code(String(person.email)))).redirectedTo).toBe('/welcome');
      const subjects = (to: string) => smtp.to(to).map((mail) => mail.subject);
      await eventually(
        () => subjects(ann.email).length === 3 && subjects(ben.email).length === 3,
        'all mails',
      );
      expect(subjects(ann.email).join()).toMatch(/new device/);
      expect(subjects(ann.email).join()).toMatch(/code for a new password/);
      expect(subjects(ben.email).at(-1)).toMatch(/password was changed/);
    },
  );
});

describe('smtp given up', () => {
  let smtp: MailServer;
  let house: TestHouse;
  beforeAll(async () => {
    smtp = await openMailServer();
    house = await openTestHouse({
      env: { SMTP_URL: smtp.url, MAIL_FROM: 'ChatLink <hello@chatlink.test>' },
      realTransports: true,
      replaced: { retry: { tries: 2, backoff: 20 }, deliveryTimeout: 1_000 },
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

  test('tried in vain, a sign-up says so; its sends count against nothing, and it goes on when mail is back', async () => {
    await smtp.goAway('stop');
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const failed = 'That&#39;s our fault, not your address&#39;s.';
    await says(ann, '/sign-up/code', failed);
    for (let sends = 2; sends <= 8; sends++) {
      expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
      await says(ann, '/sign-up/code', failed);
    }
    await smtp.comeBack();
    // An address gets five messages an hour, and none of these has left.
    expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
    expect((await typeCode(ann, await smtp.code(String(person.email)))).redirectedTo).toBe('/welcome');
    expect(smtp.to(String(person.email))).toHaveLength(1);
  });

  test('tried in vain, a reset says the same whether there is an account or not, and the owner is let in when mail is back', async () => {
    const { email } = await join();
    house.clock.pass(hours(1));
    await smtp.goAway('kill');
    for (const typed of [email, String(newPerson().email)]) {
      const who = visitor(house);
      await forgot(who, typed);
      await says(who, '/password/code', 'We can&#39;t send messages right now.');
      const more = await repeatedly(7, async () => {
        await settled(house);
        return forgot(visitor(house), typed);
      });
      expect(statuses(more)).toEqual({ 303: 7 });
    }
    await settled(house);

    await smtp.comeBack();
    const ann = visitor(house);
    expect((await forgot(ann, email)).status).toBe(303);
    await eventually(() => smtp.to(email)[1], 'the email with the code');
    expect((await ann.post('/password/code', { code: await smtp.code(email) })).redirectedTo).toBe(
      '/password/new',
    );
    expect((await setPassword(ann, another)).redirectedTo).toBe('/login');
  });
});
