import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { reloadSession, saveSession } from '../../../web/session/session.ts';
import type { WordBack } from './code.answers.ts';
import type { PendingCode } from './pending.ts';

/** The fields in which flows keep what waits for a code; each flow adds its own to `SessionData`. */
type PendingField = {
  [Field in keyof SessionData]-?: NonNullable<SessionData[Field]> extends PendingCode ? Field : never;
}[keyof SessionData];

/** Remembers what waits for a code, and which request began it; stored when this resolves, so that no code leaves for a session that was lost. */
export async function keepPending<Field extends PendingField>(
  req: Request,
  field: Field,
  pending: SessionData[Field],
): Promise<void> {
  pending.places = [req.id];
  Object.assign(req.session, { [field]: pending });
  await saveSession(req);
}

/**
 * Forgets what waits for a code, unless another tab has begun anew meanwhile, and leaves a word for the next page;
 * `left` is what else the session keeps from now on.
 */
export async function forgetPending(
  req: Request,
  field: PendingField,
  { challengeId }: { challengeId: string },
  { text }: WordBack,
  left: Partial<SessionData> = {},
): Promise<void> {
  await reloadSession(req);
  if (req.session[field]?.challengeId === challengeId) delete req.session[field];
  Object.assign(req.session, left);
  if (text) req.session.flash = { kind: 'error', text };
  await saveSession(req);
}
