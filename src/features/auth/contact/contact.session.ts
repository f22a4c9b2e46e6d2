import 'express-session';
import type { PendingContact } from './contact.service.ts';

declare module 'express-session' {
  interface SessionData {
    pendingContact: PendingContact;
  }
}
