import { Stop } from '../say.mjs';

const postgres = /^postgres(ql)?:$/;
const protocols = { DATABASE_URL: postgres, MIGRATE_DATABASE_URL: postgres, REDIS_URL: /^rediss?:$/ };

/** A URL the person set, checked before anything is started with it; undefined when it is not set. */
function given(key) {
  const value = process.env[key]?.trim();
  if (!value) return undefined;
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (!protocols[key].test(protocol))
    throw new Stop(`${key} is set, but it is no URL of its kind. .env.example shows how.`);
  return value;
}

/**
 * The environment's database, where it names one: as the site's role, and as the owner of the tables, who is the same where
 * only one address is given.
 */
export function givenDatabase() {
  const [databaseUrl, ownerUrl] = [given('DATABASE_URL'), given('MIGRATE_DATABASE_URL')];
  if (databaseUrl) return { databaseUrl, ownerUrl: ownerUrl ?? databaseUrl };
  if (!ownerUrl) return undefined;
  throw new Stop('MIGRATE_DATABASE_URL is set and DATABASE_URL is not: it says which role the site runs as.');
}

/** The stores of the environment, where it names them. */
export const givenStores = () => ({ database: givenDatabase(), redisUrl: given('REDIS_URL') });
