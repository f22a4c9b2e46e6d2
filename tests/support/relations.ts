import { days, later } from '../../src/kernel/clock.ts';
import type { TestHouse } from './house.ts';
import { block, bornOn, makePartners } from './pairs.ts';
import { type Visitor, visitor } from './visitor.ts';
import type { Relation, State } from './who-may-what.ts';

export interface Somebody {
  id: string;
  username: string;
}

/** Two people between whom there is something, put in by hand. */
export interface Between {
  viewer: Visitor;
  viewerId: string;
  other: Somebody;
  /** The opaque id of their conversation, be there one or not. */
  conversation: string;
}

export async function idOf({ stores }: TestHouse, username: string): Promise<string> {
  const [row] = await stores.sql<{ id: string }>('SELECT "id" FROM "User" WHERE "usernameKey" = $1', [
    username,
  ]);
  return row!.id;
}

export async function conversationIdOf({ stores }: TestHouse, one: string, other: string): Promise<string> {
  const [row] = await stores.sql<{ id: string }>('SELECT "conversation_id"($1, $2) AS "id"', [one, other]);
  return row!.id;
}

export const opaque = (uuid: string): string =>
  `c_${Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')}`;

/** A conversation that began with one hello; `lists`: where the asker and the asked have it. */
async function converse(
  { stores, clock }: TestHouse,
  {
    id,
    asker,
    asked,
    state,
    lists,
  }: { id: string; asker: string; asked: string; state: string; lists: [string, string] },
): Promise<void> {
  const now = clock.now();
  const accepted = state === 'requested' ? null : now;
  await stores.sql(
    `INSERT INTO "Conversation" ("id", "lowId", "highId", "state", "askedBy", "askedAt", "acceptedAt", "lastSeq", "lastAt", "lastChange")
     SELECT $1, LEAST($2::uuid, $3::uuid), GREATEST($2::uuid, $3::uuid), $4::"ConversationState", $2, $5, $6, 1, $5, 1`,
    [id, asker, asked, state, now, accepted],
  );
  await stores.sql(
    `INSERT INTO "Participation" ("userId", "conversationId", "otherId", "list", "lastAt")
     VALUES ($2, $1, $3, $4::"ChatList", $6), ($3, $1, $2, $5::"ChatList", $6)`,
    [id, asker, asked, ...lists, now],
  );
  await stores.sql(
    `INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "at", "change")
     VALUES ($1, 1, $2, gen_random_uuid(), 'Hei!', $3, 1)`,
    [id, asker, now],
  );
}

export async function relate(
  house: TestHouse,
  viewer: string,
  other: string,
  relation: Relation,
): Promise<string> {
  const { stores, clock } = house;
  const id = await conversationIdOf(house, viewer, other);
  const hello = { id, asker: viewer, asked: other };
  if (relation === 'requested by me')
    await converse(house, { ...hello, state: 'requested', lists: ['chats', 'requests'] });
  if (relation === 'requested by them')
    await converse(house, {
      id,
      asker: other,
      asked: viewer,
      state: 'requested',
      lists: ['chats', 'requests'],
    });
  if (relation === 'partner') {
    await converse(house, { ...hello, state: 'accepted', lists: ['chats', 'chats'] });
    await makePartners(stores, viewer, other, clock.now());
  }
  if (relation === 'blocked me' || relation === 'blocked by me') {
    await converse(house, { ...hello, state: 'ended', lists: ['chats', 'chats'] });
    const [blocker, blocked] = relation === 'blocked me' ? [other, viewer] : [viewer, other];
    await block(stores, blocker, blocked, clock.now());
  }
  if (relation === 'staff')
    await stores.sql(`UPDATE "User" SET "role" = 'moderator' WHERE "id" = $1`, [viewer]);
  return opaque(id);
}

/** The row of somebody who is gone for good, and of what they leave. */
async function leave({ stores }: TestHouse, id: string): Promise<void> {
  await stores.sql('UPDATE "Participation" SET "otherId" = NULL WHERE "otherId" = $1', [id]);
  await stores.sql('DELETE FROM "Participation" WHERE "userId" = $1', [id]);
  await stores.sql('UPDATE "Message" SET "authorId" = NULL WHERE "authorId" = $1', [id]);
  for (const side of ['lowId', 'highId', 'askedBy'])
    await stores.sql(`UPDATE "Conversation" SET "${side}" = NULL WHERE "${side}" = $1`, [id]);
  await stores.sql('DELETE FROM "Partner" WHERE $1 IN ("lowId", "highId")', [id]);
  await stores.sql('DELETE FROM "Block" WHERE $1 IN ("blockerId", "blockedId")', [id]);
  await stores.sql('DELETE FROM "User" WHERE "id" = $1', [id]);
}

/** Puts somebody into a state; of the other band, grown-ups are minors from then on. */
export async function become(house: TestHouse, id: string, state: State): Promise<void> {
  const { stores, clock } = house;
  const set = (text: string, ...values: unknown[]) =>
    stores.sql(`UPDATE "User" SET ${text} WHERE "id" = $1`, [id, ...values]);
  const now = clock.now();
  if (state === 'hidden') await set(`"visibility" = 'nobody'`);
  if (state === 'other band') await bornOn(stores, id, '2009-03-01', '16-17');
  if (state === 'leaving') await set('"leavingAt" = $2, "purgeAt" = $3', now, later(now, days(14)));
  if (state === 'left') await leave(house, id);
  if (state === 'suspended') await set('"suspendedUntil" = $2', later(now, days(1)));
  if (state === 'banned') await set('"bannedAt" = $2', now);
}

/** A viewer, and an ordinary grown-up member in this relation to them. */
export async function between(house: TestHouse, relation: Relation): Promise<Between> {
  const viewer = visitor(house);
  const viewerId = await idOf(house, (await viewer.signUp()).username);
  const { username } = await visitor(house).signUp();
  const other = { id: await idOf(house, username), username };
  // Who speaks what the viewer learns, and learns what they speak.
  await house.stores.sql(
    `UPDATE "UserLanguage" SET "role" = (CASE "role" WHEN 'native' THEN 'learning' ELSE 'native' END)::"LanguageRole"
     WHERE "userId" = $1`,
    [other.id],
  );
  const conversation = await relate(house, viewerId, other.id, relation);
  if (relation === 'nobody') await become(house, other.id, 'left');
  return { viewer, viewerId, other, conversation };
}
