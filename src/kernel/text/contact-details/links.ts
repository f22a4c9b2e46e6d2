import { anyDot } from './addresses.ts';
import { dotsIn, isDomain } from './domains.ts';

const scheme = /(?<!\p{L})(?:h(?:tt|xx|\*\*|\+\+)ps?|ftp) ?[:;] ?\/ ?\//u;
const worldWideWeb = new RegExp(`(?<![\\p{L}\\p{N}])w ?w ?w ?${anyDot} ?[\\p{L}\\p{N}]`, 'u');

/** Of an address reading. */
export function hasLink(reading: string): boolean {
  if (scheme.test(reading) || worldWideWeb.test(reading)) return true;
  for (const dot of dotsIn(reading)) if (isDomain(dot)) return true;
  return false;
}
