import type { TestHouse } from './house.ts';
import { type Page, type Visitor, visitor } from './visitor.ts';

/** A password that nobody has used yet and that passes every rule. */
export const another = 'meadow-trumpet-93';

export function forgot(who: Visitor, identifier: string): Promise<Page> {
  return who.post('/password/forgot', { identifier });
}

/** Somebody who asked for a code for `identifier` and holds it, but has not typed it; `to` is where it went. */
export async function recovering(
  house: TestHouse,
  identifier: string,
  to: string,
  who: Visitor = visitor(house),
): Promise<{ who: Visitor; code: string }> {
  const page = await forgot(who, identifier);
  if (page.redirectedTo !== '/password/code') throw new Error(`the form answered ${page.status}`);
  return { who, code: await house.outbox.nextCode(to) };
}

/** Somebody who has typed the right code and may set a new password. */
export async function granted(
  house: TestHouse,
  identifier: string,
  to: string,
  who: Visitor = visitor(house),
): Promise<Visitor> {
  const { code } = await recovering(house, identifier, to, who);
  const page = await who.post('/password/code', { code });
  if (page.redirectedTo !== '/password/new') throw new Error(`the code answered ${page.status}`);
  return who;
}

export function setPassword(
  who: Visitor,
  password = another,
  passwordConfirmation = password,
): Promise<Page> {
  return who.post('/password/new', { password, passwordConfirmation });
}

export interface ResetRow {
  id: string;
  destination: string;
  attempts: number;
  sends: number;
  decoy: boolean;
  muted: boolean;
  delivery: string;
  userId: string | null;
  expiresAt: Date;
  endsAt: Date;
  consumedAt: Date | null;
}

/** Reset challenges, newest first. */
export function resetsOf({ stores }: TestHouse, destination: string): Promise<ResetRow[]> {
  return stores.sql<ResetRow>(
    'SELECT * FROM "PasswordResetOtp" WHERE "destination" = $1 ORDER BY "createdAt" DESC, "id" DESC',
    [destination],
  );
}
