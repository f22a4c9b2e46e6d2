import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The least share of a limit that is wanted, by name; `why`: a reason where the number asks for one. */
export interface Goal {
  what: string;
  limit: string;
  ratio: number;
  why?: string;
}

export const goals: Readonly<Record<string, Goal>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'goals.json'), 'utf8'),
) as Record<string, Goal>;

/** The goal of one of ours beside its limit; null where the number is only looked at. */
export function goalOf(what: string, limit: string): number | null {
  return Object.values(goals).find((goal) => goal.what === what && goal.limit === limit)?.ratio ?? null;
}
