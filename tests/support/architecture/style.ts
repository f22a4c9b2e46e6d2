import { codeOf, type SourceFile } from './reading.ts';

/** "const f = (x) =>" at the top level, where a `function` can stand; with a declared type it is a value. */
const arrowAtTop =
  /^(?:export )?const (\w+) =\s+(?:async )?(?:<[^=]*>)?(?:\((?:[^()]|\([^()]*\))*\)|\w+)(?:: [^=]+)? =>/gm;

export function faultsOfFunctions(file: SourceFile): string[] {
  if (/\bthis\b/.test(codeOf(file))) return [];
  return [...file.text.matchAll(arrowAtTop)].map(([, name]) => `${name} is no function declaration`);
}
