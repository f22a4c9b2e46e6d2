import { join } from 'node:path';
import { root } from './root.ts';
import { assetDirs, createAssets } from './web/assets/assets.ts';
import { packInto } from './web/assets/packed.ts';

/** At build time, so that starting needn't. */
createAssets(assetDirs(root), packInto(join(root, 'dist/packed')));
