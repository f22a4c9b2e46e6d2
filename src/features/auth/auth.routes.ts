import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { createSeal } from '../../platform/keys.ts';
import type { Guesses } from '../../platform/passwords/guesses.ts';
import type { Passwords } from '../../platform/passwords/passwords.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import { createSignedInOnly } from '../../web/session/guards.ts';
import type { Purpose } from './codes/challenge.ts';
import { contactRoutes } from './contact/contact.routes.ts';
import { createContactService } from './contact/contact.service.ts';
import { contactCodeRoutes } from './contact/contact-code.routes.ts';
import { contactUndoRoutes } from './contact/contact-undo.routes.ts';
import { createContactUndos } from './contact/contact-undo.service.ts';
import type { AuthCore } from './core.ts';
import { type Clients, createClients } from './devices/client.ts';
import { createDevices } from './devices/devices.ts';
import { createLeaving, type Leaving } from './leaving/leaving.service.ts';
import { createAfterNewPassword } from './password/new-password.session.ts';
import { createOnceProved, type OnceProved } from './password/once-proved.routes.ts';
import { passwordRoutes } from './password/password.routes.ts';
import { createPasswordService, type Proved } from './password/password.service.ts';
import { createPasswordRules } from './password/password-rules.ts';
import { proveBy } from './password/proof.routes.ts';
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
  staleForms: ErrorRequestHandler[];
  /** The guard of other features' pages. */
  signedInOnly: RequestHandler[];
  /** For what asks for the password first, unless it was given lately. */
  onceProved: OnceProved;
  /** Whether whoever sends a form knows the password of its session's person. */
  prove: (req: Request, password: string) => Promise<Proved>;
  leaving: Leaving;
  clients: Clients;
}

/** Everything under `/sign-up`, `/login`, `/logout`, `/password` and `/contact`, and the account's part of `/settings`. */
export const authRoutes = ({ core, secret, secure, ...deps }: AuthDeps): AuthRoutes => {
  const { accounts, events, clock, chance, mobileOffered, smsCountries, challenges } = core;
  const clients = createClients(createSeal(secret, 'network'), secure);
  const devices = createDevices(createSeal(secret, 'device'), chance);
  const passwordRules = createPasswordRules(deps.guesses, deps.isBreached);
  const forPurpose = (purpose: Purpose) => ({ ...core, challenges: challenges[purpose], clients });

  const signUp = createSignUp({
    ...forPurpose('registration'),
    ...deps,
    store: core.signUpStore,
    devices,
    passwordRules,
  });
  const signIn = countedSignIn(createSignIn({ ...core, ...deps, devices }), core.metrics);
  const recovery = createRecovery({ ...forPurpose('passwordReset'), jobs: core.securityJobs });
  const passwords = createPasswordService({ ...core, ...deps, passwordRules });
  const sessions = createSessions({ registry: deps.sessionStore, events, clock });
  const signedInOnly = createSignedInOnly(
    async (id, securityVersion) => (await accounts.member(id, securityVersion, clock.now())) !== null,
  );

  const texted = (country: string): boolean => smsCountries === null || smsCountries.includes(country);
  const ageLock = createAgeLock(createSeal(secret, 'age'), clock, secure);
  const joining = signUpRoutes({ ...forPurpose('registration'), signUp, ageLock, mobileOffered, texted });
  const signingIn = signInRoutes({ signIn, clients, events, clock, secure });
  const forgetting = recoveryRoutes({ ...forPurpose('passwordReset'), recovery });
  const changing = { ...forPurpose('contactChange'), signedInOnly, mobileOffered, texted, passwords };
  const contacts = createContactService({ ...changing, contacts: core.contactStore });
  const undos = createContactUndos({ undos: core.contactUndos, events, sessions, clock });
  const afterNewPassword = createAfterNewPassword({ clients, devices, sessions, clock });
  const onceProved = createOnceProved(clock);
  const changingPassword = passwordRoutes({
    ...core,
    passwords,
    clients,
    signedInOnly,
    afterNewPassword,
    onceProved,
  });
  const changingContacts = contactRoutes({ ...changing, contacts });

  const routes = Router()
    .use(joining.routes)
    .use(signUpCodeRoutes({ ...forPurpose('registration'), signUp }))
    .use(signingIn.routes)
    .use(forgetting.routes)
    .use(recoveryCodeRoutes({ ...forPurpose('passwordReset'), recovery }))
    .use(recoveryNewRoutes({ ...core, recovery, passwords, clients, afterNewPassword }))
    .use(changingPassword.routes)
    .use(changingContacts.routes)
    .use(contactCodeRoutes({ ...changing, contacts }))
    .use(contactUndoRoutes({ undos, clients }))
    .use(securityRoutes({ sessions, events, clients, signedInOnly, onceProved, clock }));
  return {
    routes,
    staleForms: [
      joining.staleForm,
      signingIn.staleForm,
      forgetting.staleForm,
      changingPassword.staleForm,
      ...changingContacts.staleForms,
    ],
    signedInOnly,
    onceProved,
    prove: proveBy({ passwords, clients }),
    leaving: createLeaving({ leaving: core.leaving, events, sessions, limits: core.limits }),
    clients,
  };
};
