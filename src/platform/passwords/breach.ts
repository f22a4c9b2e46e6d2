import { createHash } from 'node:crypto';
import type { Log } from '../watching/log.ts';

const TIMEOUT = 1_500;

/**
 * Asks Have I Been Pwned's range API whether a password is known from a leak. Only the first five of forty digits
 * of its SHA-1 leave the house (k-anonymity), with padding so that the answer's length tells nothing. Fails open
 * with a log line: their trouble must not close our door.
 */
export function createBreachCheck(log: Log, baseUrl = 'https://api.pwnedpasswords.com') {
  return async (password: string): Promise<boolean> => {
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      const answer = await fetch(`${baseUrl}/range/${digest.slice(0, 5)}`, {
        headers: { 'Add-Padding': 'true' },
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (!answer.ok) throw new Error(`range answered ${answer.status}`);
      const lines = (await answer.text()).split('\n').map((line) => line.trim().split(':'));
      return lines.some(([suffix, count]) => suffix === digest.slice(5) && Number(count) > 0);
    } catch (err) {
      log.warn({ err }, 'breach check was skipped');
      return false;
    }
  };
}
