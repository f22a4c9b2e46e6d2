import { readFileSync } from 'node:fs';

/** What a page may cost at most. */
export interface Budget {
  /** SQL statements, beside the words that begin and end a transaction. */
  statements: number;
  /** Redis commands; what is sent together counts for each. */
  commands: number;
  /** Of the answer's body. */
  bytes: number;
}

interface Budgets {
  /** Pages as a visitor or a member asks for them, by address. */
  pages: Record<'visitor' | 'member', Record<string, Budget>>;
  /** Bytes of every page of the catalogue, by name. */
  catalogue: Record<string, number>;
}

/** Costs that are the same on every machine. A page that becomes dearer says so here, in the same commit. */
export const budgets = JSON.parse(readFileSync('tests/costs.json', 'utf8')) as Budgets;
