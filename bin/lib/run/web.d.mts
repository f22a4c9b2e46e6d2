export function siteEnvironment(stores: {
  databaseUrl: string;
  redisUrl: string;
}): Record<string, string | undefined>;
