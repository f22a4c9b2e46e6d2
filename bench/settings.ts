function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run it with npm run bench:timing`);
  return value;
}

/** What every process of the benchmark knows. */
export const settings = {
  databaseUrl: required('BENCH_DATABASE_URL'),
  /** For what the site does not do: many people at once, VACUUM. */
  ownerUrl: required('BENCH_OWNER_DATABASE_URL'),
  redisUrl: required('BENCH_REDIS_URL'),
  publicUrl: 'https://chatlink.example',
  /** Enough for every measurement to meet somebody new. */
  people: 6_000,
  pairs: 500,
  /** Of somebody who is nobody to the viewer, and nobody; an AUC of so many is right to a thirtieth. */
  strangerPairs: 200,
  /** Pairs that are not looked at: code is compiled and caches fill meanwhile. */
  warmUp: 50,
  parallel: 200,
  bursts: 8,
} as const;
