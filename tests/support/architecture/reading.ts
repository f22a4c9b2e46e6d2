import { posix } from 'node:path';

export interface SourceFile {
  /** From the project's root: "src/features/auth/policy.ts". */
  path: string;
  text: string;
}

export interface Import {
  /** A path from the project's root for our own files, a package's name otherwise. */
  target: string;
  ours: boolean;
  /** The imported names; "*" for a whole module, "" for its effects only. */
  names: string[];
  /** Nothing of it is left when the types are gone. */
  typeOnly: boolean;
}

/** "{ type A, B as C }, D" → its names, and whether all are types. */
function readClause(clause: string): { names: string[]; typeOnly: boolean } {
  const whole = /^type\s/.test(clause);
  const parts = clause
    .replace(/^type\s/, '')
    .split(/[{},]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const names = parts.map((part) => part.replace(/^type\s+/, '').split(/\s+as\s+/)[0]!);
  return { names, typeOnly: whole || (parts.length > 0 && parts.every((part) => /^type\s/.test(part))) };
}

const fromLine = /^\s*(?:import|export)\s+([\w\s{},*$]+?)\s+from\s+['"]([^'"]+)['"]/gm;
const effectLine = /^\s*import\s+['"]([^'"]+)['"]/gm;
const lazy = /\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g;

/** What a file imports, re-exports and loads later. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const at = (specifier: string) => {
    const ours = specifier.startsWith('.');
    return { ours, target: ours ? posix.join(posix.dirname(path), specifier) : specifier };
  };
  return [
    ...[...text.matchAll(fromLine)].map(([, clause, from]) => ({ ...at(from!), ...readClause(clause!) })),
    ...[...text.matchAll(effectLine)].map(([, from]) => ({ ...at(from!), names: [''], typeOnly: false })),
    ...[...text.matchAll(lazy)].map(([, from]) => ({ ...at(from!), names: ['*'], typeOnly: false })),
  ];
}

/** A file without what it only talks about: comments, and strings that hold no code. */
export function codeOf({ text }: SourceFile): string {
  return text.replace(/\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\/[^\n]*/g, ' ');
}
