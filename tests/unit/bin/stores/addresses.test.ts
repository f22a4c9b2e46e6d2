import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { siteEnvironment } from '../../../../bin/lib/run/web.mjs';
import { givenDatabase } from '../../../../bin/lib/stores/given.mjs';

const [site, owner] = ['postgresql://site@localhost/chatlink', 'postgresql://owner@localhost/chatlink'];

const names = ['DATABASE_URL', 'MIGRATE_DATABASE_URL'] as const;
const before = names.map((name) => process.env[name]);
const set = (...values: (string | undefined)[]) =>
  names.forEach((name, n) => {
    if (values[n] === undefined) delete process.env[name];
    else process.env[name] = values[n];
  });
beforeEach(() => set());
afterEach(() => set(...before));

describe('the database of the environment', () => {
  test('has one address for the site and one for the owner, or one for both', () => {
    expect(givenDatabase()).toBeUndefined();
    set(site);
    expect(givenDatabase()).toEqual({ databaseUrl: site, ownerUrl: site });
    set(site, owner);
    expect(givenDatabase()).toEqual({ databaseUrl: site, ownerUrl: owner });
  });

  test('is not the one of an owner alone, nor of anything but Postgres', () => {
    set(undefined, owner);
    expect(givenDatabase).toThrow('DATABASE_URL is not');
    set(site, 'mysql://owner@localhost/chatlink');
    expect(givenDatabase).toThrow('MIGRATE_DATABASE_URL is set, but it is no URL of its kind');
  });
});

test('site and worker are started without the address of the owner', () => {
  set(owner, owner);
  const env = siteEnvironment({ databaseUrl: site, redisUrl: 'redis://localhost' });
  expect(env).toMatchObject({ DATABASE_URL: site, REDIS_URL: 'redis://localhost' });
  expect(Object.values(env)).not.toContain(owner);
});
