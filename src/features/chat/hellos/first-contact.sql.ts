import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { firstContactPolicy } from '../../safety/index.ts';

/** Hashes of first words, and of where they come from. */
export interface WordsFrom {
  words: string;
  devices: readonly string[];
  network: string;
}

const { window, newFor, most, mostOfMinors, mostWhenNew, mostWhenSlowed } = firstContactPolicy;
const { declinesThatSlow, blocksThatSlow, sameWordsFrom } = firstContactPolicy;

/** How many first hellos the viewer said lately, how many they may say (none while the desk lets them answer only; `usual`: as no newcomer), and when they may say the next. */
export function countedSql({ id, now }: Viewer): Prisma.Sql {
  const since = at(later(now, -window));
  return Prisma.sql`
    SELECT said."hellos", may."most", usual."most" AS "usual", CASE WHEN may."most" = 0 THEN me."limitedUntil"
      ELSE LEAST((said."moments")[may."most"] + make_interval(secs => ${window / 1000}::int),
        CASE WHEN may."most" < usual."most" AND said."hellos" < usual."most"
          THEN me."createdAt" + make_interval(secs => ${newFor / 1000}::int) END) END AS "freeAt"
    FROM "User" me
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "hellos", array_agg(h."at" ORDER BY h."at" DESC) AS "moments"
      FROM "FirstHello" h WHERE h."userId" = ${id}::uuid AND h."at" > ${since}
    ) said
    CROSS JOIN LATERAL (
      SELECT LEAST(${most}::int,
        CASE WHEN "age_band"(me."dateOfBirth", ${at(now)}) <> '18-over' THEN ${mostOfMinors}::int END,
        CASE WHEN (SELECT count(*) FROM "DeclinedHello" d WHERE d."askedBy" = ${id}::uuid AND d."at" > ${since}) >= ${declinesThatSlow}::int
          OR (SELECT count(*) FROM "Block" b JOIN "Conversation" c
              ON c."id" = "conversation_id"(b."blockerId", b."blockedId") AND c."askedBy" = b."blockedId"
            WHERE b."blockedId" = ${id}::uuid AND b."at" > ${since}) >= ${blocksThatSlow}::int
          THEN ${mostWhenSlowed}::int END) AS "most"
    ) usual
    CROSS JOIN LATERAL (
      SELECT LEAST(usual."most",
        CASE WHEN me."limitedUntil" > ${at(now)} THEN 0 END,
        CASE WHEN me."createdAt" > ${at(later(now, -newFor))} THEN ${mostWhenNew}::int END) AS "most"
    ) may
    WHERE me."id" = ${id}::uuid`;
}

function lately({ id, now }: Viewer, otherId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`FROM "FirstHello" h
    WHERE h."userId" = ${id}::uuid AND h."otherId" = ${otherId} AND h."at" > ${at(later(now, -window))}`;
}

/** Whether the viewer said a first hello to this person within the window: one message until they answer, taken back or not. */
export function saidLatelySql(viewer: Viewer, otherId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT ${lately(viewer, otherId)})`;
}

/** When the viewer may say another first hello to this person; null: one said within the window does not hinder them. */
export function helloAgainSql(viewer: Viewer, otherId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT max(h."at") + make_interval(secs => ${window / 1000}::int) ${lately(viewer, otherId)})`;
}

/** Whether enough others got the same first words from the viewer, their devices or their network. */
export function saidToManySql({ id, now }: Viewer, otherId: string, from: WordsFrom): Prisma.Sql {
  return Prisma.sql`(
    SELECT count(DISTINCT h."otherId") >= ${sameWordsFrom - 1}::int FROM "FirstHello" h
    WHERE h."words" = ${from.words} AND h."at" > ${at(later(now, -window))} AND h."otherId" <> ${otherId}::uuid
      AND (h."userId" = ${id}::uuid OR h."network" = ${from.network} OR h."devices" && ${from.devices}::text[]))`;
}

/** Keys by which the same words from one place are counted one after the other. */
export function wordsLocks({ words, devices, network }: WordsFrom): Prisma.Sql[] {
  return [network, ...devices].map((place) => Prisma.sql`hashtextextended(${words + place}, 0)`);
}
