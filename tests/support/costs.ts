import { readdirSync, readFileSync } from 'node:fs';

/** What a page may cost at most. */
export interface Budget {
  /** SQL statements, beside the words that begin and end a transaction. */
  statements: number;
  /** Redis commands; what is sent together counts for each. */
  commands: number;
  /** Of the answer's body, as it is sent to browsers. */
  bytes: number;
}

type Pages = Record<'visitor' | 'member', Record<string, Budget>>;

interface Budgets {
  /** Pages as a visitor or a member asks for them, by address. */
  pages: Pages;
  /** Bytes of every page of the catalogue, by name. */
  catalogue: Record<string, number>;
}

/** One file a feature, and `web.json` for what belongs to none. */
const files = readdirSync('tests/costs').map(
  (name) =>
    JSON.parse(readFileSync(`tests/costs/${name}`, 'utf8')) as Partial<Budgets & { pages: Partial<Pages> }>,
);

function together<Value>(parts: readonly (Record<string, Value> | undefined)[]): Record<string, Value> {
  return Object.assign({}, ...parts) as Record<string, Value>;
}

/** Costs that are the same on every machine. A page that becomes dearer says so here, in the same commit. */
export const budgets: Budgets = {
  pages: {
    visitor: together(files.map(({ pages }) => pages?.visitor)),
    member: together(files.map(({ pages }) => pages?.member)),
  },
  catalogue: together(files.map(({ catalogue }) => catalogue)),
};
