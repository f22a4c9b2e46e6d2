import { describe, expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { openQueue } from '../../../src/platform/queue/queue.ts';
import { codeIn } from '../../support/captured.ts';
import { askEmail, changeEmail, member } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, challengeOf, joining, newMobile, resend, typeCode } from '../../support/joining.ts';
import { localesBeside } from '../../support/locales.ts';
import { forgot } from '../../support/recovering.ts';
import { ownersLink } from '../../support/resetting.ts';
import { alsoOn, settled } from '../../support/security.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const locales = localesBeside({
  cy: {
    'mail.signUpCode.subject': '{reference}: eich cod {site}',
    'mail.signUpCode.sms': '{reference}: eich cod {site} yw {code}.',
    'mail.accountExists.subject': '{reference}: mae gennych gyfrif',
    'mail.newDevice.subject': 'Dyfais newydd ar {site}',
    'mail.resetCode.subject': '{reference}: cod am gyfrinair newydd',
    'mail.resetCode.sms': '{reference}: cod {code} am gyfrinair newydd.',
    'mail.contactCode.subject': '{reference}: cod am y cyfeiriad',
    'mail.contactTaken.subject': '{reference}: eich cyfeiriad chi',
    'mail.resetLink.subject': 'Dolen am gyfrinair newydd',
    'mail.contactChanged.subject.changed': 'Cyfeiriad newydd ar {site}',
  },
});
const house = await houseOfThisFile({ replaced: { locales } });
const { outbox, stores, clock } = house;

function reading(language: string): Visitor {
  const who = visitor(house);
  who.headers = { 'Accept-Language': language };
  return who;
}
async function subjectTo(email: string): Promise<string> {
  return (await outbox.next(email)).subject!.replace(/^[A-Z]{3}: /, '');
}
async function localeOf(username: string): Promise<string | undefined> {
  const [row] = await stores.sql<{ locale: string }>('SELECT "locale" FROM "User" WHERE "username" = $1', [
    username,
  ]);
  return row?.locale;
}
function joinedIn(language: string) {
  return reading(language).join();
}

describe('whoever is joining', () => {
  test('gets the code in the language of the page that asks for it', async () => {
    const ann = reading('cy-GB, en;q=0.5');
    const { person } = await ann.startSignUp();
    const mail = await outbox.next(String(person.email));
    expect(mail.subject).toMatch(/^[A-Z]{3}: eich cod ChatLink$/);
    expect(mail.html).toContain('<html lang="cy" dir="ltr">');
    // What a catalogue lacks is said in English.
    expect(mail.text).toContain('It works for 10 minutes.');

    clock.pass(minutes(2));
    ann.headers = { 'Accept-Language': 'en' };
    await resend(ann);
    expect(await subjectTo(String(person.email))).toBe('your ChatLink code');
  });

  test('is written to in the language of the page on which they joined', async () => {
    const [ann, ben] = [await joinedIn('cy'), await joinedIn('ja, de;q=0.3')];
    expect([await localeOf(ann.username), await localeOf(ben.username)]).toEqual(['cy', 'en']);
  });
});

describe('a member', () => {
  test('is written to in their own language, whoever asks in which', async () => {
    const { username, email } = await joinedIn('cy');
    await alsoOn(house, username);
    expect(await subjectTo(email)).toBe('Dyfais newydd ar ChatLink');
    await forgot(reading('en'), username);
    expect(await subjectTo(email)).toBe('cod am gyfrinair newydd');
    await reading('en').startSignUp({ email });
    expect(await subjectTo(email)).toBe('mae gennych gyfrif');
    await askEmail((await member(house)).ann, email);
    expect(await subjectTo(email)).toBe('eich cyfeiriad chi');
  });

  test('gets codes for new contacts, and news of them, in it too', async () => {
    const ann = reading('cy');
    const { email } = await ann.join();
    ann.headers = { 'Accept-Language': 'en' };
    const next = await changeEmail(house, ann);
    expect(outbox.to(next)[0]?.subject).toMatch(/: cod am y cyfeiriad$/);
    expect(await subjectTo(email)).toBe('Cyfeiriad newydd ar ChatLink');
  });

  test('gets texts in it', async () => {
    const mobile = newMobile();
    const ann = reading('cy');
    await ann.startSignUp(byMobile(mobile));
    expect((await outbox.next(mobile)).text).toMatch(/^[A-Z]{3}: eich cod ChatLink yw \d{6}\./);
    await typeCode(ann, codeIn(outbox.to(mobile)[0]!.text));
    await forgot(reading('en'), mobile);
    expect((await outbox.next(mobile)).text).toMatch(/^[A-Z]{3}: cod \d{6} am gyfrinair newydd\./);
  });

  test('gets the link in it', async () => {
    const { username, email } = await joinedIn('cy');
    clock.pass(days(1));
    await ownersLink(house, username, email);
    // A code that was asked for before may leave after it.
    expect(outbox.to(email).map(({ subject }) => subject)).toContain('Dolen am gyfrinair newydd');
  });

  test('is written to in English where there is no such catalogue any more', async () => {
    const { username, email } = await joinedIn('cy');
    await stores.sql(`UPDATE "User" SET "locale" = 'br' WHERE "username" = $1`, [username]);
    await forgot(reading('cy'), email);
    expect(await subjectTo(email)).toBe('your ChatLink code for a new password');
  });
});

test('a job of the release before, which knew no languages, means English', async () => {
  const { to } = await joining(house, {}, reading('cy'));
  await settled(house);
  const { id } = await challengeOf(house, to);
  await stores.sql(`UPDATE "RegistrationOtp" SET "delivery" = 'queued' WHERE "id" = $1`, [id]);
  const queue = openQueue<object>('messages', stores.redis, { tries: 1, backoff: 0 });
  await queue.add('of-the-release-before', { purpose: 'registration', challengeId: id, send: 1 });
  await queue.close();
  expect(await subjectTo(to)).toBe('your ChatLink code');
});
