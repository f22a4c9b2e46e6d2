import type { Redis } from 'ioredis';
import type { TestHouse } from './house.ts';

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, -1);
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return null;
  }
}

/** Everything that both stores hold now, as text: all tables with all columns, all keys with their values. */
export async function everythingKept({ stores }: TestHouse): Promise<{ redis: string; postgres: string }> {
  const keys = await stores.redis.keys('*');
  const redis = await Promise.all(
    keys.map(async (key) => `${key} ${JSON.stringify(await valueOf(stores.redis, key))}`),
  );
  const tables = await stores.sql<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await stores.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    rows.push(...found.map(({ row }) => `${name} ${row}`));
  }
  return { redis: redis.join('\n'), postgres: rows.join('\n') };
}
