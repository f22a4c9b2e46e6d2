import { createHash } from 'node:crypto';
import type { ProfileVisibility } from '../../platform/generated/prisma/enums.ts';

/** What the profile form changes. */
export interface Content {
  /** Null: the username alone. */
  displayName: string | null;
  bio: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Codes, in the order in which they are shown. */
  interests: string[];
  visibility: ProfileVisibility;
}

export type ContentField = keyof Content;
const fields: readonly ContentField[] = ['displayName', 'bio', 'country', 'interests', 'visibility'];

/** A mark for each field of what a form was filled with: enough to see whether it still is what it was. */
export type Marks = Readonly<Record<ContentField, string>>;

/** 36 bits: one honest mistake in 69 billion, and whoever forges one confuses nobody else. */
const markOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 6);

export const marksOf = (content: Content): Marks =>
  Object.fromEntries(fields.map((field) => [field, markOf(content[field])])) as Record<ContentField, string>;

/** "Kq3x_9.a1…": as a form carries them. */
export const writeMarks = (marks: Marks): string => fields.map((field) => marks[field]).join('.');

/** Null for anything that no form of ours has held. */
export const readMarks = (text: string): Marks | null => {
  if (!/^[\w-]{6}(\.[\w-]{6}){4}$/.test(text)) return null;
  const parts = text.split('.');
  return Object.fromEntries(fields.map((field, n) => [field, parts[n]])) as Record<ContentField, string>;
};

export const sameContent = (one: Content, other: Content): boolean =>
  writeMarks(marksOf(one)) === writeMarks(marksOf(other));

/** One field that was changed behind the back of a form. */
export interface Meanwhile {
  field: ContentField;
  /** Whether the form changed it as well; if not, it only still holds what was there before. */
  touched: boolean;
}

/**
 * What is otherwise now than when the form was filled, and otherwise than the form wants it. Without marks every
 * difference may be one.
 */
export const changedMeanwhile = (now: Content, wanted: Content, shown: Marks | null): Meanwhile[] => {
  const [is, asked] = [marksOf(now), marksOf(wanted)];
  return fields
    .filter((field) => is[field] !== asked[field] && is[field] !== shown?.[field])
    .map((field) => ({ field, touched: asked[field] !== shown?.[field] }));
};
