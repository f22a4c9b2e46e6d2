export function migrationName(name: string, now: Date): string;
