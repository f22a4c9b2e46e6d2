import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';
import { mayGoOn } from '../../safety/index.ts';

/** More than a badge says; so many requests are counted and no further. */
const MOST = 100;

/** How many hellos wait for the viewer's answer. */
export const waitingQuestion: Question = (viewer) => Prisma.sql`(
  SELECT count(*)::int FROM (
    SELECT FROM "Participation" mine JOIN "User" u ON u."id" = mine."otherId" AND ${mayGoOn(viewer)}
    WHERE mine."userId" = ${viewer.id}::uuid AND mine."list" = 'requests' LIMIT ${MOST}
  ) waiting)`;
