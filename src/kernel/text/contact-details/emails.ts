import { anyDot, SAID_AT, SAID_DOT, WEAK_AT, WEAK_DOT } from './addresses.ts';
import { allEndings, clearProviders, mailProviders } from './endings.ts';

const LOCAL_MAX = 64; // RFC 5321, 4.5.3.1.1
const DOMAIN_WITHIN = 100; // units

const atLike = new RegExp(`[@${SAID_AT}${WEAK_AT}]`, 'g');
const local = new RegExp(`[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_+.${SAID_DOT}${WEAK_DOT}-]*)$`, 'u');
const domain = new RegExp(`^ ?([\\p{L}\\p{N}-]{1,63})(?:(${anyDot}| )([\\p{L}\\p{N}-]{2,63}))?`, 'u');
const furtherEndings = new RegExp(`${anyDot}([\\p{L}\\p{N}-]{2,63})`, 'gu');

function isAddress(before: string, at: string, after: string): boolean {
  const name = local.exec(before)?.[0];
  const found = domain.exec(after);
  if (name === undefined || !found) return false;
  const [whole, host = '', between = ' ', ending = ''] = found;
  const isSaid = between === SAID_DOT || between === WEAK_DOT || mailProviders.has(host);
  if (between !== ' ') {
    const endings = [
      ending,
      ...[...after.slice(whole.length).matchAll(furtherEndings)].map(([, one]) => one!),
    ];
    const isKnown = endings.some((one) => allEndings.has(one));
    return isKnown && (at !== WEAK_AT || isSaid || /[\d_.]/.test(name));
  }
  if (mailProviders.has(host) && ['com', 'ru', 'de', 'net', 'ком', 'ру', 'كوم'].includes(ending)) return true;
  return clearProviders.has(host) && (at !== WEAK_AT || /[\d_.]/.test(name));
}

const withoutAt = new RegExp(
  `[\\p{L}\\p{N}_.]{3,64} (?:${[...clearProviders].join('|')})(?:${anyDot}| )(?:com|ru|fr|de|es|it)(?!\\p{L})`,
  'u',
);

/** "annleeatgmaildotcom". */
const glued =
  /[\p{L}\p{N}](?:at|arroba|arobase|chiocciola|собака)(?:gmail|hotmail|outlook|yahoo|icloud|yandex)(?:dot|punto|punkt|ponto|point|точка)?(?:com|ru|de|fr|es|it)(?!\p{L})/u;

/** Of an address reading. */
export function hasEmail(reading: string): boolean {
  for (const { 0: at, index } of reading.matchAll(atLike)) {
    const before = reading.slice(Math.max(0, index - LOCAL_MAX), index);
    if (isAddress(before, at, reading.slice(index + 1, index + 1 + DOMAIN_WITHIN))) return true;
  }
  return withoutAt.test(reading) || glued.test(reading);
}
