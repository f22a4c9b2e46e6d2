export { type AuthDeps, type AuthRoutes, authRoutes } from './auth.routes.ts';
export type { MessageJob } from './codes/challenge.ts';
export { type AuthCore, authHeld, createAuthCore } from './core.ts';
export type { SecurityJob, Whence } from './history/security-events.service.ts';
export { insertEventSql, type SecurityEvent } from './history/security-events.store.ts';
export { createAuthJobs } from './jobs.ts';
export type { Leaving } from './leaving/leaving.service.ts';
export { createLetters } from './messages/letters.ts';
export type { OnceProved } from './password/once-proved.routes.ts';
export { currentPassword } from './password/password.forms.ts';
export { notProved } from './password/proof.routes.ts';
export {
  cleanupPolicy,
  deliveryPolicy,
  languagePolicy,
  leavingPolicy,
  noticePolicy,
  otpPolicy,
  sessionPolicy,
  signInPolicy,
} from './policy.ts';
export { languageList } from './sign-up/language.forms.ts';
