/** CEFR, lowest first. */
export const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;
export type Level = (typeof levels)[number];

export interface Language {
  code: string; // BCP 47
  role: 'native' | 'learning';
  level: Level | null; // null for native ones, and where the person said none
}

/** Undefined level: the form doesn't say, so what is saved stays. */
export type Chosen = Omit<Language, 'level'> & { level: Level | null | undefined };

type Named = Pick<Language, 'code' | 'role'>;
function nameOf({ code, role }: Named): string {
  return `${role} ${code}`;
}

/** In any order. */
export function sameLanguages(one: readonly Named[], other: readonly Named[]): boolean {
  return inOneOrder(one) === inOneOrder(other);
}
function inOneOrder(list: readonly Named[]): string {
  return list.map(nameOf).sort().join();
}

function sameOrder(one: readonly Named[], other: readonly Named[]): boolean {
  return one.map(nameOf).join() === other.map(nameOf).join();
}

export function identical(one: readonly Language[], other: readonly Language[]): boolean {
  return sameOrder(one, other) && one.every(({ level }, n) => level === other[n]!.level);
}

export interface Difference {
  added: string[];
  removed: string[];
  moved: string[];
}

export function differenceBetween(before: readonly Named[], after: readonly Named[]): Difference {
  const others = (mine: readonly Named[], theirs: readonly Named[]): string[] =>
    mine.filter(({ code }) => theirs.every((l) => l.code !== code)).map(({ code }) => code);
  const moved = after.filter(({ code, role }) => before.some((l) => l.code === code && l.role !== role));
  return {
    added: others(after, before),
    removed: others(before, after),
    moved: moved.map(({ code }) => code),
  };
}

/** Applies what the form changed of `shown`, so that another tab's changes stay. Null: both changed languages. */
export function mergeLanguages(
  now: readonly Language[],
  shown: readonly Language[] | null,
  chosen: readonly Chosen[],
): Language[] | null {
  const settled = ({ code, role, level }: Chosen): Language => {
    const at = (list: readonly Language[]) => list.find((l) => l.code === code && l.role === role);
    const untouched = level === undefined || (shown && level === (at(shown)?.level ?? null));
    const known = untouched ? at(now) : undefined;
    return { code, role, level: known ? known.level : (level ?? null) };
  };
  const asChosen = () => chosen.map(settled);
  const asNow = () => now.map((l) => settled(chosen.find((c) => nameOf(c) === nameOf(l)) ?? l));

  if (!shown) return asChosen();
  if (sameLanguages(chosen, shown))
    return sameOrder(chosen, shown) || !sameLanguages(now, shown) ? asNow() : asChosen();
  return sameLanguages(now, shown) || sameLanguages(now, chosen) ? asChosen() : null;
}
