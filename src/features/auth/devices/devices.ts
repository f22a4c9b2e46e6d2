import { createHash } from 'node:crypto';
import { days } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/ids.ts';
import type { Hmac } from '../../../platform/keys.ts';
import { devicePolicy } from '../policy.ts';

interface Account {
  id: string;
  securityVersion: number;
}

/** One for each account that signed in here. */
interface Entry {
  day: string;
  name: string;
  mac: string;
}

export interface Devices {
  /** The device's key for counting failures, if it signed in to this account before. Costs the same for nobody's. */
  recognise(cookie: string, account: Account | null, now: Date): string | null;
  remember(cookie: string, account: Account, now: Date): string;
}

function dayOf(now: Date): number {
  return Math.floor(now.getTime() / days(1));
}
const lifetimeInDays = devicePolicy.lifetime / days(1);
const nobody: Account = { id: 'nobody', securityVersion: 0 };

function read(cookie: string): Entry[] {
  return cookie
    .split('~')
    .slice(0, devicePolicy.accounts)
    .map((text) => /^([0-9a-z]{1,6})\.([\w-]{22})\.([\w-]{43})$/.exec(text))
    .flatMap((m) => (m ? [{ day: m[1]!, name: m[2]!, mac: m[3]! }] : []));
}

/** Of each account that signed in here, unchecked. */
export function deviceNames(cookie: string): string[] {
  return read(cookie).map(({ name }) => name);
}

/** OWASP's "device cookies". Accounts stand only in the MAC; with the security version, so a new password ends them. */
export function createDevices(hmac: Hmac, random: Random): Devices {
  const mac = ({ day, name }: Omit<Entry, 'mac'>, { id, securityVersion }: Account): string[] => [
    day,
    name,
    id,
    String(securityVersion),
  ];
  const isOf = (entry: Entry, account: Account, now: Date): boolean => {
    const age = dayOf(now) - Number.parseInt(entry.day, 36);
    return hmac.isRight(entry.mac, ...mac(entry, account)) && age < lifetimeInDays;
  };

  return {
    recognise(cookie, account, now) {
      const mine = read(cookie).filter((entry) => isOf(entry, account ?? nobody, now))[0];
      return mine && account ? createHash('sha256').update(mine.name).digest('base64url') : null;
    },
    remember(cookie, account, now) {
      const entries = read(cookie);
      const mine = entries.find((entry) => isOf(entry, account, now));
      const before = { ...account, securityVersion: account.securityVersion - 1 };
      const worthless = entries.find((entry) => isOf(entry, before, now));
      const name = mine?.name ?? random.bytes(16).toString('base64url');
      const day = dayOf(now).toString(36);
      const fresh = { day, name, mac: hmac.mac(...mac({ day, name }, account)) };
      return [fresh, ...entries.filter((entry) => entry !== mine && entry !== worthless)]
        .slice(0, devicePolicy.accounts)
        .map((entry) => `${entry.day}.${entry.name}.${entry.mac}`)
        .join('~');
    },
  };
}
