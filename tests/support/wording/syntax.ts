import type { Node, SourceFile as Tree } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';
import type { SourceFile } from '../architecture/reading.ts';

const compilerOptions = { noLib: true, noResolve: true, types: [], module: 'nodenext', target: 'es2023' };

/** What the compiler reads in files, which need not lie on the disk. */
export function treesOf(files: readonly SourceFile[]): ReadonlyMap<string, Tree> {
  const names = files.map(({ path }) => (path.endsWith('.ts') ? path : `${path}.ts`));
  const api = new API({
    cwd: '/read',
    fs: createVirtualFileSystem({
      ...Object.fromEntries(files.map(({ text }, n) => [`/read/${names[n]}`, text])),
      '/read/tsconfig.json': JSON.stringify({ compilerOptions, files: names }),
    }),
  });
  try {
    const project = api
      .updateSnapshot({ openProjects: ['/read/tsconfig.json'] })
      .getProject('/read/tsconfig.json')!;
    const { program } = project;
    const [fault] = program.getSyntacticDiagnostics();
    if (fault) throw new Error(`${fault.fileName}: ${fault.text}`);
    return new Map(files.map(({ path }, n) => [path, program.getSourceFile(`/read/${names[n]}`)!] as const));
  } finally {
    api.close();
  }
}

/** A node and all below it, from top to bottom. */
export function nodesOf(top: Node): Node[] {
  const found: Node[] = [];
  const walk = (node: Node): void => {
    found.push(node);
    node.forEachChild(walk);
  };
  walk(top);
  return found;
}
