import type { Request } from 'express';
import { saveSession } from '../../../web/session/session.ts';
import { type Step, steps } from '../../profile/index.ts';

/** The step at which somebody is; null: they did not join in this session, or are through. */
export function placeOf({ session }: Request): number | null {
  return session.firstMinute ?? null;
}

/** Done or skipped. Pressed twice, the one after it stays. */
export async function pass(req: Request, step: Step): Promise<void> {
  const place = placeOf(req);
  const next = steps.indexOf(step) + 1;
  if (place === null || place >= next) return;
  req.session.firstMinute = next;
  await saveSession(req);
}

/** Nothing of it is sent again: a second press of its button. */
export function isPast(req: Request, step: Step): boolean {
  const place = placeOf(req);
  return place !== null && place > steps.indexOf(step);
}

/** Once. */
export function end({ session }: Request): void {
  delete session.firstMinute;
}
