import type { Viewer } from '../../kernel/viewer.ts';
import type { Prisma } from './db.ts';

/** One value about the viewer, whose row of "User" is alias `u`: a subquery, or a function of its columns. */
export type Question = (viewer: Viewer) => Prisma.Sql;

/** One value about a person of alias `u`, for whoever looks at them. */
export type PersonQuestion = Question;

/** All of them in one statement. Null: the viewer's session is over. */
export type Ask = (viewer: Viewer, questions: readonly Question[]) => Promise<unknown[] | null>;
