import { uniqueConflict } from '../../../platform/stores/db.ts';

/** Meets what was reported anew meanwhile, or a date of birth that was changed before: then the case stays as it is. */
export async function unlessTaken<Value>(work: () => Promise<Value | null>): Promise<Value | null> {
  try {
    return await work();
  } catch (err) {
    if (uniqueConflict(err)) return null;
    throw err;
  }
}
