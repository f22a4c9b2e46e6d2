export interface LockFile {
  packages: Record<
    string,
    { version?: string; dev?: boolean; optional?: boolean; optionalDependencies?: Record<string, string> }
  >;
}
export function missingOptional(lock: LockFile): { name: string; version: string; dev: boolean }[];
export function completed(lock: LockFile): { lock: LockFile; added: string[] };
