import { countryOf } from '../../../kernel/phone-number.ts';
import type { CodeLabels, ChannelLabels } from '../../../platform/watching/metrics.ts';
import { storedWords } from '../stored-words.ts';
import { type Challenge, isTypedContact, type Purpose } from './challenge.ts';

type Counted = Pick<Challenge, 'channel' | 'destinationKey' | 'askedKey'>;

export function channelLabelsOf({ channel, destinationKey }: Counted): ChannelLabels {
  return {
    channel,
    country: (channel === 'mobile' ? countryOf(destinationKey) : null) ?? 'none',
  };
}

/** By username there is neither channel nor country: they would differ between accounts and decoys. */
export function labelsOf(purpose: Purpose, challenge: Counted): CodeLabels {
  return isTypedContact(challenge)
    ? { purpose: storedWords.purposes[purpose], ...channelLabelsOf(challenge) }
    : { purpose: storedWords.purposes[purpose], channel: 'by-name', country: 'none' };
}
