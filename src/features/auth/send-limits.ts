import { countryOf } from '../../kernel/phone-number.ts';
import type { Limited } from '../../platform/limits.ts';
import { smsLimits } from './policy.ts';

interface To {
  channel: 'email' | 'mobile';
  destinationKey: string;
}

/** What a message may cost beside its destination's own budget: limits against SMS pumping. */
export interface SendLimits {
  /** Whether texts are offered at all and may go to this number's country. */
  mayText(to: To): boolean;
  /** The limits that a send to this contact counts against. */
  forContact(to: To): Limited[];
  /**
   * The same for what goes to the owner of a number without its having been typed: news, links, and codes asked for by
   * username. A reserve of its own: strangers who ask for codes to its neighbours must not be able to silence it, and
   * whoever counts what is left for those must not learn of it.
   */
  forNews(to: To): Limited[];
}

/** `countries`: alpha-2 codes that may be texted, null for all; `offered`: whether there is a way to send texts. */
export const createSendLimits = (offered: boolean, countries: readonly string[] | null): SendLimits => {
  const forNews = ({ channel, destinationKey }: To): Limited[] =>
    channel === 'email'
      ? []
      : [
          { key: `sms-news-country:${countryOf(destinationKey) ?? 'none'}`, rules: smsLimits.perCountry },
          { key: 'sms-news-everywhere', rules: smsLimits.everywhere },
        ];
  const forCodes = ({ channel, destinationKey }: To): Limited[] =>
    channel === 'email'
      ? []
      : [
          {
            key: `sms-prefix:${destinationKey.slice(0, -smsLimits.prefixDropsDigits)}`,
            rules: smsLimits.perPrefix,
          },
          { key: `sms-country:${countryOf(destinationKey) ?? 'none'}`, rules: smsLimits.perCountry },
          { key: 'sms-everywhere', rules: smsLimits.everywhere },
        ];
  return {
    mayText: ({ destinationKey }) => {
      const country = countryOf(destinationKey);
      return offered && country !== null && (countries === null || countries.includes(country));
    },
    forContact: forCodes,
    forNews,
  };
};
