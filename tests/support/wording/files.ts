import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../architecture/reading.ts';
import type { CatalogueFile } from './entries.ts';

const root = join(import.meta.dirname, '../../..');

function filesIn(folder: string, ending: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending) && !path.includes('/generated/'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Templates, the site's code, and what runs in browsers. */
export const spokenFiles: readonly SourceFile[] = [...filesIn('views', '.ejs'), ...filesIn('src', '.ts')];

export const catalogueFiles: readonly CatalogueFile[] = filesIn('locales', '.json').map(({ path, text }) => {
  const [, locale, feature] = /^locales\/([^/]+)\/(.+)\.json$/.exec(path)!;
  return { locale: locale!, feature: feature!, source: text };
});
