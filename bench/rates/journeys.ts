import type { MailServer } from '../../tests/support/mail-server.ts';
import { Client, type Reply } from '../client.ts';
import { newcomer, password, person } from '../people.ts';
import type { Prepared } from './load.ts';

const expectStatus = (reply: Reply, status: number, what: string): void => {
  if (reply.status !== status) throw new Error(`${what} was answered ${reply.status}, not ${status}`);
};

/** Somebody of the people, signed in on a device that the site then knows. */
const settledIn = async (port: number, n: number): Promise<Client> => {
  const client = await new Client(port).open('/login');
  const { email } = person('k', n);
  expectStatus(await client.post('/login', { identifier: email, password }), 303, 'sign-in');
  return client;
};

/** The cookies of somebody who is signed in. */
export const signedInCookie = async (port: number): Promise<string> =>
  (await settledIn(port, 0)).cookieHeader();

const devicesAt = new Map<number, Client[]>();
/** Sign-in forms, each in a session of its own, of people on devices that the site knows. */
export const signInForms = async (port: number, count: number): Promise<Prepared[]> => {
  const devices =
    devicesAt.get(port) ?? (await Promise.all(Array.from({ length: 16 }, (_, n) => settledIn(port, n + 1))));
  devicesAt.set(port, devices);
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
};

let joined = 0;
/** From the form to the profile, with the code out of a real letter. */
export const signUp = async (port: number, mail: MailServer): Promise<void> => {
  const form = newcomer(`j${process.pid.toString(36)}_${(++joined).toString(36)}x`);
  const client = await new Client(port).open('/sign-up');
  const submitted = await client.post('/sign-up', form);
  expectStatus(submitted, 303, 'the sign-up form');
  const proved = await client.post('/sign-up/code', { code: await mail.code(form.email) });
  expectStatus(proved, 303, 'the code');
  expectStatus(await client.send('GET', '/profile'), 200, 'the profile');
};

let forgetful = 1_000;
/** From "forgot" to the new password. Each person once: one mailbox gets five messages an hour. */
export const reset = async (port: number, mail: MailServer): Promise<void> => {
  const { email } = person('k', ++forgetful);
  const client = await new Client(port).open('/password/forgot');
  expectStatus(await client.post('/password/forgot', { identifier: email }), 303, 'asking for a code');
  const code = await mail.code(email);
  expectStatus(await client.post('/password/code', { code }), 303, 'the reset code');
  await client.open('/password/new');
  const next = 'harbour-violin-58';
  const set = await client.post('/password/new', { password: next, passwordConfirmation: next });
  expectStatus(set, 303, 'the new password');
};
