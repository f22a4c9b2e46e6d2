import { createHash } from 'node:crypto';
import type { Log } from '../watching/log.ts';

const TIMEOUT = 1_500;

/** Have I Been Pwned sees 5 of 40 digits of the SHA-1, padded. Fails open: their outage doesn't close our door. */
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
