import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { eventually } from './captured.ts';
import { portOf, type TestHouse } from './house.ts';
import { unzip } from './zip.ts';
import type { Page, Visitor } from './visitor.ts';

export function askCopy(who: Visitor): Promise<Page> {
  return who.post('/settings/account/export');
}

export interface CopyRow {
  id: string;
  state: 'queued' | 'ready' | 'failed';
  mediaKey: string | null;
  bytes: number | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Copies of somebody's data, oldest first. */
export function copiesOf({ stores }: TestHouse, username: string): Promise<CopyRow[]> {
  return stores.sql<CopyRow>(
    `SELECT e.* FROM "DataExport" e JOIN "User" u ON u."id" = e."userId" WHERE u."username" = $1 ORDER BY e."id"`,
    [username],
  );
}

/** Waits until none of somebody's copies is being packed. */
export function packed(house: TestHouse, username: string): Promise<CopyRow[]> {
  return eventually(async () => {
    const copies = await copiesOf(house, username);
    return copies.every(({ state }) => state !== 'queued') ? copies : null;
  }, `the copies of ${username}`);
}

/** Asks for a copy and waits for it. */
export async function packedFor(house: TestHouse, who: Visitor, username: string): Promise<CopyRow> {
  const page = await askCopy(who);
  if (page.redirectedTo !== '/settings/account') throw new Error(`asking answered ${page.status}`);
  const copy = (await packed(house, username)).at(-1)!;
  if (copy.state !== 'ready') throw new Error('the copy could not be packed');
  return copy;
}

export async function fetchJson(who: Visitor): Promise<Record<string, unknown>> {
  const page = await who.get('/settings/account/export.json');
  if (page.status !== 200) throw new Error(`the copy answered ${page.status}`);
  return JSON.parse(page.html) as Record<string, unknown>;
}

/** A ZIP is no text, and supertest takes it for one. */
async function bytesAt(house: TestHouse, who: Visitor, path: string): Promise<Buffer> {
  const Cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { Host: house.host, 'X-Forwarded-For': who.ip, Cookie };
  const request = get({ host: '127.0.0.1', port: portOf(house), path, headers });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const pieces = await answer.toArray();
  if (answer.statusCode !== 200) throw new Error(`the copy answered ${answer.statusCode}`);
  return Buffer.concat(pieces as Buffer[]);
}

export async function fetchZip(house: TestHouse, who: Visitor): Promise<Map<string, Buffer>> {
  return unzip(await bytesAt(house, who, '/settings/account/export.zip'));
}
