import { readFileSync, writeFileSync } from 'node:fs';
import { completed } from './lib/build/lock-file.mjs';
import { at } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

/**
 * npm run lock:complete, after every change of dependencies: npm leaves packages for other machines out of the lock
 * file when the registry it asked does not have them, and `npm ci` then refuses the whole file.
 */
const file = at('package-lock.json');
const { lock, added } = completed(JSON.parse(readFileSync(file, 'utf8')));
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
say(added.length > 0 ? `package-lock.json: added\n  ${added.join('\n  ')}` : 'package-lock.json is complete');
