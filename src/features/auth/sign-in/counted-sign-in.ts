import type { Metrics } from '../../../platform/watching/metrics.ts';
import type { SignIn } from './sign-in.service.ts';

/** `sign_ins_total`, without the 503s of busy hashing (`http_request_duration_seconds` has those). */
export function countedSignIn(signIn: SignIn, metrics: Metrics): SignIn {
  return {
    enterAfter: async (...entering) => {
      const outcome = await signIn.enterAfter(...entering);
      metrics.signIn(outcome.ok ? 'ok' : 'failed');
      return outcome;
    },
    attempt: async (...attempt) => {
      const outcome = await signIn.attempt(...attempt);
      if (outcome.ok) metrics.signIn('ok');
      else if (outcome.reason !== 'second-step')
        metrics.signIn(outcome.reason === 'wrong' ? 'failed' : 'throttled');
      return outcome;
    },
  };
}
