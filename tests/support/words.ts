import { join } from 'node:path';
import { openCatalogues } from '../../src/web/words/catalogues.ts';

export const catalogues = openCatalogues(join(import.meta.dirname, '../../locales'), { pseudo: true });
export const english = catalogues.wordsIn('en');
