import { type ErrorRequestHandler, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Chance } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import type { Db } from '../../platform/db.ts';
import type { Limits } from '../../platform/limits.ts';
import type { Passwords } from '../../platform/passwords.ts';
import type { Queue } from '../../platform/queue.ts';
import { createAccountStore } from './account.store.ts';
import type { MessageJob, Purpose } from './challenge.ts';
import { type Challenges, createChallenges } from './challenge.service.ts';
import { createChallengeStore } from './challenge.store.ts';
import { createPasswordRules } from './password-rules.ts';
import { createSendLimits } from './send-limits.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { createSignIn } from './sign-in.service.ts';
import { signUpCodeRoutes } from './sign-up-code.routes.ts';
import { signUpRoutes } from './sign-up.routes.ts';
import { createSignUp } from './sign-up.service.ts';

export { createAuthJobs } from './auth.jobs.ts';
export type { MessageJob } from './challenge.ts';
export { createLetters } from './letters.ts';
export { cleanupPolicy, deliveryPolicy, otpPolicy, sessionPolicy } from './policy.ts';

export interface ChallengesDeps {
  db: Db;
  codes: Codes;
  clock: Clock;
  chance: Chance;
  messages: Queue<MessageJob>;
}

/** One engine a purpose; the web process and the worker both need them. */
export const createAllChallenges = ({ db, ...rest }: ChallengesDeps): Record<Purpose, Challenges> => ({
  registration: createChallenges({
    purpose: 'registration',
    store: createChallengeStore(db, 'registration'),
    ...rest,
  }),
});

export interface AuthDeps {
  db: Db;
  challenges: Record<Purpose, Challenges>;
  passwords: Passwords;
  limits: Limits;
  clock: Clock;
  chance: Chance;
  mobileOffered: boolean;
  smsCountries: readonly string[] | null;
  isBreached: (password: string) => Promise<boolean>;
  cookieName: string;
}

/** Everything under `/sign-up`, `/login` and `/logout`; `staleForms` stand after all routes. */
export const authRoutes = (deps: AuthDeps): { routes: Router; staleForms: ErrorRequestHandler[] } => {
  const { db, passwords, limits, clock, mobileOffered, smsCountries } = deps;
  const challenges = deps.challenges.registration;
  const accounts = createAccountStore(db);
  const sendLimits = createSendLimits(mobileOffered, smsCountries);
  const passwordRules = createPasswordRules(deps.isBreached);
  const signUp = createSignUp({ ...deps, accounts, challenges, passwordRules, sendLimits });
  const signIn = createSignIn({ accounts, passwords, limits });
  const texted = (country: string): boolean => smsCountries === null || smsCountries.includes(country);

  const joining = signUpRoutes({ signUp, challenges, limits, clock, mobileOffered, texted });
  const signingIn = signInRoutes({ signIn, cookieName: deps.cookieName });
  const routes = Router()
    .use(joining.routes)
    .use(signUpCodeRoutes({ signUp, challenges, sendLimits, limits, clock }))
    .use(signingIn.routes);
  return { routes, staleForms: [joining.staleForm, signingIn.staleForm] };
};
