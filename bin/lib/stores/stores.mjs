import { data } from '../paths.mjs';
import { say, step, warn } from '../say.mjs';
import { withDatabase } from './database.mjs';
import { givenStores } from './given.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

/** A store that ends this often within a minute will not get better by another start. */
const patience = { times: 5, within: 60_000 };

/**
 * Keeps one store running while the site does: when it dies it is started again where it was.
 * @param {(port?: number) => Promise<{ port: number, exited: Promise<unknown>, stop(): Promise<void> }>} start
 */
async function kept(name, start, life) {
  const deaths = [];
  let current;
  const watch = (server) => {
    void server.exited.then(async () => {
      if (life.leaving) return;
      const now = performance.now();
      deaths.push(now);
      if (deaths.filter((at) => now - at < patience.within).length > patience.times) {
        warn(`${name} ends again and again: giving up. Its log is in .data.`);
        await life.leave(1);
        return;
      }
      warn(`${name} has ended by itself: starting it again`);
      current = start(server.port);
      try {
        watch(await current);
        say(`${name} is back`);
      } catch (error) {
        warn(`${name} does not start again: ${error.message}`);
        await life.leave(1);
      }
    });
  };
  current = start();
  life.atEnd(async () => (await current.catch(() => undefined))?.stop());
  const server = await current;
  watch(server);
  return server;
}

/** Postgres in .data, kept between runs. */
export const ownPostgres = (port) => startPostgres({ dir: data('postgres'), port });
export const ownRedis = (port, signal) => startRedis({ dir: data('redis'), port, signal });

/** ChatLink's database on our own server, as the site and as the owner of its tables. */
export const ownDatabase = (server) => ({
  databaseUrl: withDatabase(server.siteUrl, 'chatlink'),
  ownerUrl: withDatabase(server.url, 'chatlink'),
});

/** Both stores: the environment's where it names them, else our own for as long as we live. */
export async function provideStores(life) {
  const { database: given, redisUrl } = givenStores();
  const redis =
    redisUrl ?? (await step('Redis', () => kept('Redis', (port) => ownRedis(port, life.signal), life))).url;
  const database = given ?? ownDatabase(await step('Postgres', () => kept('Postgres', ownPostgres, life)));
  return { ...database, redisUrl: redis };
}
