import type { MailServer } from '../../tests/support/mail-server.ts';
import { Client, type Reply } from '../client.ts';
import { newcomer, newUsername, password, person } from '../people.ts';
import type { Prepared } from './load.ts';
import { rateSettings } from './settings.ts';

function expectStatus(reply: Reply, status: number, what: string): void {
  if (reply.status !== status) throw new Error(`${what} was answered ${reply.status}, not ${status}`);
}

/** Somebody of the people, signed in on a device that the site then knows. */
async function settledIn(port: number, n: number): Promise<Client> {
  const client = await new Client(port).open('/login');
  const { email } = person('k', n);
  expectStatus(await client.post('/login', { identifier: email, password }), 303, 'sign-in');
  return client;
}

/** Knows what was made for a site, by its port. */
function onceFor<T>(make: (port: number) => Promise<T>): (port: number) => Promise<T> {
  const made = new Map<number, Promise<T>>();
  return (port) => made.get(port) ?? made.set(port, make(port)).get(port)!;
}
function settled(port: number, first: number, count: number): Promise<Client[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => settledIn(port, first + n)));
}

/** Who looks at pages: one for each browser, apart from those who sign in. */
const firstReader = 100;
/** The names of those who look at pages. */
export const readers = Array.from(
  { length: rateSettings.pageConnections },
  (_, n) => person('k', firstReader + n).username,
);
/** The cookies of as many signed-in people as there are browsers. */
export const signedInCookies = onceFor(async (port) =>
  (await settled(port, firstReader, readers.length)).map((client) => client.cookieHeader()),
);

const devicesOf = onceFor((port) => settled(port, 1, rateSettings.people));
/** Sign-in forms, each in a session of its own, of people on devices that the site knows. */
export async function signInForms(port: number, count: number): Promise<Prepared[]> {
  const devices = await devicesOf(port);
  const forms: Prepared[] = [];
  while (forms.length < count)
    forms.push(
      ...(await Promise.all(
        devices.map(async (device, n) => {
          const visitor = await device.signedOut().open('/login');
          const fields = { identifier: person('k', n + 1).email, password };
          return { cookie: visitor.cookieHeader(), body: visitor.formOf(fields), ip: visitor.ip };
        }),
      )),
    );
  return forms;
}

let joined = 0;
/** From the form to the profile; `codeFor` an address is what is typed as its code. */
async function join(port: number, codeFor: (email: string) => Promise<string>): Promise<void> {
  const form = newcomer(newUsername('j', ++joined));
  const client = await new Client(port).open('/sign-up');
  const submitted = await client.post('/sign-up', form);
  expectStatus(submitted, 303, 'the sign-up form');
  const proved = await client.post('/sign-up/code', { code: await codeFor(form.email) });
  expectStatus(proved, 303, 'the code');
  expectStatus(await client.send('GET', '/profile'), 200, 'the profile');
}
/** A whole sign-up, with the code out of a real letter. */
export function signUp(port: number, mail: MailServer): Promise<void> {
  return join(port, (email) => mail.code(email));
}
/** The same way past the server of limits, which takes any code. */
export function bareSignUp(port: number): Promise<void> {
  return join(port, async () => '123456');
}

let forgetful = 1_000;
/** From "forgot" to the new password. Each person once: one mailbox gets five messages an hour. */
export async function reset(port: number, mail: MailServer): Promise<void> {
  const { email } = person('k', ++forgetful);
  const client = await new Client(port).open('/password/forgot');
  expectStatus(await client.post('/password/forgot', { identifier: email }), 303, 'asking for a code');
  const code = await mail.code(email);
  expectStatus(await client.post('/password/code', { code }), 303, 'the reset code');
  await client.open('/password/new');
  const next = 'harbour-violin-58';
  const set = await client.post('/password/new', { password: next, passwordConfirmation: next });
  expectStatus(set, 303, 'the new password');
}
