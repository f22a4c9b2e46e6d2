import { createHash } from 'node:crypto';
import type { ProfileVisibility } from '../../../platform/generated/prisma/enums.ts';

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
export const contentFields: readonly ContentField[] = [
  'displayName',
  'bio',
  'country',
  'interests',
  'visibility',
];

/** A mark for each field of what a form was filled with: enough to see whether it still is what it was. */
export type Marks = Readonly<Record<ContentField, string>>;

/** 36 bits: one honest mistake in 69 billion, and whoever forges one confuses nobody else. */
const markOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 6);

export const marksOf = (content: Content): Marks =>
  Object.fromEntries(contentFields.map((field) => [field, markOf(content[field])])) as Record<
    ContentField,
    string
  >;

/** What a form was filled with, as far as it has to be known. */
export interface Shown {
  marks: Marks;
  /** All of them: what was ticked and unticked is laid over what is saved now. */
  interests: readonly string[];
}

export const shownOf = (content: Content): Shown => ({
  marks: marksOf(content),
  interests: content.interests,
});

/** "Kq3x_9.a1…/tea.sea": as a form carries it. */
export const writeShown = ({ marks, interests }: Shown): string =>
  `${contentFields.map((field) => marks[field]).join('.')}/${interests.join('.')}`;

/** Marks and ten interests are under 250 characters. */
const SHOWN_MAX = 1_000;
/** Null for anything that no form of ours has held. */
export const readShown = (text: string): Shown | null => {
  const [, parts, list] =
    /^([\w-]{6}(?:\.[\w-]{6}){4})\/((?:[a-z-]+(?:\.[a-z-]+)*)?)$/.exec(text.slice(0, SHOWN_MAX)) ?? [];
  if (parts === undefined || list === undefined) return null;
  const marks = Object.fromEntries(parts.split('.').map((mark, n) => [contentFields[n]!, mark])) as Record<
    ContentField,
    string
  >;
  const interests = list === '' ? [] : list.split('.');
  return marks.interests === markOf(interests) ? { marks, interests } : null;
};

export const sameContent = (one: Content, other: Content): boolean => {
  const [these, those] = [marksOf(one), marksOf(other)];
  return contentFields.every((field) => these[field] === those[field]);
};

/**
 * What one tab ticked and unticked, laid over what another one saved meanwhile; in the order of what is saved, then of
 * what was ticked.
 */
export const mergeInterests = (
  now: readonly string[],
  wanted: readonly string[],
  shown: readonly string[],
): string[] => [
  ...now.filter((code) => wanted.includes(code) || !shown.includes(code)),
  ...wanted.filter((code) => !now.includes(code) && !shown.includes(code)),
];

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
  return contentFields
    .filter((field) => is[field] !== asked[field] && is[field] !== shown?.[field])
    .map((field) => ({ field, touched: asked[field] !== shown?.[field] }));
};
