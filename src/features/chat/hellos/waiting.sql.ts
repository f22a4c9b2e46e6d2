import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';
import { mayGoOn } from '../../safety/index.ts';
import { badgePolicy } from '../policy.ts';

/** How many hellos wait for the viewer's answer; counted no further than a badge says. */
export const waitingQuestion: Question = (viewer) => Prisma.sql`(
  SELECT count(*)::int FROM (
    SELECT FROM "Participation" mine JOIN "User" u ON u."id" = mine."otherId" AND ${mayGoOn(viewer)}
    WHERE mine."userId" = ${viewer.id}::uuid AND mine."list" = 'requests' LIMIT ${badgePolicy.most}
  ) waiting)`;
