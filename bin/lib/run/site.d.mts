export function whereToGo(url: string, env?: Record<string, string | undefined>): string[];
