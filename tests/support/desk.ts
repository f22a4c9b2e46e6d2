import { deskPolicy } from '../../src/features/desk/policy.ts';
import { eventually } from './captured.ts';
import { clean } from './cleaning.ts';
import type { TestHouse } from './house.ts';
import { right } from './devices.ts';
import { idOf } from './relations.ts';
import { withSecondFactor } from './second-factor.ts';
import type { Page, Visitor } from './visitor.ts';

/** Gives somebody a role, as the command on the server does. */
export async function giveRole({ stores }: TestHouse, username: string, role = 'moderator'): Promise<void> {
  await stores.sql('UPDATE "User" SET "role" = $2::"Role" WHERE "usernameKey" = $1', [username, role]);
}

export interface Staff {
  who: Visitor;
  username: string;
  id: string;
  key: string; // of the app
}

/** Somebody who may come to the desk now. */
export async function staffOf(house: TestHouse, role = 'moderator'): Promise<Staff> {
  const { ann: who, username, key } = await withSecondFactor(house);
  await giveRole(house, username, role);
  return { who, username, id: await idOf(house, username), key };
}

/** Gives the password once more, as the desk asks for it. */
export async function confirmed({ who }: Pick<Staff, 'who'>): Promise<void> {
  await who.get('/desk');
  await who.post('/settings/confirm', { currentPassword: right });
}

/** A cleaning, and all letters that it hands to others. */
export async function told(house: TestHouse): Promise<void> {
  await clean(house);
  const { redis } = house.stores;
  const left = async (name: string): Promise<number> =>
    (await redis.llen(`bull:{${name}}:wait`)) + (await redis.llen(`bull:{${name}}:active`));
  await eventually(async () => (await left('desk')) + (await left('reports')) === 0, 'all letters');
}

/** Past the ten minutes in which whoever said something may take it back. */
export async function settled(house: TestHouse, ...staff: Pick<Staff, 'who'>[]): Promise<void> {
  house.clock.pass(deskPolicy.takenBackWithin);
  await told(house);
  for (const one of staff) await confirmed(one);
}

/** The newest case about somebody. */
export async function caseAbout({ stores }: TestHouse, personId: string): Promise<string> {
  const rows = await stores.sql<{ id: string }>(
    'SELECT "id" FROM "DeskCase" WHERE "personId" = $1 ORDER BY "openedAt" DESC',
    [personId],
  );
  if (rows.length === 0) throw new Error('no case about them');
  return rows[0]!.id;
}

export const casePath = (id: string): string => `/desk/cases/${id}`;

/** Takes a case and decides it. */
export async function decide(
  { who }: Pick<Staff, 'who'>,
  caseId: string,
  fields: { act: string; reason?: string; fact?: string; days?: string; dateOfBirth?: string },
): Promise<Page> {
  const taken = await who.post(`${casePath(caseId)}/take`, {});
  if (taken.redirectedTo !== casePath(caseId)) throw new Error(`taking answered ${taken.status}`);
  const { html } = await who.get(casePath(caseId));
  const version = /name="version" value="(\d+)"/.exec(html)?.[1];
  if (version === undefined) throw new Error('nothing to decide here');
  return who.post(`${casePath(caseId)}/decide`, {
    version,
    reason: 'insult',
    fact: 'You insulted somebody.',
    days: '',
    dateOfBirth: '',
    ...fields,
  });
}

/** What the form under an appeal holds beside its fields. */
export function appealIn(html: string): { version: string; decision: string } {
  const [, version = '0', decision = ''] =
    /name="version" value="(\d+)">\s*<input type="hidden" name="decision" value="([^"]+)">/.exec(html) ?? [];
  return { version, decision };
}

/** Takes a case and says whether what was decided stays. */
export async function say(
  { who }: Pick<Staff, 'who'>,
  caseId: string,
  what: 'confirm' | 'answer',
  stays: 'yes' | 'no',
): Promise<Page> {
  await who.post(`${casePath(caseId)}/take`, {});
  const { html } = await who.get(casePath(caseId));
  const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? '0';
  const answer =
    what === 'answer' ? { ...appealIn(html), answer: stays === 'yes' ? 'It was no joke.' : '' } : {};
  return who.post(`${casePath(caseId)}/${what}`, { version, stays, ...answer });
}
