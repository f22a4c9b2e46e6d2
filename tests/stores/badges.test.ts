import { expect, test } from '@jest/globals';
import { newQuestion } from '../../src/features/chat/conversations/new.sql.ts';
import { Prisma } from '../../src/platform/stores/db.ts';
import { chatting } from '../support/chatting.ts';
import { partnersWho } from '../support/partners.ts';
import { twoNodes } from '../support/nodes.ts';

/** What the bar counts, in one statement, on every page. */
const nodes = await twoNodes();
const { stores, of, clock } = nodes;
const db = of((node) => node.db);
const chats = chatting(nodes);
const { annAndBen, send } = partnersWho(chats, clock);

/** Two hundred people with whom Ann has talked: fifty messages each, all of them read but in every tenth the last. */
const talks = `
  WITH people AS (
    INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
    SELECT gen_random_uuid(), 'person' || n, 'person' || n, 'person' || n || '@example.com', 'person' || n || '@example.com', $2, '$argon2id$', '1990-01-01', 'DE', $2, $2
    FROM generate_series(1, 200) n RETURNING "id", right("username", -6)::int AS "n"
  ), talks AS (
    INSERT INTO "Conversation" ("id", "lowId", "highId", "state", "askedAt", "acceptedAt", "lastSeq", "lastAt", "lastChange")
    SELECT "conversation_id"($1::uuid, p."id"), LEAST($1::uuid, p."id"), GREATEST($1::uuid, p."id"), 'accepted', $2, $2, 50, $2, 50 FROM people p
  ), parts AS (
    INSERT INTO "Participation" ("userId", "conversationId", "otherId", "list", "lastAt", "readSeq")
    SELECT $1::uuid, "conversation_id"($1::uuid, p."id"), p."id", 'chats', $2, CASE WHEN p."n" % 10 = 0 THEN 49 ELSE 50 END FROM people p
  )
  INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "at", "change")
  SELECT "conversation_id"($1::uuid, p."id"), s, p."id", gen_random_uuid(), 'Hallo', $2, s FROM people p CROSS JOIN generate_series(1, 50) s`;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Loops': number;
  Plans?: Plan[];
}
function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

test('two hundred chats are counted by looks into an index, and whether the two may go on is asked of those with something new', async () => {
  const { ann, ben } = await annAndBen();
  await send(1, ben, 'ann', 'Neu');
  await stores.sql(talks, [ann.id, clock.now()]);
  await stores.sql('ANALYZE');
  const counted = Prisma.sql`SELECT ${newQuestion(chats.asOf(ann))} AS "count" FROM "User" u WHERE u."id" = ${ann.id}::uuid`;
  expect(await db(0).rows(counted)).toEqual([{ count: 21 }]);
  const [row] = await db(0).rows<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${counted}`,
  );
  const all = nodesOf(row!['QUERY PLAN'][0]!.Plan);
  const ofMessages = all.filter(
    (node) => node['Relation Name']?.startsWith('Message_') && node['Actual Loops'] > 0,
  );
  expect(ofMessages.length).toBeGreaterThan(0);
  expect(ofMessages.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  const people = all.filter((node) => node['Relation Name'] === 'User').map((node) => node['Actual Loops']);
  expect(Math.max(...people)).toBeLessThan(50);
});
