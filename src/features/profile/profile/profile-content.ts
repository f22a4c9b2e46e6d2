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
export type FieldFingerprints = Readonly<Record<ContentField, string>>;

/** 36 bits: one honest mistake in 69 billion, and whoever forges one confuses nobody else. */
function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 6);
}

export function fingerprintsOf(content: Content): FieldFingerprints {
  return Object.fromEntries(contentFields.map((field) => [field, fingerprintOf(content[field])])) as Record<
    ContentField,
    string
  >;
}

/** What a form was filled with, as far as it has to be known. */
export interface Shown {
  fingerprints: FieldFingerprints;
  /** All of them: what was ticked and unticked is laid over what is saved now. */
  interests: readonly string[];
}

export function shownOf(content: Content): Shown {
  return {
    fingerprints: fingerprintsOf(content),
    interests: content.interests,
  };
}

/** "Kq3x_9.a1…/tea.sea": as a form carries it. */
export function writeShown({ fingerprints, interests }: Shown): string {
  return `${contentFields.map((field) => fingerprints[field]).join('.')}/${interests.join('.')}`;
}

/** Marks and ten interests are under 250 characters. */
const SHOWN_MAX = 1_000;
/** Null for anything that no form of ours has held. */
export function readShown(text: string): Shown | null {
  const [, parts, list] =
    /^([\w-]{6}(?:\.[\w-]{6}){4})\/((?:[a-z-]+(?:\.[a-z-]+)*)?)$/.exec(text.slice(0, SHOWN_MAX)) ?? [];
  if (parts === undefined || list === undefined) return null;
  const fingerprints = Object.fromEntries(
    parts.split('.').map((fingerprint, n) => [contentFields[n]!, fingerprint]),
  ) as Record<ContentField, string>;
  const interests = list === '' ? [] : list.split('.');
  return fingerprints.interests === fingerprintOf(interests) ? { fingerprints, interests } : null;
}

export function sameContent(one: Content, other: Content): boolean {
  const [these, those] = [fingerprintsOf(one), fingerprintsOf(other)];
  return contentFields.every((field) => these[field] === those[field]);
}

/**
 * What one tab ticked and unticked, laid over what another one saved meanwhile; in the order of what is saved, then of
 * what was ticked.
 */
export function mergeInterests(
  now: readonly string[],
  wanted: readonly string[],
  shown: readonly string[],
): string[] {
  return [
    ...now.filter((code) => wanted.includes(code) || !shown.includes(code)),
    ...wanted.filter((code) => !now.includes(code) && !shown.includes(code)),
  ];
}

/** One field that was changed behind the back of a form. */
export interface FieldConflict {
  field: ContentField;
  /** Whether the form changed it as well; if not, it only still holds what was there before. */
  touched: boolean;
}

/**
 * What is otherwise now than when the form was filled, and otherwise than the form wants it. Without marks every
 * difference may be one.
 */
export function conflictsBetween(
  now: Content,
  wanted: Content,
  shown: FieldFingerprints | null,
): FieldConflict[] {
  const [is, asked] = [fingerprintsOf(now), fingerprintsOf(wanted)];
  return contentFields
    .filter((field) => is[field] !== asked[field] && is[field] !== shown?.[field])
    .map((field) => ({ field, touched: asked[field] !== shown?.[field] }));
}
