import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { root } from './root.ts';
import { openAssets } from './web/assets/assets.ts';
import { createViews } from './web/views/views.ts';
import { openCatalogues } from './web/words/catalogues.ts';

/** What pages are made of. */
export function openPages({ production }: Pick<Config, 'production'>, locales = join(root, 'locales')) {
  return {
    views: createViews(join(root, 'views'), { strict: !production }),
    catalogues: openCatalogues(locales, { pseudo: !production }),
    assets: openAssets(join(root, 'dist')),
  };
}
