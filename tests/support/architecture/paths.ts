import type { SourceFile } from './reading.ts';
import { featureOrder } from './rooms.ts';

/** What is drawn or led to by a path of a later feature all the same, each under its reason. */
const excusedPaths: Record<string, readonly string[]> = {
  'begins again at the front page, whatever that shows': ['/'],
};

const routed = /\b(?:get|post|all)\(\s*((?:\[[^\]]*\])|'[^']*')|\broute: '(?:GET|POST) ([^']*)'/g;

/** "/settings/photos/:id" → "pictures": whose each page is. Of two features, the first one made it. */
export function ownersOf(files: readonly SourceFile[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const feature of featureOrder) {
    const own = files.filter(({ path }) => path.startsWith(`src/features/${feature}/`));
    const literals = own.flatMap(({ text }) =>
      [...text.matchAll(routed)].flatMap(([, list, route]) =>
        route ? [route] : [...list!.matchAll(/'(\/[^']*)'/g)].map(([, path]) => path!),
      ),
    );
    for (const path of literals) if (!owners.has(path)) owners.set(path, feature);
  }
  return owners;
}

/** Views that a feature renders, and what those include; what several share is the first one's. */
export function viewOwnersOf(
  files: readonly SourceFile[],
  views: readonly SourceFile[],
): Map<string, string> {
  const owners = new Map<string, string>();
  const claim = (name: string, feature: string): void => {
    const view = views.find(({ path }) => path === `views/${name}.ejs`);
    if (!view || owners.has(view.path)) return;
    owners.set(view.path, feature);
    for (const [, inner] of view.text.matchAll(/include\('([\w/.-]+)'/g)) claim(inner!, feature);
  };
  // What stands round every page is drawn for all features.
  claim('layouts/main', '');
  for (const feature of featureOrder)
    for (const { text } of files.filter(({ path }) => path.startsWith(`src/features/${feature}/`)))
      for (const [, name] of text.matchAll(/['"`]([a-z]+\/[\w./-]+)['"`]/g)) claim(name!, feature);
  return owners;
}

/** Whose page an address in a text is: "/settings/photos/<%= id %>/move" is of "/settings/photos/:id/move". */
function ownerOf(address: string, owners: ReadonlyMap<string, string>): string | undefined {
  const exact = owners.get(address);
  if (exact) return exact;
  const patterns = [...owners].filter(([path]) => {
    const start = path.split('/:')[0]!;
    return path.includes('/:') && (address === `${start}/` || address.startsWith(`${start}/`));
  });
  return patterns.toSorted(([one], [other]) => other.length - one.length)[0]?.[1];
}

const comments = /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g;
const addresses = /(?<=['"`])(\/[a-z][\w/.-]*|\/)(?=['"`?#<$])/g;

/** Nobody leads to the page of a later feature by name: that one declares where it wants to be seen. */
export function faultsOfPaths(
  files: readonly SourceFile[],
  views: readonly SourceFile[],
  excused: Record<string, readonly string[]> = excusedPaths,
): string[] {
  const owners = ownersOf(files);
  const whose = viewOwnersOf(files, views);
  const free = Object.values(excused).flat();
  const heightOf = (feature: string): number => featureOrder.indexOf(feature);
  const of = (file: SourceFile, mine: string): string[] =>
    [...file.text.replace(comments, ' ').matchAll(addresses)].flatMap(([, address]) => {
      const theirs = ownerOf(address!, owners);
      return theirs && !free.includes(address!) && heightOf(theirs) > heightOf(mine)
        ? [`${file.path}: names a page of ${theirs}: ${address}`]
        : [];
    });
  const found = [
    ...files.flatMap((file) => {
      const [, mine] = /^src\/features\/([a-z]+)\//.exec(file.path) ?? [];
      return mine ? of(file, mine) : [];
    }),
    ...views.flatMap((view) => of(view, whose.get(view.path) ?? '')),
  ];
  return [...new Set(found)];
}
