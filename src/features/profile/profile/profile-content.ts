import { createHash } from 'node:crypto';
import type { ProfileVisibility } from '../../../platform/generated/prisma/enums.ts';

export interface Content {
  displayName: string | null; // null: only the username is shown
  bio: string;
  country: string; // alpha-2
  interests: string[]; // codes, in the order shown
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

/** Of what a form was filled with, to see what has changed since. */
export type FieldFingerprints = Readonly<Record<ContentField, string>>;

/** 36 bits: one mistake in 69 billion, and a forger confuses only themselves. */
function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 6);
}

export function fingerprintsOf(content: Content): FieldFingerprints {
  return Object.fromEntries(contentFields.map((field) => [field, fingerprintOf(content[field])])) as Record<
    ContentField,
    string
  >;
}

export interface Shown {
  fingerprints: FieldFingerprints;
  interests: readonly string[]; // in full, to merge what was ticked and unticked
}

export function shownOf(content: Content): Shown {
  return {
    fingerprints: fingerprintsOf(content),
    interests: content.interests,
  };
}

/** "Kq3x_9.a1…/tea.sea", as a form carries it. */
export function writeShown({ fingerprints, interests }: Shown): string {
  return `${contentFields.map((field) => fingerprints[field]).join('.')}/${interests.join('.')}`;
}

const SHOWN_MAX = 1_000; // fingerprints and ten interests are under 250 characters
/** Null for what no form of ours sends. */
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

/** Applies what was ticked and unticked to what another tab saved. */
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

export interface FieldConflict {
  field: ContentField;
  touched: boolean; // false: it only holds what was there before
}

/** What was saved since the form was filled and differs from it; without fingerprints, every difference. */
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
