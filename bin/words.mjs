import { at } from './lib/paths.mjs';
import { writeCatalogueTypes } from './lib/build/words.mjs';

/** npm run words: types what `locales/en` says now. */
await writeCatalogueTypes(at());
