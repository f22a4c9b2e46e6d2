import { readConfig } from '../src/config/config.ts';
import { createActivityStore } from '../src/features/people/activity/activity.store.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { systemRandom } from '../src/kernel/ids.ts';
import { openMedia } from '../src/platform/media/open-media.ts';
import { createPasswords } from '../src/platform/passwords/passwords.ts';
import { createSealing } from '../src/platform/sealing.ts';
import { openDb } from '../src/platform/stores/db.ts';
import { root } from '../src/root.ts';
import { adults } from './seed/adults.ts';
import { first, staff } from './seed/first.ts';
import { furtherAdults } from './seed/further-adults.ts';
import { createMoveIn } from './seed/move-in.ts';
import { createPainter } from './seed/pictures.ts';
import { young } from './seed/young.ts';

/** Demo people for a laptop. Their addresses lead nowhere (RFC 2606), and all of them sign in with this password. */
const PASSWORD = 'demo-people-only';
const CONNECTIONS = 4;

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl || process.env.NODE_ENV === 'production')
  throw new Error('The seed needs DATABASE_URL and is never for production.');

const config = readConfig({ REDIS_URL: 'redis://127.0.0.1', ...process.env });
const db = openDb(databaseUrl, CONNECTIONS);
const media = openMedia(config.media, root);
const now = systemClock.now();
const moveIn = createMoveIn({
  db,
  sealing: createSealing(config.otpKeys, 'second-factor', systemRandom),
  passwordHash: await createPasswords({ concurrency: 2, waiting: 10 }).hash(PASSWORD),
  now,
});
const paint = createPainter(db, media);
// As many at once as there are connections, so that nobody waits for one.
const waiting = [...first, ...staff, ...adults, ...furtherAdults, ...young].values();
await Promise.all(
  Array.from({ length: CONNECTIONS }, async () => {
    for (const person of waiting) {
      const id = await moveIn(person);
      if (person.picture) await paint(id, person.picture);
    }
  }),
);
// Those who were here long ago come last in lists.
await createActivityStore(db).rest(now);
media.close();
await db.$disconnect();
