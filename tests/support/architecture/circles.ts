import { importsOf, type SourceFile } from './reading.ts';

/** A folder of a floor or of a feature: "src/features/auth/codes". A file that stands in none is a room by itself. */
export function roomOf(path: string): string {
  const depth = path.startsWith('src/features/') ? 4 : 3;
  return path.split('/').slice(0, depth).join('/');
}

/** Who leads to whom; `nameOf` says what stands for a file. */
function graphOf(files: readonly SourceFile[], nameOf: (path: string) => string): Map<string, Set<string>> {
  const known = new Set(files.map(({ path }) => path));
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const from = nameOf(file.path);
    const leadsTo = graph.get(from) ?? new Set();
    graph.set(from, leadsTo);
    for (const { target } of importsOf(file))
      if (known.has(target) && nameOf(target) !== from) leadsTo.add(nameOf(target));
  }
  return graph;
}

/** The circles that a walk over the whole graph meets, each as "a → b → a". */
function circlesOf(graph: Map<string, Set<string>>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (from: string, way: readonly string[]): void => {
    const met = way.indexOf(from);
    if (met >= 0) circles.push([...way.slice(met), from].join(' → '));
    if (met >= 0 || done.has(from)) return;
    for (const to of graph.get(from) ?? []) walk(to, [...way, from]);
    done.add(from);
  };
  for (const name of graph.keys()) walk(name, []);
  return circles;
}

/** Files, and rooms, that cannot be understood one without the other; a type is an import as any other. */
export function faultsOfCircles(files: readonly SourceFile[]): string[] {
  const ofFiles = circlesOf(graphOf(files, (path) => path));
  const ofRooms = circlesOf(graphOf(files, roomOf));
  return [...new Set([...ofFiles, ...ofRooms])].map((circle) => `a circle: ${circle}`);
}
