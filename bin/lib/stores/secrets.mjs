import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';

/** Letters and digits only: it goes into URLs and configuration files unescaped. */
export function newPassword() {
  return randomBytes(24).toString('hex');
}

/** A password kept beside the data it opens, readable by its owner only; made when there is none. */
export function keptPassword(file) {
  try {
    const password = readFileSync(file, 'utf8').trim();
    if (password) return { password, isNew: false };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const password = newPassword();
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return { password, isNew: true };
}
