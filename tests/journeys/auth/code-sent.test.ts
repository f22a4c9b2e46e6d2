import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { openQueue } from '../../../src/platform/queue/queue.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, challengeOf, joining, newMobile, resend, typeCode } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, type Visitor, errorsIn, newPerson, visitor } from '../../support/visitor.ts';

const house1 = await houseOfThisFile({ replaced: { retry: { tries: 3, backoff: 10 } } });
const house3 = await houseOfThisFile({ jobs: false });
const house = await houseOfThisFile();
const house2 = await houseOfThisFile({ env: { SMS_COUNTRIES: 'DE,FR' } });

describe('delivery', () => {
  const house = house1;
  beforeAll(async () => {
    await house.empty();
  });

  afterEach(() => {
    house.outbox.failure = null;
  });

  const untilDelivery = (to: string, state: string) =>
    eventually(async () => (await challengeOf(house, to)).delivery === state, `delivery to be ${state}`);
  /** Somebody whose first message the transport refuses for good. */
  const undelivered = async (): Promise<{ ann: Visitor; to: string }> => {
    const ann = visitor(house);
    const to = String(newPerson().email);
    house.outbox.failure = () => new DeliveryRefused('no such mailbox');
    await ann.startSignUp({ email: to });
    await untilDelivery(to, 'failed');
    house.outbox.failure = null;
    return { ann, to };
  };

  test('a message that cannot be delivered is said on the page', async () => {
    const { ann } = await undelivered();
    const page = await ann.get('/sign-up/code');
    expect(page.html).toContain('We couldn&#39;t deliver the email. Check the address');
    expect(page.html).toContain('Try sending again');
    expect(JSON.parse((await ann.get('/sign-up/code/status')).html).delivery).toBe('failed');
  });

  test('its send is given back, and the next may go at once', async () => {
    const { ann, to } = await undelivered();
    expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
    const code = await house.outbox.nextCode(to);
    expect(await challengeOf(house, to)).toMatchObject({ sends: 2, failedSends: 1 });
    // Two free ones are still there.
    await resend(ann);
    expect((await resend(ann)).status).toBe(303);
    expect((await resend(ann)).status).toBe(429);
    expect((await typeCode(ann, code)).status).toBe(422);
  });

  test('a failed send after a wait does not wait again', async () => {
    const { ann, to } = await joining(house);
    await resend(ann);
    house.outbox.failure = () => new DeliveryRefused('mailbox gone');
    await resend(ann);
    await untilDelivery(to, 'failed');
    house.outbox.failure = null;
    expect((await resend(ann)).status).toBe(303);
  });

  test('a transport that stumbles is asked again, and nobody notices', async () => {
    let stumbles = 2;
    house.outbox.failure = () => (stumbles-- > 0 ? new Error('421 try later') : null);
    const { ann, to, code } = await joining(house);
    await untilDelivery(to, 'sent');
    expect(await challengeOf(house, to)).toMatchObject({ sends: 1, failedSends: 0 });
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('when all tries are used up the message counts as not delivered', async () => {
    const email = String(newPerson().email);
    const asked: string[] = [];
    house.outbox.failure = (to) => (asked.push(to), new Error('421 try later'));
    await visitor(house).startSignUp({ email });
    await untilDelivery(email, 'failed');
    // What an earlier test has sent may still be on its way.
    expect(asked.filter((to) => to === email)).toHaveLength(3);
  });

  test('a job for an older send sends nothing', async () => {
    const { ann, to } = await joining(house);
    await resend(ann);
    const code = await house.outbox.nextCode(to);
    const { id } = await challengeOf(house, to);
    const queue = openQueue<object>('messages', house.stores.redis, { tries: 1, backoff: 0 });
    await queue.add('late-twin', { purpose: 'registration', challengeId: id, send: 1 });
    await queue.add('after-it', { purpose: 'registration', challengeId: id, send: 2 });
    await eventually(() => house.outbox.to(to).length === 3, 'the later job');
    await queue.close();
    expect(house.outbox.to(to)[2]?.text).toContain(code);
  });
});

describe('texts', () => {
  const house = house2;
  const ask = async (mobile: string): Promise<Page> =>
    (await visitor(house).startSignUp(byMobile(mobile))).page;
  const fill = (limit: string, count: number) => fillLimit(house, limit, count);

  test('a person joins by mobile and is found under the number', async () => {
    const { ann, person, code } = await joining(house, byMobile(newMobile()));
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
    const [row] = await house.stores.sql('SELECT "phone", "email" FROM "User" WHERE "username" = $1', [
      person.username,
    ]);
    expect(row).toEqual({ phone: person.mobile, email: null });
  });

  test('only countries that were allowed are texted', async () => {
    expect((await ask('+33612345678')).status).toBe(303);
    const refused = await ask('+393123456789');
    expect(refused.status).toBe(422);
    expect(errorsIn(refused.html)).toEqual([
      "We can't text numbers from this country yet. Please use your email address.",
    ]);
    expect(house.outbox.to('+393123456789')).toEqual([]);
  });

  test('only mobile numbers are texted', async () => {
    const page = await ask('+493012345678');
    expect(errorsIn(page.html)).toEqual(["That's not a mobile number. We can only text mobile numbers."]);
  });

  test('neighbouring numbers share twenty texts a day', async () => {
    const block = '+4915123777';
    const pages = await repeatedly(20, (n) => ask(`${block}${String(n).padStart(3, '0')}`));
    expect(statuses(pages)).toEqual({ 303: 20 });
    const refused = await ask(`${block}999`);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '86400']);
    expect((await ask('+4915123778000')).status).toBe(303);
    house.clock.pass(days(1) - 1);
    expect((await ask(`${block}998`)).status).toBe(429);
    house.clock.pass(1);
    expect((await ask(`${block}998`)).status).toBe(303);
  });

  test('a country has a thousand texts a day, resends included', async () => {
    const { ann } = await joining(house, byMobile(newMobile()));
    await fill('sms-country:DE', 1_000);
    expect((await ask(newMobile())).status).toBe(429);
    expect((await resend(ann)).status).toBe(429);
    expect((await ask('+33612345679')).status).toBe(303);
    house.clock.pass(days(1));
    expect((await ask(newMobile())).status).toBe(303);
  });

  test('when texts run wild everywhere, the breaker stops them for all, and mail still leaves', async () => {
    await fill('sms-everywhere', 2_000);
    const refused = await ask('+33612345680');
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect((await visitor(house).startSignUp()).page.status).toBe(303);
    house.clock.pass(hours(1));
    expect((await ask('+33612345680')).status).toBe(303);
  });

  test('a text ends with the line that lets a phone fill the code in by itself', async () => {
    const mobile = newMobile();
    const { code } = await joining(house, byMobile(mobile));
    expect(house.outbox.to(mobile)[0]?.text.split('\n').at(-1)).toBe(`@chatlink.test #${code}`);
  });
});

