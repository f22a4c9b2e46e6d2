import type { Random } from '../../../kernel/ids.ts';
import { plainTyped } from '../../../kernel/text/typed.ts';
import type { Codes } from '../../../platform/codes.ts';
import { recoveryCodePolicy } from '../policy.ts';

/** Crockford's base32: no letter that is easily taken for another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const { count, length } = recoveryCodePolicy;

/** Without the hyphens. */
export function newRecoveryCodes(random: Random): string[] {
  const letter = (): string => letters[random.below(letters.length)]!;
  return Array.from({ length: count }, () => Array.from({ length }, letter).join(''));
}

/** "7Q2M-9XKD-4TBW-H3ZC". */
export function recoveryCodeInGroups(code: string): string {
  return code.match(/.{1,4}/g)!.join('-');
}

/** As it was given out, however it was typed; null: it can be none. */
export function readRecoveryCode(typed: string): string | null {
  if (typed.length > 200) return null;
  const code = plainTyped(typed)
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === length && Array.from(code).every((letter) => letters.includes(letter)) ? code : null;
}

export interface HashedCode {
  keyId: string;
  hash: string;
}

/** HMAC-SHA-256 by a key of the server's; null: the key has been retired. */
export function hashOfCode(codes: Codes, userId: string, code: string, keyId: string): string | null {
  return codes.deriveToken('recovery-code', `${userId}:${code}`, 32, keyId);
}
