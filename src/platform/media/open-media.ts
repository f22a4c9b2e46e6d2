import { resolve } from 'node:path';
import type { MediaConfig } from '../../config/media.ts';
import { createFolderStore } from './media-folder.ts';
import { createS3Store } from './media-s3.ts';
import type { MediaStore } from './media-store.ts';

/** `root`: what a relative folder is below. */
export function openMedia(config: MediaConfig, root: string): MediaStore {
  return config.kind === 's3' ? createS3Store(config) : createFolderStore(resolve(root, config.dir));
}
