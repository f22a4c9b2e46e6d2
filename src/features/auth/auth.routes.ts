import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { deriveHmac } from '../../platform/keys.ts';
import type { Guesses } from '../../platform/passwords/guesses.ts';
import type { Passwords } from '../../platform/passwords/passwords.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import { createSignedInOnly, type Holds } from '../../web/session/guards.ts';
import type { Purpose } from './codes/challenge.ts';
import { contactRoutes } from './contact/contact.routes.ts';
import { createContactService } from './contact/contact.service.ts';
import { contactCodeRoutes } from './contact/contact-code.routes.ts';
import { contactUndoRoutes } from './contact/contact-undo.routes.ts';
import { createContactUndos } from './contact/contact-undo.service.ts';
import type { AuthCore } from './core.ts';
import { type Clients, createClients } from './devices/client.ts';
import { createDevices } from './devices/devices.ts';
import { createAccountDeletion, type AccountDeletion } from './deletion/deletion.service.ts';
import { createAfterNewPassword } from './password/new-password.session.ts';
import { createReauthentication, type Reauthentication } from './password/reauthentication.routes.ts';
import { passwordRoutes } from './password/password.routes.ts';
import { createPasswordService, type Reauthenticated } from './password/password.service.ts';
import { createPasswordRules } from './password/password-rules.ts';
import { reauthenticateBy } from './password/current-password.routes.ts';
import { recoveryRoutes } from './recovery/recovery.routes.ts';
import { createRecovery } from './recovery/recovery.service.ts';
import { recoveryCodeRoutes } from './recovery/recovery-code.routes.ts';
import { recoveryNewRoutes } from './recovery/recovery-new.routes.ts';
import { securityRoutes } from './security/security.routes.ts';
import { createSessions } from './sessions/sessions.service.ts';
import { countedSignIn } from './sign-in/counted-sign-in.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { createSignIn } from './sign-in/sign-in.service.ts';
import { createAgeLock } from './sign-up/age-lock.session.ts';
import { signUpRoutes } from './sign-up/sign-up.routes.ts';
import { createSignUp } from './sign-up/sign-up.service.ts';
import { signUpCodeRoutes } from './sign-up/sign-up-code.routes.ts';

export interface AuthDeps {
  core: AuthCore;
  passwords: Passwords;
  sessionStore: SessionStore;
  /** The site's secret; devices and networks are sealed with keys derived from it. */
  secret: string;
  /** Whether the site is https. */
  secure: boolean;
  guesses: Guesses;
  isBreached: (password: string) => Promise<boolean>;
}

export interface AuthRoutes {
  routes: Router;
  /** Stand after all routes. */
  expiredForms: ErrorRequestHandler[];
  holds: Holds;
  /** The guard of other features' pages. */
  signedInOnly: RequestHandler[];
  /** For what asks for the password first, unless it was given lately. */
  reauthentication: Reauthentication;
  /** Whether whoever sends a form knows the password of its session's person. */
  reauthenticate: (req: Request, password: string) => Promise<Reauthenticated>;
  deletion: AccountDeletion;
  clients: Clients;
}

/** Everything under `/sign-up`, `/login`, `/logout`, `/password` and `/contact`, and the account's part of `/settings`. */
export function authRoutes({ core, secret, secure, ...deps }: AuthDeps): AuthRoutes {
  const { accounts, events, clock, random, mobileOffered, smsCountries, challenges } = core;
  const clients = createClients(deriveHmac(secret, 'network'), secure);
  const devices = createDevices(deriveHmac(secret, 'device'), random);
  const passwordRules = createPasswordRules(deps.guesses, deps.isBreached);
  const forPurpose = (purpose: Purpose) => ({ ...core, challenges: challenges[purpose], clients });

  const signUp = createSignUp({
    ...forPurpose('sign-up'),
    ...deps,
    store: core.signUpStore,
    devices,
    passwordRules,
  });
  const signIn = countedSignIn(createSignIn({ ...core, ...deps, devices }), core.metrics);
  const recovery = createRecovery({ ...forPurpose('reset'), jobs: core.securityJobs });
  const passwords = createPasswordService({ ...core, ...deps, passwordRules });
  const sessions = createSessions({ registry: deps.sessionStore, events, clock });
  const holds: Holds = async (id, securityVersion) =>
    (await accounts.member(id, securityVersion, clock.now())) !== null;
  const signedInOnly = createSignedInOnly(holds);

  const texted = (country: string): boolean => smsCountries === null || smsCountries.includes(country);
  const ageLock = createAgeLock(deriveHmac(secret, 'age'), clock, secure);
  const joining = signUpRoutes({ ...forPurpose('sign-up'), signUp, ageLock, mobileOffered, texted });
  const signingIn = signInRoutes({ signIn, clients, events, clock, secure });
  const forgetting = recoveryRoutes({ ...forPurpose('reset'), recovery });
  const changing = { ...forPurpose('contact'), signedInOnly, mobileOffered, texted, passwords };
  const contacts = createContactService({ ...changing, contacts: core.contactStore });
  const undos = createContactUndos({ undos: core.contactUndos, events, sessions, clock });
  const afterNewPassword = createAfterNewPassword({ clients, devices, sessions, clock });
  const reauthentication = createReauthentication(clock);
  const changingPassword = passwordRoutes({
    ...core,
    passwords,
    clients,
    signedInOnly,
    afterNewPassword,
    reauthentication,
  });
  const changingContacts = contactRoutes({ ...changing, contacts });

  const routes = Router()
    .use(joining.routes)
    .use(signUpCodeRoutes({ ...forPurpose('sign-up'), signUp }))
    .use(signingIn.routes)
    .use(forgetting.routes)
    .use(recoveryCodeRoutes({ ...forPurpose('reset'), recovery }))
    .use(recoveryNewRoutes({ ...core, recovery, passwords, clients, afterNewPassword }))
    .use(changingPassword.routes)
    .use(changingContacts.routes)
    .use(contactCodeRoutes({ ...changing, contacts }))
    .use(contactUndoRoutes({ undos, clients }))
    .use(securityRoutes({ sessions, events, clients, signedInOnly, reauthentication, clock }));
  return {
    routes,
    expiredForms: [
      joining.expiredForm,
      signingIn.expiredForm,
      forgetting.expiredForm,
      changingPassword.expiredForm,
      ...changingContacts.expiredForms,
    ],
    holds,
    signedInOnly,
    reauthentication,
    reauthenticate: reauthenticateBy({ passwords, clients }),
    deletion: createAccountDeletion({ deletion: core.deletion, events, sessions, limits: core.limits }),
    clients,
  };
}
