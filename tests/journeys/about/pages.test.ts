import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import type { Kept } from '../../../src/web/feature.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { english } from '../../support/words.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const beside = { beside: house, jobs: false };
const operated = await houseOfThisFile({
  ...beside,
  env: {
    OPERATOR_NAME: 'Tandem and Friends',
    OPERATOR_ADDRESS: 'Rue du Pont 3, Lyon',
    ABUSE_EMAIL: 'care@tandem.example',
    SECURITY_CONTACT: 'https://tandem.example/holes',
    SMTP_URL: 'smtp://127.0.0.1:9',
  },
});
const careful = await houseOfThisFile({ ...beside, env: { BREACH_CHECK: 'on' } });
const paths = ['/safety', '/rules', '/help', '/about', '/privacy', '/terms'] as const;

describe.each(paths)('%s', (path) => {
  test('is for everybody, begins no session, and may be listed', async () => {
    const ann = visitor(house);
    const page = await ann.get(path);
    expect([page.status, page.header('x-robots-tag'), ann.cookies.size]).toEqual([200, undefined, 0]);
    expect(page.html).toContain(`<link rel="canonical" href="${house.config.publicUrl.origin}${path}">`);
    expect((await ann.get(`${path}?from=mail`)).header('x-robots-tag')).toBe('noindex');
    await ann.signUp();
    expect((await ann.get(path)).status).toBe(200);
  });

  test('is linked from below every page, whoever asks and whatever becomes of it', async () => {
    const ann = visitor(house);
    const linked = async (from: string): Promise<boolean> => {
      const [, footer = ''] = /<footer([^]*)<\/footer>/.exec((await ann.get(from)).html) ?? [];
      return footer.includes(`<a href="${path}"`);
    };
    for (const from of ['/', '/login', '/sign-up', '/no-such-page', ...paths])
      expect([from, await linked(from)]).toEqual([from, true]);
    await ann.signUp();
    for (const from of ['/profile', '/settings/account', path])
      expect([from, await linked(from)]).toEqual([from, true]);
  });
});

test('/privacy tells everything that features declare, in their order', async () => {
  const { html } = await visitor(house).get('/privacy');
  const declared = await Promise.all(
    readdirSync('src/features')
      .map((name) => pathToFileURL(`src/features/${name}/kept.ts`).href)
      .map(async (url) => ((await import(url).catch(() => ({ kept: [] }))) as { kept: Kept[] }).kept),
  );
  const told = declared.flat();
  expect(told.length).toBeGreaterThan(10);
  const headings = [...html.matchAll(/<h3>(?!<code>)([^]*?)<\/h3>/g)].map(([, text]) => textOf(text!));
  expect(headings.toSorted()).toEqual(told.map(({ name }) => english.say(name)).toSorted());
  const text = textOf(html);
  for (const { what, why, until, seenBy } of told)
    for (const sentence of [what, why, until, seenBy]) expect(text).toContain(english.say(sentence));
  expect(text).toContain("it's deleted 14 days later");
  expect(text).toContain('at least 13');
});

test('/privacy names who runs the site, and the cookies as browsers call them', async () => {
  for (const path of ['/privacy', '/terms', '/about']) {
    const text = textOf((await visitor(operated).get(path)).html);
    expect(text).toContain('Tandem and Friends');
    expect(text).toContain('Rue du Pont 3, Lyon');
    expect(text).toContain('care@tandem.example');
  }
  expect((await visitor(operated).get('/help')).html).toContain('href="mailto:care@tandem.example"');
  expect((await visitor(operated).get('/about')).html).toContain('href="https://tandem.example/holes"');
  const { html } = await visitor(operated).get('/privacy');
  const cookies = [...html.matchAll(/<h3><code>(.*?)<\/code>/g)].map(([, name]) => name);
  expect(cookies).toEqual(['sid', 'device', 'bye', 'age']);
});

test('/privacy names the services that this site uses, and no other', async () => {
  const named = async (of: typeof house): Promise<string[]> => {
    const text = textOf((await visitor(of).get('/privacy')).html);
    const services = ['delivers our email', 'Twilio', 'Have I Been Pwned', 'storage service'];
    return services.filter((service) => text.includes(service));
  };
  expect(await named(house)).toEqual([]);
  expect(await named(operated)).toEqual(['delivers our email']);
  expect(await named(careful)).toEqual(['Have I Been Pwned']);
});

/** RFC 9116, as lines "Name: value". */
async function securityTxt(): Promise<Record<string, string>> {
  const page = await visitor(house).get('/.well-known/security.txt');
  expect([page.status, page.header('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const lines = page.html.split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => /^([\w-]+): (\S.*)$/.exec(line)!.slice(1, 3)));
}

test('security.txt says whom to tell, until a day that is always ahead and never a year away', async () => {
  await house.empty();
  for (const passed of [0, 1, days(179), days(1), days(1), days(400)]) {
    house.clock.pass(passed);
    const now = house.clock.now().getTime();
    const fields = await securityTxt();
    expect(Object.keys(fields)).toEqual(['Contact', 'Expires', 'Preferred-Languages', 'Canonical']);
    expect(fields.Contact).toBe('mailto:security@chatlink.example');
    expect(fields.Canonical).toBe(`${house.config.publicUrl.origin}/.well-known/security.txt`);
    expect(fields.Expires).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const ahead = Date.parse(fields.Expires!) - now;
    expect(ahead).toBeGreaterThan(days(90));
    expect(ahead).toBeLessThan(days(365));
  }
});

test('what is told of conversations is what there is: /help by the numbers of their policies, and the form to join names the terms', async () => {
  const ann = visitor(house);
  const help = textOf((await ann.get('/help')).html);
  expect(help).toContain("3 new people in your account's first 24 hours");
  expect(help).toContain('change a message for 24 hours and delete it for 48 hours');
  expect(textOf((await ann.get('/about')).html)).toContain("correct each other's messages");
  const [, end = ''] = /<div class="form-end">([^]*?)<\/div>/.exec((await ann.get('/sign-up')).html) ?? [];
  expect([end.includes('href="/terms"'), end.includes('href="/privacy"')]).toEqual([true, true]);
});
