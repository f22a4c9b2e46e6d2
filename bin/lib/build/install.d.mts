export interface LockEntry {
  version?: string;
  integrity?: string;
  optional?: boolean;
  link?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}
export interface Machine {
  os: string;
  cpu: string;
  libc: string | undefined;
}
export function differences(
  wanted: Record<string, LockEntry>,
  installed: Record<string, LockEntry>,
  machine: Machine,
): string[];
export function thisMachine(): Machine;
