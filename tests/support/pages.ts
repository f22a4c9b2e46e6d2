import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CataloguePage } from './pages/types.ts';

export type { CataloguePage } from './pages/types.ts';
export { siteFor } from './pages/site.ts';
export { messages } from './pages/messages.ts';

const folder = join(import.meta.dirname, 'pages');
const files = await Promise.all(
  readdirSync(folder).map(
    async (name): Promise<Record<string, unknown>> => import(pathToFileURL(join(folder, name)).href),
  ),
);

/**
 * Every page in every state: what files of the folder `pages` export under a name that ends with "Pages". Whatever must
 * hold for all pages is checked by walking this list.
 */
export const pages: readonly CataloguePage[] = files
  .flatMap((file) => Object.entries(file))
  .flatMap(([name, list]) => (name.endsWith('Pages') ? (list as CataloguePage[]) : []));
