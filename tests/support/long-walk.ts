import { hours, minutes } from '../../src/kernel/clock.ts';
import { codeIn } from './captured.ts';
import { type TestHouse, withAnother } from './house.ts';
import { byMobile, newMobile, resend, typeCode, wrongCode } from './joining.ts';
import { repeatedly } from './many.ts';
import { forgot, setPassword } from './recovering.ts';
import { Traces } from './secrets.ts';
import { confirm, handleOfTheOther, revoke, settled, sidOf } from './security.ts';
import { type Fields, newPerson, type Page, type Visitor, visitor } from './visitor.ts';

/** Everything that was used on a walk and that should be found nowhere, or only where it belongs. */
export interface Used {
  traces: Traces;
  passwords: string[];
  /** The parts of device cookies that cannot be guessed. */
  devices: Set<string>;
  sessionIds: Set<string>;
  /** Contacts in full. */
  contacts: string[];
  ips: Set<string>;
}

async function expectTo(page: Promise<Page>, leadsTo: string): Promise<void> {
  const { status, redirectedTo } = await page;
  if (redirectedTo !== leadsTo) throw new Error(`${status} to ${redirectedTo} instead of ${leadsTo}`);
}

/** A walker, and the steps after each of which all that is kept is looked at: while its jobs wait, and afterwards. */
function setOut(house: TestHouse) {
  const used: Used = {
    traces: new Traces(house),
    passwords: [],
    devices: new Set(),
    sessionIds: new Set(),
    contacts: [],
    ips: new Set(),
  };
  const people: Visitor[] = [];
  const { redis } = house.stores;
  return {
    house,
    used,
    newestCode: (to: string): string => codeIn(house.outbox.to(to).at(-1)!.text),
    somebody: (): Visitor => {
      const who = visitor(house);
      people.push(who);
      used.ips.add(who.ip);
      return who;
    },
    password: (): string => {
      used.passwords.push(`unmistakable-lantern-${used.passwords.length + 10}`);
      return used.passwords.at(-1)!;
    },
    step: async (name: string, act: () => Promise<unknown>): Promise<void> => {
      await act();
      for (const who of people) {
        const parts = who.cookies.get('device')?.split(/[.~]/) ?? [];
        for (const part of parts) if (part.length > 8) used.devices.add(part);
        if (who.sessionCookie) used.sessionIds.add(sidOf(who));
      }
      await used.traces.look(name);
      while ((await redis.exists('bull:{events}:wait', 'bull:{messages}:wait', 'bull:{security}:wait')) > 0) {
        await withAnother(house, { jobs: true }, () => settled(house));
        await used.traces.look(`${name}, messages sent`);
      }
    },
  };
}
type Walk = ReturnType<typeof setOut>;

async function join({ newestCode, somebody, password, step }: Walk, to: string, changes: Fields) {
  const who = somebody();
  const first = password();
  const form = newPerson({ ...changes, password: first });
  await step('a sign-up', () => expectTo(who.post('/sign-up', form), '/sign-up/code'));
  const code = newestCode(to);
  await step('a wrong code', () => typeCode(who, wrongCode(code)));
  await step('another code', () => expectTo(resend(who), '/sign-up/code'));
  await step('the code before', () => typeCode(who, code));
  await step('the right code', () => expectTo(typeCode(who, newestCode(to)), '/welcome'));
  await step('joining twice', () => somebody().startSignUp({ ...changes, password: password() }));
  return { username: String(form.username), first };
}

async function signIn({ somebody, password, step }: Walk, username: string, right: string) {
  await step('a wrong password', () => somebody().signIn(username, password()));
  await step('a password in the wrong field', () => somebody().signIn(password(), password()));
  await step('a password in the wrong field of a reset', () => forgot(somebody(), password()));
  const device = somebody();
  await step('a new device', () => expectTo(device.signIn(username, right, { remember: 'on' }), '/people'));
}

async function resetByCode(
  { newestCode, somebody, password, step }: Walk,
  { typed, to, old }: { typed: string; to: string; old: string },
) {
  const who = somebody();
  const tryCode = (code: string) => who.post('/password/code', { code });
  await step('a reset', () => expectTo(forgot(who, typed), '/password/code'));
  const code = newestCode(to);
  await step('a wrong reset code', () => tryCode(wrongCode(code)));
  await who.get('/password/code');
  await step('another reset code', () => expectTo(who.post('/password/code/resend'), '/password/code'));
  await step('the reset code before', () => tryCode(code));
  await step('the right reset code', () => expectTo(tryCode(newestCode(to)), '/password/new'));
  await step('a refused new password', () => setPassword(who, old));
  await step('a new password', () => expectTo(setPassword(who, password()), '/login'));
}

async function resetByLink({ house, somebody, password, step }: Walk, to: string): Promise<string> {
  house.clock.pass(hours(1));
  await step('codes run out', () => repeatedly(6, () => forgot(somebody(), to)));
  const text = house.outbox
    .to(to)
    .map((message) => message.text)
    .join();
  const link = /\/password\/link\/[\w-]+/.exec(text)![0];
  const owner = somebody();
  await step('the link opened', () => owner.get(link));
  await step('the link used', () => expectTo(owner.post(link), '/password/new'));
  const next = password();
  await step('a password by link', () => expectTo(setPassword(owner, next), '/login'));
  return next;
}

async function settings({ house, somebody, password, step }: Walk, username: string, right: string) {
  const [here, there] = [somebody(), somebody()];
  await step('one device', () => expectTo(here.signIn(username, right), '/people'));
  await step('another device', () => expectTo(there.signIn(username, right), '/people'));
  house.clock.pass(minutes(16));
  const handle = await handleOfTheOther(here);
  await step('ending a session', () => expectTo(revoke(here, handle), '/settings/confirm'));
  await step('a wrong password to confirm', () => confirm(here, password()));
  await step('the right one', () => expectTo(confirm(here, right), '/settings/security'));
  const change = (currentPassword: string, next: string) =>
    here.post('/settings/password', { currentPassword, password: next, passwordConfirmation: next });
  await step('a wrong present password', () => change(password(), password()));
  await step('another password', () => expectTo(change(right, password()), '/settings/security'));
  await step('signing out', () => expectTo(here.post('/logout'), '/login'));
}

/** Through everything that handles a secret. The house's jobs must be left in their queue. */
export async function walkEverywhere(house: TestHouse): Promise<Used> {
  const walk = setOut(house);
  const [email, mobile] = [newPerson().email as string, newMobile()];
  walk.used.contacts.push(email, mobile);
  const byMail = await join(walk, email, { email });
  const byText = await join(walk, mobile, byMobile(mobile));
  await signIn(walk, byMail.username, byMail.first);
  await resetByCode(walk, { typed: email, to: email, old: byMail.first });
  await resetByCode(walk, { typed: byText.username, to: mobile, old: byText.first });
  await settings(walk, byMail.username, await resetByLink(walk, email));
  return walk.used;
}
