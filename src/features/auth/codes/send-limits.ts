import { countryOf } from '../../../kernel/phone-number.ts';
import type { Limited } from '../../../platform/limits/limits.ts';
import { smsLimits } from '../policy.ts';

interface To {
  channel: 'email' | 'mobile';
  destinationKey: string;
}

/** News without a way back (an undo, a link, a new password, coming back). */
const plainNews = new Set(['new-device']);

/** Against SMS pumping, beside each destination's budget. */
export interface SendLimits {
  mayText(to: To): boolean;
  forContact(to: To): Limited[];
  forNamed(to: To): Limited[]; // its own reserve, so that asking by username empties no other
  /** Per number and kind, so that nobody empties another's; no country limit for news with a way back. */
  forNews(number: string, kind: string): Limited[];
}

/** `countries`: alpha-2, null for all. */
export function createSendLimits(offered: boolean, countries: readonly string[] | null): SendLimits {
  const country = (number: string): string => countryOf(number) ?? 'none';
  // Nobody typed these numbers, so the metrics must not show them.
  const counted = 'rarely';
  return {
    mayText: ({ destinationKey }) => {
      const of = countryOf(destinationKey);
      return offered && of !== null && (countries === null || countries.includes(of));
    },
    forContact: ({ channel, destinationKey: number }) =>
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
    forNamed: ({ channel, destinationKey: number }) =>
      channel === 'email'
        ? []
        : [
            { key: `sms-named-country:${country(number)}`, rules: smsLimits.perCountry, counted },
            { key: 'sms-named-everywhere', rules: smsLimits.everywhere, counted },
          ],
    forNews: (number, kind) => [
      { key: `sms-news:${kind}:${number}`, rules: smsLimits.newsPerNumber, counted: 'never' },
      ...(plainNews.has(kind)
        ? ([
            { key: `sms-news-country:${country(number)}`, rules: smsLimits.perCountry, counted },
            { key: 'sms-news-everywhere', rules: smsLimits.everywhere, counted },
          ] as const)
        : []),
    ],
  };
}
