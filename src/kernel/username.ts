import { createRequire } from 'node:module';
import { wordSkeleton } from './text/look-alikes.ts';
import { decimalDigits, trimmed, withoutInvisible } from './text/typed.ts';

export const USERNAME_MIN = 3;
export const USERNAME_MAX = 30;

export interface Username {
  username: string;
  key: string;
}

export type UsernameFault = 'length' | 'characters' | 'start' | 'end' | 'dots' | 'domain' | 'reserved';

/** They would speak for the site, or collide with a path. */
const reserved = new Set(
  (
    'about abuse account accounts admin administrator anonymous api app archived assets auth billing blog bot chat chatlink contact ' +
    'copyright deleted dev developer everyone faq feedback files forgot guest health help helpcenter helpdesk home host info invite legal ' +
    'language languages link login logout mail mailer-daemon me media member members message messages metrics mod moderator ' +
    'moments news nobody noreply no_reply null official owner password payment people photos police policy postmaster ' +
    'press privacy profile register requests reset root safety search secure security self sent service settings shop sign_in sign_up ' +
    'signin signup site staff status static store support sysadmin system team terms test trust undefined unknown user ' +
    'username users verification verified verify webmaster www you'
  ).split(' '),
);

const reservedSkeletons = new Set([...reserved].map(wordSkeleton));
/** Anywhere in a name. */
const siteWords = ['chatlink', 'support', 'official', 'moderator', 'security'].map(wordSkeleton);
/** As a word of a name: "adminton" may stay. */
const roleWords = new Set(
  (
    'help helpdesk staff admin admins administrator administrators sysadmin mods moderation verified billing ' +
    'administrador administradora moderador moderadora soporte suporte oficial administrateur moderateur officiel ' +
    'amministratore moderatore ufficiale offiziell kundendienst'
  )
    .split(' ')
    .map(wordSkeleton),
);

/** What conversations are called, in the same place of an address. */
const conversationName = /^c_.{22}$/;

function isReserved(key: string): boolean {
  if (conversationName.test(key)) return true;
  const whole = wordSkeleton(key);
  if (reserved.has(key) || reservedSkeletons.has(whole)) return true;
  if (siteWords.some((word) => whole.includes(word))) return true;
  const words = key.split(/[._]+/).flatMap((word) => [word, word.replace(/\d+$/, '')]);
  return words.some((word) => roleWords.has(wordSkeleton(word)));
}

// JSON, which not every Node that we support can import without a warning.
const tlds = createRequire(import.meta.url)('tlds') as string[];
const topLevel = new Set(tlds); // IANA's root zone: programs turn a name with such an ending into a link
function endsInDomain(key: string): boolean {
  return key.includes('.') && topLevel.has(key.split('.').at(-1)!);
}

/** Digits of any script, an `@` in front allowed. Never matches an email address or a number. */
export function parseUsername(typed: string): Username | { fault: UsernameFault } {
  const username = decimalDigits(trimmed(withoutInvisible(typed))).replace(/^[@\uFF20]/, '');
  const key = username.toLowerCase();
  if (username.length < USERNAME_MIN || username.length > USERNAME_MAX) return { fault: 'length' };
  if (!/^[a-z0-9_.]+$/i.test(username)) return { fault: 'characters' };
  if (!/^[a-z]/i.test(username)) return { fault: 'start' };
  if (!/[a-z0-9]$/i.test(username)) return { fault: 'end' };
  if (username.includes('..')) return { fault: 'dots' };
  if (isReserved(key)) return { fault: 'reserved' };
  if (endsInDomain(key)) return { fault: 'domain' };
  return { username, key };
}

/** Reserved ones too; null when it can be nobody's. */
export function usernameKeyOf(text: string): string | null {
  return /^[a-z][a-z0-9_.]{1,28}[a-z0-9]$/i.test(text) ? text.toLowerCase() : null;
}
