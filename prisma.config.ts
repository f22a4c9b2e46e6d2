import { defineConfig } from 'prisma/config';

/** What changes tables is their owner. */
const url = process.env.MIGRATE_DATABASE_URL ?? process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed.ts' },
  ...(url ? { datasource: { url } } : {}),
});
