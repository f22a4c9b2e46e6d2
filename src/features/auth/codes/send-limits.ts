import { countryOf } from '../../../kernel/phone-number.ts';
import type { Limited } from '../../../platform/limits/limits.ts';
import { smsLimits } from '../policy.ts';

interface To {
  channel: 'email' | 'mobile';
  destinationKey: string;
}

/** News that only says something; all other news carry a way back: an undo, a link, a new password, coming back. */
const plainNews = new Set(['new-device']);

/** What a message may cost beside its destination's own budget: limits against SMS pumping. */
export interface SendLimits {
  /** Whether texts are offered at all and may go to this number's country. */
  mayText(to: To): boolean;
  /** The limits that a code to this contact counts against, where the contact itself was typed. */
  forContact(to: To): Limited[];
  /** The same of a code that was asked for by username: whoever does so empties no other reserve. */
  forNamed(to: To): Limited[];
  /**
   * The same of news of one kind to a number (E.164): a budget of the two, so that nobody can empty another's, and no
   * country's limit, which strangers could fill, for what carries a way back.
   */
  forNews(number: string, kind: string): Limited[];
}

/** `countries`: alpha-2 codes that may be texted, null for all; `offered`: whether there is a way to send texts. */
export function createSendLimits(offered: boolean, countries: readonly string[] | null): SendLimits {
  const country = (number: string): string => countryOf(number) ?? 'none';
  // Whose texts fill a reserve that no visitor typed for is not for whoever counts what was refused.
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
