import { describe, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { localesBeside } from '../../support/locales.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

/** All that another language takes: a folder, with as little in it as this. */
const locales = localesBeside({
  cy: {
    'home.title': 'Dysgu ieithoedd',
    'home.hero.heading': 'Lle mae dwy iaith yn cwrdd',
    'web.summary.check': '{count, plural, one {Edrychwch ar un peth} other {Edrychwch ar y rhain}}',
    'web.field.error': 'Gwall:',
    'auth.signUp.username.error.empty': 'Dewiswch enw.',
    'web.session.signedOut': 'Rydych wedi’ch allgofnodi.',
    'web.api.signedOut': 'Mewngofnodwch yn gyntaf.',
    'web.error.heading.404': 'Nid yw’r dudalen yn bod',
    'mail.signUpCode.subject': '{reference}: eich cod {site}',
    'mail.code.lifetime': 'Mae’n gweithio am {minutes, plural, one {# munud} other {# o funudau}}.',
  },
});
const house = await houseOfThisFile({ replaced: { locales } });

function reading(language: string | null): Visitor {
  const who = visitor(house);
  who.headers = language === null ? {} : { 'Accept-Language': language };
  return who;
}

describe.each([
  {
    language: 'cy-GB,cy;q=0.9,en;q=0.8',
    html: '<html lang="cy" dir="ltr">',
    title: 'Dysgu ieithoedd · ChatLink',
    heading: 'Lle mae dwy iaith yn cwrdd',
    mistake: ['Edrychwch ar y rhain', 'Gwall: Dewiswch enw.'],
    flash: 'Rydych wedi’ch allgofnodi.',
    problem: 'Mewngofnodwch yn gyntaf.',
    nothing: 'Nid yw’r dudalen yn bod',
    email: ['eich cod ChatLink', 'Mae’n gweithio am 10 o funudau.'],
  },
  {
    language: null,
    html: '<html lang="en" dir="ltr">',
    title: 'Learn languages from the people who speak them · ChatLink',
    heading: 'Learn a language from someone who wants yours',
    mistake: ['Please check these things', 'Error: Choose a username.'],
    flash: "You've been signed out. Sign in to continue.",
    problem: 'Sign in first: this is for members.',
    nothing: "This page doesn't exist",
    email: ['your ChatLink code', 'It works for 10 minutes.'],
  },
])('whoever reads $language', ({ language, html, ...said }) => {
  test('reads pages so, and what their language lacks in English', async () => {
    const page = await reading(language).get('/');
    expect(page.html).toContain(html);
    expect(page.html).toContain(`<title>${said.title}</title>`);
    expect(textOf(page.html)).toContain(said.heading);
    expect(textOf(page.html)).toContain('How it works');
    const nothing = await reading(language).get('/nothing-here');
    expect([nothing.status, nothing.html.includes(html)]).toEqual([404, true]);
    expect(textOf(nothing.html)).toContain(said.nothing);
  });

  test('reads so what a form has to say', async () => {
    const page = await reading(language).post('/sign-up', { channel: 'email' });
    expect([page.status, page.html.includes(html)]).toEqual([422, true]);
    for (const words of said.mistake) expect(textOf(page.html)).toContain(words);
  });

  test('reads so what was said to whoever read another language then', async () => {
    const who = reading('en');
    const { username } = await who.signUp();
    await house.stores.sql(
      `UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1`,
      [username],
    );
    expect((await who.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    who.headers = reading(language).headers;
    expect(textOf((await who.get('/login')).html)).toContain(said.flash);
  });

  test('is answered so by the API', async () => {
    const { status, body } = await new ApiClient(reading(language)).get('/profile');
    expect([status, body.detail]).toEqual([401, said.problem]);
  });

  test('is written to so', async () => {
    const { person } = await reading(language).startSignUp();
    const { subject, text, html: drawn } = await house.outbox.next(String(person.email));
    const [about, lifetime] = said.email;
    expect(subject).toMatch(new RegExp(`^[A-Z]{3}: ${about}$`));
    expect([drawn!.includes(html), text.includes(lifetime!)]).toEqual([true, true]);
  });
});
