import { join } from 'node:path';

/** One up from `src/` and `dist/` alike. */
export const root = join(import.meta.dirname, '..');