describe('waiting for the worker', () => {
  const house = house3;
  beforeAll(async () => {
    await house.empty();
  });

  test('while no worker runs, the page tells the truth, and the message waits for one', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const email = String(person.email);
    expect((await ann.get('/sign-up/code')).html).toContain('Your email is on its way.');
    house.clock.pass(seconds(30) - 1);
    expect((await ann.get('/sign-up/code')).html).toContain('Your email is on its way.');
    house.clock.pass(1);
    expect((await ann.get('/sign-up/code')).html).toContain('Your email is taking longer than usual.');

    // Sent again meanwhile: the first message is worthless before it has left.
    await resend(ann);
    expect(house.outbox.messages).toEqual([]);
    await house.house.startJobs();
    const code = await house.outbox.nextCode(email);
    await eventually(async () => (await challengeOf(house, email)).delivery === 'sent', 'the delivery');
    expect(house.outbox.to(email)).toHaveLength(1);
    expect((await ann.get('/sign-up/code')).html).toContain('Your email has been sent.');
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });
});

describe('send budget', () => {
  beforeAll(() => house.empty());

  let addresses = 0;
  const newAddress = (): string => `budget${++addresses}@example.com`;
  /** Somebody new, from another place each time, names the same address. */
  const start = async (email: string): Promise<Page> => (await visitor(house).startSignUp({ email })).page;

  test('an address gets five messages an hour, however many people ask from wherever', async () => {
    const email = newAddress();
    expect(statuses(await repeatedly(5, () => start(email)))).toEqual({ 303: 5 });
    const sixth = await start(email);
    expect([sixth.status, sixth.header('retry-after')]).toEqual([429, '3600']);
    expect(sixth.html).toContain('Too many codes were requested for this address');
    expect(await start(newAddress())).toMatchObject({ status: 303 });
  });

  test('other spellings of an address share its budget', async () => {
    const email = newAddress();
    await repeatedly(5, () => start(email));
    expect((await start(email.toUpperCase())).status).toBe(429);
  });

  test('the hour slides: each message gives its place back an hour after it was sent', async () => {
    const email = newAddress();
    for (let n = 0; n < 5; n++) {
      await start(email);
      house.clock.pass(minutes(5));
    }
    house.clock.pass(minutes(35) - 1);
    const early = await start(email);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await start(email)).status).toBe(303);
    const next = await start(email);
    expect([next.status, next.header('retry-after')]).toEqual([429, '300']);
  });

  test('resends count too, and the page says how long to wait', async () => {
    const { ann, to } = await joining(house);
    await repeatedly(3, () => start(to));
    expect((await resend(ann)).status).toBe(303);
    const refused = await resend(ann);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect(refused.html).toContain('You can ask for another code in 1 hour.');
  });

  test('a day has ten messages, and slides as well', async () => {
    const email = newAddress();
    await repeatedly(5, () => start(email));
    house.clock.pass(hours(2));
    await repeatedly(5, () => start(email));
    house.clock.pass(hours(22) - 1);
    const early = await start(email);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect(statuses(await repeatedly(5, () => start(email)))).toEqual({ 303: 5 });
    expect((await start(email)).status).toBe(429);
  });

  test('of fifty who ask at once, five are served', async () => {
    const email = newAddress();
    const visitors = await together(50, async () => {
      const who = visitor(house);
      await who.token();
      return who;
    });
    const pages = await Promise.all(visitors.map(async (who) => (await who.startSignUp({ email })).page));
    expect(statuses(pages)).toEqual({ 303: 5, 429: 45 });
  });

  test('the budget outlives everything that Redis knew', async () => {
    const email = newAddress();
    await repeatedly(5, () => start(email));
    await house.stores.redis.flushdb();
    expect((await start(email)).status).toBe(429);
  });

  test('a refused send costs the network of the asker nothing', async () => {
    const [email, ip] = [newAddress(), '198.51.100.7'];
    await repeatedly(5, () => start(email));
    const asks = await repeatedly(3, async () => (await visitor(house, { ip }).startSignUp({ email })).page);
    expect(statuses(asks)).toEqual({ 429: 3 });
    expect(await house.stores.redis.zcard(`limit:sends:${ip}`)).toBe(0);
  });

  test('the spellings that are delivered to one mailbox share its budget: dots at Gmail, a plus everywhere', async () => {
    const gmail = [
      'bea.lee@gmail.com',
      'bealee@gmail.com',
      'b.e.a.lee@googlemail.com',
      'bealee+1@gmail.com',
      'bea.lee+2@gmail.com',
    ];
    for (const email of gmail) expect((await start(email)).status).toBe(303);
    expect((await start('beal.ee+3@googlemail.com')).status).toBe(429);
    for (let n = 0; n < 5; n++) expect((await start(`bealee+${n}@example.org`)).status).toBe(303);
    expect((await start('bealee+5@example.org')).status).toBe(429);
    expect((await start('bea.lee@example.org')).status).toBe(303);
  });
});

