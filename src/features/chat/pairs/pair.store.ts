import { nobodysId } from '../../../kernel/ids.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { Prisma } from '../../../platform/stores/db.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { readOpaqueId } from './conversation-id.ts';

/** How an address names the other: by the conversation's id, or by username. */
export interface Place {
  conversationId: string | null;
  usernameKey: string; // no username is empty, so '' names nobody
}

export function placeOf(name: string): Place {
  const conversationId = readOpaqueId(name);
  return { conversationId, usernameKey: conversationId === null ? (usernameKeyOf(name) ?? '') : '' };
}

/** Two people of whom the viewer is one; where there is no other, or nobody knows of one, what stands for nobody. */
export interface Pair {
  otherId: string;
  conversationId: string;
  /** What the other is called, for whoever compares first words. */
  names: string[];
}

export type Tx = Pick<Db, '$queryRaw' | '$executeRaw'>;

async function findPair(tx: Tx, { id, securityVersion }: Viewer, place: Place): Promise<Pair | null> {
  const [found] = await tx.$queryRaw<Pair[]>`
    SELECT COALESCE(u."id", ${nobodysId}::uuid)::text AS "otherId",
           COALESCE(p."conversationId", "conversation_id"(v."id", COALESCE(u."id", ${nobodysId}::uuid)))::text AS "conversationId",
           array_remove(ARRAY[u."username", u."displayName"], NULL) AS "names"
    FROM "User" v
    LEFT JOIN "Participation" p ON p."userId" = ${id}::uuid AND p."conversationId" = ${place.conversationId}::uuid
    LEFT JOIN "User" u ON u."id" = COALESCE(p."otherId",
      (SELECT n."id" FROM "User" n WHERE n."usernameKey" = ${place.usernameKey}))
    WHERE v."id" = ${id}::uuid AND v."securityVersion" = ${securityVersion}::int
    FOR NO KEY UPDATE OF v`;
  return found ?? null;
}

/** What two people do to each other is done one after the other, and so is what one of them does to many. Null: the session is over. */
export function inTurn<T>(
  db: Db,
  viewer: Viewer,
  place: Place,
  locks: (pair: Pair) => readonly Prisma.Sql[],
  act: (tx: Tx, pair: Pair) => Promise<T>,
): Promise<T | null> {
  return db.$transaction(async (tx) => {
    const pair = await findPair(tx, viewer, place);
    if (!pair) return null;
    const key = Prisma.sql`"pair_key"(${viewer.id}::uuid, ${pair.otherId}::uuid)`;
    // In one order everywhere. The next statement then begins after what it waited for.
    await tx.$queryRaw`
      SELECT count(pg_advisory_xact_lock(k."key")) FROM (
        SELECT DISTINCT "key" FROM unnest(ARRAY[${Prisma.join([key, ...locks(pair)])}]) AS all_of("key") ORDER BY "key"
      ) k`;
    return act(tx, pair);
  });
}
