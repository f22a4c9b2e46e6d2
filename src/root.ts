import { join } from 'node:path';

/** `src/` and `dist/` lie side by side, so the project's root is one up from either. */
export const root = join(import.meta.dirname, '..');
