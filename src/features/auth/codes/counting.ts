import { countryOf } from '../../../kernel/phone-number.ts';
import type { CodeLabels, Metrics, Whither } from '../../../platform/metrics.ts';
import { type Challenge, isTypedContact, type Purpose } from './challenge.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';

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

/**
 * Counts what becomes of tries to sign in (`sign_ins_total`). Those turned away because all hashes are busy are none of
 * them: `http_request_duration_seconds` has them as 503.
 */
export const countedSignIn = (signIn: SignIn, metrics: Metrics): SignIn => ({
  attempt: async (...attempt) => {
    const outcome = await signIn.attempt(...attempt);
    if (outcome.ok) metrics.signIn('ok');
    else metrics.signIn(outcome.reason === 'wrong' ? 'failed' : 'throttled');
    return outcome;
  },
});
