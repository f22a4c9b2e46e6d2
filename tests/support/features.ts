import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fields, Visitor } from './visitor.ts';

export interface MemberRoute {
  method: 'get' | 'post';
  /** As Express has it: "/people/:username". */
  route: string;
  /** What a browser asks for. */
  path: string;
  /** A form that would be carried out. */
  fields?: Fields;
}

/** What tests that walk the whole site ask about one feature; it stands in `features/`, one file a feature. */
export interface FeatureFacts {
  /** All of its routes for signed-in people. `username` and `handle` are of the person and another session of theirs. */
  memberRoutes?: (of: { username: string; handle: string }) => MemberRoute[];
  /** By table: rules for a row, the last fence behind a mistake in the code. Prisma's schema has no word for them. */
  checks?: Record<string, readonly string[]>;
  /** Leaves a row in each of its tables, with this text where people may write one, and with somebody else where it takes two. */
  leaveTraces?: (who: Visitor, text: string, other: string) => Promise<void>;
}

const folder = join(import.meta.dirname, 'features');
export const featureFacts: readonly FeatureFacts[] = await Promise.all(
  readdirSync(folder).map(async (name) => {
    const { facts } = (await import(pathToFileURL(join(folder, name)).href)) as { facts: FeatureFacts };
    return facts;
  }),
);

/** Somebody of whom every feature that can say it holds something. */
export async function leaveTraces(who: Visitor, text: string, other: string): Promise<void> {
  for (const facts of featureFacts) await facts.leaveTraces?.(who, text, other);
}
