import type { Hmac } from '../../../platform/keys.ts';
import type { Caller } from '../../../web/act.ts';
import { addressKeys } from '../../../web/request/client-address.ts';
import { firstWordsKey } from '../../../kernel/text/contact-details/first-words.ts';
import type { WordsFrom } from './first-contact.sql.ts';

const hashLength = 22; // 132 bits

/** First words and where they come from, as they are compared: keyed hashes. */
export function createWordsFrom(hmac: Hmac, devicesOf: (caller: Caller) => readonly string[]) {
  const hash = (kind: string, text: string): string => hmac.mac(kind, text).slice(0, hashLength);
  return (text: string, names: readonly string[], caller: Caller): WordsFrom => ({
    words: hash('words', firstWordsKey(text, names)),
    devices: devicesOf(caller).map((device) => hash('device', device)),
    network: hash('network', addressKeys(caller.address).own),
  });
}
