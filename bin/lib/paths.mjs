import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** The checkout: every other path starts here, whatever folder a command is called from. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Everything that belongs to this machine and no commit: databases, passwords, locks. */
export const dataDir = path.join(root, '.data');

/** A path below the checkout. */
export function at(...parts) {
  return path.join(root, ...parts);
}

/** A path below `.data`, which is made when it is missing. */
export function data(...parts) {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

/** Others may pass through `.data` (Postgres may run as another user) but not list it; secrets in it are 0600. */
export function closeDataDir() {
  mkdirSync(dataDir, { recursive: true });
  try {
    chmodSync(dataDir, 0o711);
  } catch {
    // Somebody else's folder: what matters in it is closed file by file.
  }
}
