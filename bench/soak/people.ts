import type { MailServer } from '../../tests/support/mail-server.ts';
import { Client, type Reply } from '../client.ts';
import { newcomer, newUsername, password } from '../people.ts';
import { outcomeOf, type Record } from './record.ts';

/** Somebody who has joined, and what the site has promised to keep of them. */
export interface Member {
  client: Client;
  username: string;
  email: string;
  /** The name that was saved last; null: none, or a save whose answer never came. */
  displayName: string | null;
}

export interface Town {
  port: number;
  mail: MailServer;
  record: Record;
  members: Member[];
  /** Letters with a code that did not come, although the site had said that one was on its way. */
  lostLetters: string[];
}

let born = 0;
function pick<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(Math.random() * list.length)];
}

/** Sends something and notes what became of it. Null: no answer. */
async function ask({ record }: Town, send: () => Promise<Reply>): Promise<Reply | null> {
  const start = performance.now();
  try {
    const reply = await send();
    record.note(outcomeOf(reply.status), reply.ms);
    return reply;
  } catch {
    record.note('no answer', performance.now() - start);
    return null;
  }
}

function open(town: Town, client: Client, path: string) {
  return ask(town, () => client.read(path));
}
function post(town: Town, client: Client, path: string, fields: { [name: string]: string }) {
  return ask(town, () => client.post(path, fields));
}

function isTo(reply: Reply | null, path: string): boolean {
  return reply?.status === 303 && reply.location === path;
}

/** From the form to the profile. What breaks off on the way is begun anew by somebody else. */
async function join(town: Town): Promise<void> {
  const username = newUsername('s', ++born);
  const form = newcomer(username);
  const { email } = form;
  const client = new Client(town.port);
  await open(town, client, '/sign-up');
  if (!isTo(await post(town, client, '/sign-up', form), '/sign-up/code')) return;
  const code = await town.mail.code(email).catch(() => null);
  if (code === null) return void town.lostLetters.push(email);
  if (isTo(await post(town, client, '/sign-up/code', { code }), '/welcome'))
    town.members.push({ client, username, email, displayName: null });
}

async function signIn(town: Town, member: Member): Promise<void> {
  member.client = member.client.signedOut();
  await open(town, member.client, '/login');
  await post(town, member.client, '/login', { identifier: member.email, password });
}

/** Looks at the own profile; signs in again where a store lost the session. */
async function look(town: Town, member: Member): Promise<void> {
  const page = await open(town, member.client, '/profile');
  if (page?.status === 303) await signIn(town, member);
}

async function rename(town: Town, member: Member): Promise<void> {
  const page = await open(town, member.client, '/settings/profile');
  const version = /name="version" value="([^"]*)"/.exec(page?.body ?? '')?.[1];
  if (version === undefined) return;
  const displayName = `Soaked ${++born}`;
  const saved = await post(town, member.client, '/settings/profile', {
    ...Object.fromEntries(
      [...(page?.body ?? '').matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, n, v]) => [n!, v!],
      ),
    ),
    version,
    displayName,
    bio: '',
    country: 'DE',
    visibility: 'members',
  });
  // Without an answer it may be either.
  member.displayName = isTo(saved, '/profile') ? displayName : null;
}

async function knock(town: Town): Promise<void> {
  const client = new Client(town.port);
  await open(town, client, pick(['/', '/login', '/sign-up', '/password/forgot'])!);
}

async function mistype(town: Town): Promise<void> {
  const client = new Client(town.port);
  await open(town, client, '/login');
  await post(town, client, '/login', { identifier: `nobody_${++born}`, password: 'lantern-tandem-43' });
}

/** What people do, in the proportions in which they do it. */
export async function doSomething(town: Town): Promise<void> {
  const dice = Math.random();
  if (dice < 0.12) return join(town);
  if (dice < 0.3) return knock(town);
  if (dice < 0.35) return mistype(town);
  // Nobody does two things at once: whoever is chosen is away from the town meanwhile.
  const at = Math.floor(Math.random() * town.members.length);
  const [member] = town.members.splice(at, 1);
  if (!member) return join(town);
  if (dice < 0.45) await signIn(town, member);
  else if (dice < 0.5) await rename(town, member);
  else await look(town, member);
  town.members.push(member);
}
