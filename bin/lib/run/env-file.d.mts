export function faults(text: string): string[];
export function loadEnvFile(file?: string, env?: Record<string, string | undefined>): void;
