import type { FindableBy, LanguageLevel, Role } from '../../src/platform/generated/prisma/enums.ts';

/** Somebody for a laptop. What is not said is what most people have. */
export interface DemoPerson {
  username: string;
  displayName?: string;
  country: string;
  native: readonly string[];
  learning: Readonly<Record<string, LanguageLevel | null>>;
  interests?: readonly string[];
  bio?: string;
  role?: Role;
  /** In years and months before they move in, so that everybody stays in their band; else a day of 1995. */
  age?: readonly [years: number, months: number];
  /** Days before they move in. */
  joined?: number;
  /** Hours since they were here. */
  here?: number;
  hidden?: true;
  findable?: FindableBy;
  /** SVG. */
  picture?: string;
}
