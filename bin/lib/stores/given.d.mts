export function givenDatabase(): { databaseUrl: string; ownerUrl: string } | undefined;
