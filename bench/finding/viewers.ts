import type pg from 'pg';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { languages } from './languages.ts';
import { findingSettings as settings } from './settings.ts';

/** The same ones each time: those whose bits of the ring come first. */
async function some(client: pg.Client, count: number, now: Date, where: string): Promise<Viewer[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT "userId" AS "id" FROM "LanguagePair" p WHERE p."band" = '18-over' AND ${where}
     GROUP BY "userId", "place" ORDER BY hashint8("place"), "userId" LIMIT $1`,
    [count],
  );
  return rows.map(({ id }) => ({ id, securityVersion: 0, now }));
}

export function randomViewers(client: pg.Client, now: Date): Promise<Viewer[]> {
  return some(client, settings.viewers, now, 'TRUE');
}

/** They speak or learn one of the last languages. */
export function rareViewers(client: pg.Client, now: Date): Promise<Viewer[]> {
  const rare = languages
    .slice(-settings.rare)
    .map((code) => `'${code}'`)
    .join(', ');
  return some(client, settings.viewers, now, `(p."speaks" IN (${rare}) OR p."learns" IN (${rare}))`);
}
