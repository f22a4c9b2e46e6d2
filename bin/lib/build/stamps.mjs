import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../paths.mjs';

/** Every file below a folder (or a file itself), as paths below the checkout, in a fixed order. */
export function filesIn(folder) {
  if (statSync(at(folder)).isFile()) return [folder];
  return readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(at(), path.join(entry.parentPath, entry.name)))
    .sort();
}

/** A fingerprint of files by name and content; folders count with all that is in them, missing ones as missing. */
export function fingerprint(places, more = '') {
  const hash = createHash('sha256').update(more);
  for (const place of places) {
    const stat = statSync(at(place), { throwIfNoEntry: false });
    const files = stat ? filesIn(place) : [];
    for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(at(file)));
  }
  return hash.digest('hex');
}

/** Whether a stamp says that its work was done for this fingerprint. */
export function isStamped(stamp, print) {
  try {
    return readFileSync(at(stamp), 'utf8') === print;
  } catch {
    return false;
  }
}

export function putStamp(stamp, print) {
  mkdirSync(path.dirname(at(stamp)), { recursive: true });
  writeFileSync(at(stamp), print);
}

/** Every file, and every file below a folder, with its time and size: what changed since is seen by comparing two of these. */
export function snapshot(places) {
  const files = new Map();
  for (const file of places.filter((place) => existsSync(at(place))).flatMap(filesIn)) {
    const stat = statSync(at(file), { throwIfNoEntry: false });
    if (stat) files.set(file, `${stat.mtimeMs} ${stat.size}`);
  }
  return files;
}
