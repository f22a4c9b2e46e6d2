import { codeOf, importsOf, type SourceFile } from './reading.ts';

const DOOR = 'src/browser/index.ts';

/** What runs in browsers: the shared pieces, and the scripts of features. */
export function isOfBrowser(path: string): boolean {
  return path.startsWith('src/browser/') || path.endsWith('.browser.ts');
}

/** Why an import between two files of the browser's side may not be, or null. */
export function faultOfScript(from: string, to: string): string | null {
  if (to.endsWith('.browser.ts')) return 'a script is begun by its page, and imported by nobody';
  return from.startsWith('src/browser/') || to === DOOR
    ? null
    : 'browser is entered through its index.ts only';
}

/** Markup stands in templates, where values are escaped. */
const markup =
  /\.(?:inner|outer)HTML\s*[+]?=(?!=)|\binsertAdjacentHTML\b|\bset(?:HTML|HTMLUnsafe)\b|\bdocument\.write|\beval\(|\bnew Function\b/;

/** Modules of Node that a file needs, itself or by what it imports. */
function nodeNeededBy(path: string, known: Map<string, SourceFile>, seen = new Set<string>()): string[] {
  const file = known.get(path);
  if (!file || seen.has(path)) return [];
  seen.add(path);
  return importsOf(file).flatMap(({ target, ours, typeOnly }) => {
    if (typeOnly) return [];
    return ours ? nodeNeededBy(target, known, seen) : target.startsWith('node:') ? [target] : [];
  });
}

export function faultsOfBrowser(files: readonly SourceFile[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  return files
    .filter(({ path }) => isOfBrowser(path))
    .flatMap((file) => [
      ...(markup.test(codeOf(file)) ? [`${file.path}: writes markup or code`] : []),
      ...importsOf(file)
        .filter(({ target }) => target.startsWith('src/kernel/'))
        .flatMap(({ target }) =>
          nodeNeededBy(target, known).map((module) => `${file.path}: ${target} needs ${module}`),
        ),
    ]);
}
