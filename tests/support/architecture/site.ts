import { importsOf, type SourceFile } from './reading.ts';
import { featureOrder } from './rooms.ts';

const comments = /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g;
const imports = /^\s*(?:import|export)\s[^;]*?\bfrom\s+['"][^'"]+['"];?|^\s*import\s+['"][^'"]+['"];?/gm;

/** What a file says besides its imports, strings and patterns included. */
function saidBy({ text }: SourceFile): string {
  return text.replace(comments, ' ').replace(imports, ' ');
}

/** "/settings/password" → "settings": the beginnings of all paths that features declare. */
function beginningsOf(files: readonly SourceFile[]): Set<string> {
  const features = files.filter(({ path }) => path.startsWith('src/features/'));
  const paths = features.flatMap((file) => [...saidBy(file).matchAll(/['"`]\/([a-z][a-z-]*)(?=['"`/])/g)]);
  return new Set(paths.map(([, first]) => first!));
}

/** Paths and names of features stand in their folders: what web does for one, it does for all. */
function faultsOfWeb(file: SourceFile, beginnings: ReadonlySet<string>): string[] {
  const said = saidBy(file);
  const paths = [...said.matchAll(/\/([a-z][a-z-]*)\b/g)].map(([, first]) => first!);
  const names = [...said.matchAll(/['"`]([a-z-]+)['"`]/g)].map(([, name]) => name!);
  return [
    ...paths.filter((first) => beginnings.has(first)).map((first) => `names a path of a feature: /${first}`),
    ...names.filter((name) => featureOrder.includes(name)).map((name) => `names a feature: ${name}`),
  ];
}

/** house.ts makes features and app.ts mounts them: neither knows a path, a number or a queue of one. */
function faultsOfTop(file: SourceFile): string[] {
  const isHouse = file.path === 'src/house.ts';
  const known = importsOf(file)
    .filter(({ target }) => target.startsWith('src/features/'))
    .flatMap(({ names }) => names)
    .filter((name) => !isHouse || !/^[a-z]+Feature$/.test(name));
  const paths = [...saidBy(file).matchAll(/['"`](\/[a-z][^'"`]*)['"`]/g)].map(([, path]) => path!);
  const lines = file.text.split('\n').length - 1;
  const most = isHouse ? 119 : 89;
  return [
    ...known.map((name) => `knows ${name} of a feature`),
    ...paths.map((path) => `names a path: ${path}`),
    ...(lines > most ? [`has ${lines} lines, more than ${most}`] : []),
  ];
}

export function faultsOfSite(files: readonly SourceFile[]): string[] {
  const beginnings = beginningsOf(files);
  return files.flatMap((file) => {
    const isTop = ['src/house.ts', 'src/app.ts'].includes(file.path);
    const found = file.path.startsWith('src/web/')
      ? faultsOfWeb(file, beginnings)
      : isTop
        ? faultsOfTop(file)
        : [];
    return [...new Set(found)].map((fault) => `${file.path}: ${fault}`);
  });
}
