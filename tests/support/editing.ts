import type { TestHouse } from './house.ts';
import type { Page, Visitor } from './visitor.ts';

export interface ProfileFields {
  displayName: string;
  bio: string;
  country: string;
  visibility: string;
  interests: string[];
  version: string;
  shown: string;
  /** Of a field that another window saved meanwhile: which of the two. */
  [from: `${string}From`]: string;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', '#34': '"', '#39': "'" };
export function unescaped(html: string): string {
  return html.replace(/&(amp|lt|gt|#34|#39);/g, (_, name: string) => entities[name]!);
}

function find(html: string, pattern: RegExp): string {
  const found = pattern.exec(html)?.[1];
  if (found === undefined) throw new Error(`the page has nothing like ${pattern}`);
  return unescaped(found);
}

/** What a browser would send if its person pressed the button now. */
export function fieldsIn(html: string): ProfileFields {
  const value = (name: string) => find(html, new RegExp(`name="${name}" value="([^"]*)"`));
  const interests = html.matchAll(/name="interests" value="([^"]+)" checked/g);
  return {
    displayName: value('displayName'),
    bio: find(html, /<textarea[^>]*name="bio"[^>]*>\n([\s\S]*?)<\/textarea>/),
    country: find(html, /<option value="([A-Z]{2})" selected/),
    // Only where a form of the release before was shown again.
    visibility: /name="visibility" value="([^"]*)"/.exec(html)?.[1] ?? '',
    interests: ['', ...[...interests].map(([, code]) => code!)],
    version: value('version'),
    shown: value('shown'),
  };
}

/** Opens the form, as a tab does. */
export async function openForm(who: Visitor): Promise<ProfileFields> {
  return fieldsIn((await who.get('/settings/profile')).html);
}

/** Presses the button of a form that holds this. */
export function save(who: Visitor, fields: Partial<ProfileFields>): Promise<Page> {
  return who.post('/settings/profile', { ...fields });
}

/** Opens the form, changes some of it and saves. */
export async function edit(who: Visitor, changes: Partial<ProfileFields>): Promise<Page> {
  return save(who, { ...(await openForm(who)), ...changes });
}

/** What the database holds of somebody's profile. */
export async function kept({ stores }: TestHouse, username: string): Promise<KeptProfile> {
  const [row] = await stores.sql<KeptProfile>(
    `SELECT "displayName", "bio", "country", "visibility", "profileVersion",
            ARRAY(SELECT "code" FROM "UserInterest" WHERE "userId" = u."id" ORDER BY "position") AS "interests"
     FROM "User" u WHERE "usernameKey" = lower($1)`,
    [username],
  );
  return row!;
}

export interface KeptProfile {
  displayName: string | null;
  bio: string;
  country: string;
  visibility: string;
  profileVersion: number;
  interests: string[];
}