describe('address limits', () => {
  beforeAll(() => house.empty());

  /** Sixty sign-ups of one network within the hour, each by somebody else for an address of their own. */
  const sixtyFrom = (ip: (n: number) => string): Promise<Page[]> =>
    repeatedly(60, async (n) => (await visitor(house, { ip: ip(n) }).startSignUp()).page);
  const startFrom = async (ip: string): Promise<Page> => (await visitor(house, { ip }).startSignUp()).page;

  test('a network gets sixty messages an hour, to whomever, resends included', async () => {
    const ip = '203.0.113.9';
    const { ann } = await joining(house, {}, visitor(house, { ip }));
    expect(statuses(await repeatedly(59, () => startFrom(ip)))).toEqual({ 303: 59 });
    const refused = await startFrom(ip);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect((await resend(ann)).status).toBe(429);
    expect((await startFrom('203.0.113.10')).status).toBe(303);

    house.clock.pass(hours(1) - 1);
    expect((await startFrom(ip)).header('retry-after')).toBe('1');
    house.clock.pass(1);
    expect((await startFrom(ip)).status).toBe(303);
  });

  test('one subscriber of IPv6 holds a /64, and is counted as one', async () => {
    const pages = await sixtyFrom((n) => `2001:db8:7:9:${n.toString(16)}::${(n * 7).toString(16)}`);
    expect(statuses(pages)).toEqual({ 303: 60 });
    expect((await startFrom('2001:db8:7:9::1')).status).toBe(429);
    expect((await startFrom('2001:0DB8:0007:0009:ffff:ffff:ffff:ffff')).status).toBe(429);
    expect((await startFrom('2001:db8:7:a::1')).status).toBe(303);
  });

  test('what was refused for another reason costs the network nothing', async () => {
    const ip = '203.0.113.77';
    const weak = await repeatedly(5, async () => {
      const { page } = await visitor(house, { ip }).startSignUp({ password: 'password' });
      return page;
    });
    expect(statuses(weak)).toEqual({ 422: 5 });
    expect(await house.stores.redis.exists(`limit:sends:${ip}`)).toBe(0);
  });

  test('forms are counted as well, so that nobody lists taken usernames quickly', async () => {
    const who = visitor(house, { ip: '203.0.113.88' });
    await fillLimit(house, 'sign-up:203.0.113.88', 118);
    const pages = await repeatedly(3, () => who.post('/sign-up', { username: 'x' }));
    expect(statuses(pages)).toEqual({ 422: 2, 429: 1 });
    expect(pages.at(-1)?.header('retry-after')).toBe('3600');
  });
});
