import { type RequestHandler, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { deriveHmac } from '../../platform/keys.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { AnyAct } from '../../web/act.ts';
import type { FormRoutes } from '../../web/forms/form-rules.ts';
import { contactRoutes } from './contact/contact.routes.ts';
import { contactCodeRoutes } from './contact/contact-code.routes.ts';
import { contactUndoRoutes } from './contact/contact-undo.routes.ts';
import type { AuthCore } from './core.ts';
import type { Clients } from './devices/client.ts';
import { createAfterNewPassword } from './password/new-password.session.ts';
import { passwordActs } from './password/password.acts.ts';
import { passwordRoutes } from './password/password.routes.ts';
import type { Reauthentication } from './password/reauthentication.routes.ts';
import { recoveryRoutes } from './recovery/recovery.routes.ts';
import { recoveryCodeRoutes } from './recovery/recovery-code.routes.ts';
import { recoveryNewRoutes } from './recovery/recovery-new.routes.ts';
import { secondFactorRoutes } from './second-factor/second-factor.routes.ts';
import { stopWaitingRoutes } from './second-factor/stop-waiting.routes.ts';
import { securityActs } from './security/security.acts.ts';
import { securityRoutes } from './security/security.routes.ts';
import type { AuthServices } from './services.ts';
import { createEntry } from './sign-in/entry.session.ts';
import { secondStepRoutes } from './sign-in/second-step.routes.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { createAgeLock } from './sign-up/age-lock.session.ts';
import { signUpRoutes } from './sign-up/sign-up.routes.ts';
import { signUpCodeRoutes } from './sign-up/sign-up-code.routes.ts';

interface AuthRoutesDeps {
  core: AuthCore;
  services: AuthServices;
  clients: Clients;
  signedInOnly: RequestHandler[];
  reauthentication: Reauthentication;
  limits: Limits;
  clock: Clock;
  secret: string;
  secure: boolean;
  mobileOffered: boolean;
  smsCountries: readonly string[] | null;
}

/** Everything under `/sign-up`, `/login`, `/logout`, `/password` and `/contact`, and the account's part of `/settings`. */
export function authRoutes(deps: AuthRoutesDeps): FormRoutes & { acts: readonly AnyAct[] } {
  const { clients, signedInOnly, reauthentication, limits, clock, secure, mobileOffered, smsCountries } =
    deps;
  const { challenges, events, sendLimits } = deps.core;
  const { signUp, signIn, recovery, passwords, contacts, undos, sessions, devices, bans } = deps.services;
  const { secondSteps, secondFactors } = deps.services;
  const canText = (country: string): boolean => smsCountries === null || smsCountries.includes(country);
  const ageLock = createAgeLock(deriveHmac(deps.secret, 'age'), clock, secure);
  const afterNewPassword = createAfterNewPassword({ clients, devices, bans, sessions, clock });
  const entry = createEntry({ clients, clock });
  const joining = { challenges: challenges['sign-up'], clients, limits, clock };
  const forgetting = { challenges: challenges.reset, clients, limits, clock };
  const changing = { challenges: challenges.contact, clients, limits, clock, signedInOnly };

  const [confirming, security] = [
    passwordActs({ passwords, clients }),
    securityActs({ sessions, events, clients }),
  ];
  const all = [
    signUpRoutes({ ...joining, signUp, ageLock, mobileOffered, canText }),
    signUpCodeRoutes({ ...joining, signUp, sendLimits }),
    signInRoutes({ signIn, entry, clients, events, secure }),
    secondStepRoutes({ signIn, secondSteps, entry, clients, clock }),
    stopWaitingRoutes({ secondSteps, clients }),
    secondFactorRoutes({ secondFactors, passwords, clients, signedInOnly, afterNewPassword, clock }),
    recoveryRoutes({ ...forgetting, recovery }),
    recoveryCodeRoutes({ ...forgetting, recovery, sendLimits }),
    recoveryNewRoutes({ recovery, passwords, clients, afterNewPassword, limits }),
    passwordRoutes({
      passwords,
      acts: confirming,
      clients,
      signedInOnly,
      afterNewPassword,
      reauthentication,
      limits,
      clock,
    }),
    contactRoutes({ ...changing, contacts, passwords, mobileOffered, canText }),
    contactCodeRoutes({ ...changing, contacts, sendLimits }),
    contactUndoRoutes({ undos, clients }),
    securityRoutes({ acts: security, signedInOnly, reauthentication, clock }),
  ];
  const routes = Router();
  for (const one of all) routes.use(one.routes);
  return {
    routes,
    forms: Object.assign({}, ...all.map(({ forms }) => forms)),
    acts: [...Object.values(confirming), ...Object.values(security)],
  };
}
