import { countryOf } from '../../../kernel/phone-number.ts';
import type { CodeLabels, Whither } from '../../../platform/watching/metrics.ts';
import { type Challenge, isTypedContact, type Purpose } from './challenge.ts';

type Counted = Pick<Challenge, 'channel' | 'destinationKey' | 'askedKey'>;

/** What is counted of a contact that somebody proved. */
export const whitherOf = ({ channel, destinationKey }: Counted): Whither => ({
  channel,
  country: (channel === 'mobile' ? countryOf(destinationKey) : null) ?? 'none',
});

/**
 * What is counted of a code. One asked for by username has neither channel nor country: an account and a decoy would
 * differ in both.
 */
export const labelsOf = (purpose: Purpose, challenge: Counted): CodeLabels =>
  isTypedContact(challenge)
    ? { purpose, ...whitherOf(challenge) }
    : { purpose, channel: 'by-name', country: 'none' };
