import { join } from 'node:path';
import { root } from './root.ts';
import { assetDirs, createAssets } from './web/assets/assets.ts';
import { packInto } from './web/assets/packed.ts';

/** A step of the build: packs what the site serves, so that starting it need not. */
createAssets(assetDirs(root), packInto(join(root, 'dist/packed')));
