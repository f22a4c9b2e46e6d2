import { countryOf } from '../../../kernel/phone-number.ts';
import type { Limited } from '../../../platform/limits/limits.ts';
import { smsLimits } from '../policy.ts';

interface Destination {
  channel: 'email' | 'mobile';
  destinationKey: string;
}

/** All other news carries a way back into the account, so no country's limit may hold it up. */
const newsWithoutWayBack = new Set(['new-device']);

/** Against SMS pumping, beside each destination's budget. */
export interface SendLimits {
  mayText(to: Destination): boolean;
  forTypedContact(to: Destination): Limited[];
  forTypedUsername(to: Destination): Limited[]; // its own reserve, so that asking by username empties no other
  /** Per number and kind, so that nobody empties another's. */
  forNews(number: string, kind: string): Limited[];
}

/** `countries`: to which we text, alpha-2. Null: to all. */
export function createSendLimits(mobileOffered: boolean, countries: readonly string[] | null): SendLimits {
  const country = (number: string): string => countryOf(number) ?? 'none';
  // Nobody typed these numbers, so refusals in the metrics would tell of accounts.
  const inMetrics = 'rarely';
  return {
    mayText: ({ destinationKey }) => {
      const code = countryOf(destinationKey);
      return mobileOffered && code !== null && (countries === null || countries.includes(code));
    },
    forTypedContact: ({ channel, destinationKey: number }) =>
      channel === 'email'
        ? []
        : [
            {
              key: `sms-prefix:${number.slice(0, -smsLimits.prefixDropsDigits)}`,
              rules: smsLimits.perPrefix,
            },
            { key: `sms-country:${country(number)}`, rules: smsLimits.perCountry },
            { key: 'sms-everywhere', rules: smsLimits.everywhere },
          ],
    forTypedUsername: ({ channel, destinationKey: number }) =>
      channel === 'email'
        ? []
        : [
            { key: `sms-named-country:${country(number)}`, rules: smsLimits.perCountry, inMetrics },
            { key: 'sms-named-everywhere', rules: smsLimits.everywhere, inMetrics },
          ],
    forNews: (number, kind) => [
      { key: `sms-news:${kind}:${number}`, rules: smsLimits.newsPerNumber, inMetrics: 'never' },
      ...(newsWithoutWayBack.has(kind)
        ? ([
            { key: `sms-news-country:${country(number)}`, rules: smsLimits.perCountry, inMetrics },
            { key: 'sms-news-everywhere', rules: smsLimits.everywhere, inMetrics },
          ] as const)
        : []),
    ],
  };
}
