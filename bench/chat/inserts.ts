import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { settings } from '../settings.ts';
import { chatSettings } from './settings.ts';

/** Messages a second that Postgres takes one by one, each with its commit, over a few connections: a row and two indexes. */
export async function insertRate(seconds: number): Promise<number> {
  const owner = new pg.Client({ connectionString: settings.ownerUrl });
  await owner.connect();
  await owner.query(`CREATE TABLE IF NOT EXISTS "BareMessage" ("conversationId" uuid, "seq" int, "authorId" uuid, "clientId" uuid,
    "text" text, "at" timestamptz, PRIMARY KEY ("conversationId", "seq"), UNIQUE ("conversationId", "authorId", "clientId"))`);
  const text = 'Wort '.repeat(chatSettings.bytes / 5);
  const end = performance.now() + seconds * 1000;
  const one = async (): Promise<number> => {
    const client = new pg.Client({ connectionString: settings.ownerUrl });
    await client.connect();
    const [talk, author] = [randomUUID(), randomUUID()];
    let count = 0;
    for (; performance.now() < end; count++)
      await client.query({
        name: 'insert',
        text: 'INSERT INTO "BareMessage" VALUES ($1, $2, $3, $4, $5, now())',
        values: [talk, count, author, randomUUID(), text],
      });
    await client.end();
    return count;
  };
  const counts = await Promise.all(Array.from({ length: chatSettings.insertsAtOnce }, one));
  await owner.query('DROP TABLE "BareMessage"');
  await owner.end();
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}
