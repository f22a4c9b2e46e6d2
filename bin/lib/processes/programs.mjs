import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Whether there is a file that may be run. */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The first of several names that is a program in PATH, or in more folders.
 * @param {string[]} names
 * @param {{ env?: NodeJS.ProcessEnv, more?: string[] }} [options]
 */
export function findProgram(names, { env = process.env, more = [] } = {}) {
  const folders = [...(env.PATH ?? '').split(path.delimiter).filter(Boolean), ...more];
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}
