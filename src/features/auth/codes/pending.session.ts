import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { reloadSession, saveSession } from '../../../web/session/session.ts';
import type { WordBack } from './code.answers.ts';
import type { PendingCode } from './pending.ts';

/** Each flow adds its own to `SessionData`. */
type PendingField = {
  [Field in keyof SessionData]-?: NonNullable<SessionData[Field]> extends PendingCode ? Field : never;
}[keyof SessionData];

/** Stored when this resolves, so that no code leaves for a lost session. */
export async function keepPending<Field extends PendingField>(
  req: Request,
  field: Field,
  pending: SessionData[Field],
): Promise<void> {
  pending.places = [req.id];
  Object.assign(req.session, { [field]: pending });
  await saveSession(req);
}

/** Does nothing when another tab has begun anew. `left`: what the session keeps. */
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
