import { availableParallelism } from 'node:os';
import express, { type RequestHandler, Router } from 'express';
import { createPasswordRules } from '../../src/features/auth/password/password-rules.ts';
import { openGuessEstimator } from '../../src/platform/passwords/guesses.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { createPasswords } from '../../src/platform/passwords/passwords.ts';
import { rateSettings } from './settings.ts';

export interface BareParts {
  /** Reads the session. */
  reads: RequestHandler;
  /** Reads one row, the one whose id is in the session. */
  row: RequestHandler;
  form: RequestHandler;
  profile: RequestHandler;
  /** Of somebody who has that row. */
  userId: string;
}

/**
 * The least that a sign-up can be: the same form, the password judged and hashed as ours are, a page that takes any code,
 * the profile. Nothing is checked, counted, sent or written but the session.
 */
export function bareSignUpRoutes({ reads, row, form, profile, userId }: BareParts): Router {
  const passwords = createPasswords({ concurrency: availableParallelism(), waiting: rateSettings.people });
  const guessEstimator = openGuessEstimator(createLog('warn'));
  guessEstimator.warm();
  const rules = createPasswordRules(guessEstimator, async () => false);
  const body = express.urlencoded({ extended: false });
  return Router()
    .get('/sign-up', reads, form)
    .post('/sign-up', body, reads, async (req, res) => {
      const { password, username, email } = req.body as Record<'password' | 'username' | 'email', string>;
      await rules.fault(password, [username, email]);
      Object.assign(req.session, { username, hash: await passwords.hash(password) });
      res.redirect(303, '/sign-up/code');
    })
    .post('/sign-up/code', body, reads, (req, res) => {
      req.session.userId = userId;
      res.redirect(303, '/profile');
    })
    .get('/profile', reads, row, profile);
}
