import type { Metrics } from '../../../platform/watching/metrics.ts';
import type { SignIn } from './sign-in.service.ts';

/**
 * Counts what becomes of tries to sign in (`sign_ins_total`). Those turned away because all hashes are busy are none of
 * them: `http_request_duration_seconds` has them as 503.
 */
export function countedSignIn(signIn: SignIn, metrics: Metrics): SignIn {
  return {
    attempt: async (...attempt) => {
      const outcome = await signIn.attempt(...attempt);
      if (outcome.ok) metrics.signIn('ok');
      else metrics.signIn(outcome.reason === 'wrong' ? 'failed' : 'throttled');
      return outcome;
    },
  };
}
