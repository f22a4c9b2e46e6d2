import type { Request } from 'express';
import { renewSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';

export const secondStepPath = '/login/second';

/** What is kept between the right password and the second step: the session is nobody's. */
interface WaitingForSecondStep {
  id: string; // of the run
  remember: boolean; // "Keep me signed in"
  next: string | null; // where signing in leads
}

declare module 'express-session' {
  interface SessionData {
    secondStep: WaitingForSecondStep;
  }
}

/** Under another id than before. */
export async function waitForSecondStep(req: Request, waiting: WaitingForSecondStep): Promise<void> {
  await renewSession(req, (session) => {
    session.secondStep = waiting;
  });
}

/** Back to the password, with a word why. */
export async function leaveSecondStep(req: Request, flash: Flash): Promise<void> {
  await renewSession(req, (session) => {
    session.flash = flash;
  });
}
