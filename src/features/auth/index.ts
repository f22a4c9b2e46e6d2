export { type AuthDeps, type AuthRoutes, authRoutes } from './auth.routes.ts';
export type { MessageJob } from './codes/challenge.ts';
export { type AuthCore, createAuthExporter, createAuthCore } from './core.ts';
export type { SecurityJob, ClientInfo } from './history/security-events.service.ts';
export { insertEventSql, type SecurityEvent } from './history/security-events.store.ts';
export { createAuthJobs } from './jobs.ts';
export type { AccountDeletion } from './deletion/deletion.service.ts';
export { createMessageTemplates } from './messages/message-templates.ts';
export type { Reauthentication } from './password/reauthentication.routes.ts';
export { currentPassword } from './password/password.forms.ts';
export { refuseReauthentication } from './password/current-password.routes.ts';
export {
  cleanupPolicy,
  deliveryPolicy,
  languagePolicy,
  deletionPolicy,
  noticePolicy,
  otpPolicy,
  sessionPolicy,
  signInPolicy,
} from './policy.ts';
export { languageList } from './sign-up/language.forms.ts';
