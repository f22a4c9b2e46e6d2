import type { SourceFile } from './reading.ts';

interface Statement {
  /** "src/features/pictures/pictures.store.ts mayShow": the file and the function or method that it stands in. */
  name: string;
  text: string;
}

/** Templates and strings of a file, each whole, whatever stands within it; comments are skipped. */
function textsOf(text: string): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = [];
  let at = 0;
  /** From the sign after an opening one to that behind the closing one. */
  const past = (quote: string): void => {
    for (at++; at < text.length && text[at] !== quote; at++) {
      if (text[at] === '\\') at++;
      else if (quote === '`' && text.startsWith('${', at)) pastBraces();
    }
  };
  const pastBraces = (): void => {
    let depth = 0;
    for (at++; at < text.length; at++) {
      if (text[at] === '{') depth++;
      else if (text[at] === '}' && --depth === 0) return;
      else if (/['"`]/.test(text[at]!)) past(text[at]!);
    }
  };
  for (; at < text.length; at++) {
    if (text.startsWith('//', at)) at = text.indexOf('\n', at);
    else if (text.startsWith('/*', at)) at = text.indexOf('*/', at);
    if (at < 0) break;
    const from = at;
    if (!/['"`]/.test(text[at]!)) continue;
    past(text[at]!);
    found.push({ at: from, text: text.slice(from, at + 1) });
  }
  return found;
}

/** How functions at the top level and the methods of a store begin, as the formatter indents them. */
const beginning =
  /^(?:(?:export )?(?:async )?(?:function|const) (\w+)| {4}(?:async )?(\w+)(?:<[^>]*>)?(?:\(|: (?:async )?(?:<|\()))/gm;

function nameAt(file: SourceFile, at: number): string {
  const [last] = [...file.text.slice(0, at).matchAll(beginning)].slice(-1);
  return `${file.path} ${last?.slice(1).find(Boolean) ?? '?'}`;
}

/** Where a file reads or writes rows of these tables, in SQL or by Prisma's models. */
function statementsOf(file: SourceFile, tables: readonly string[]): Statement[] {
  const table = new RegExp(`"(${tables.join('|')})\\\\?"`);
  const models = tables.map((name) => name[0]!.toLowerCase() + name.slice(1)).join('|');
  const model = new RegExp(`\\.(${models})\\.\\w+\\(`, 'g');
  const inSql = textsOf(file.text).filter(({ text }) => table.test(text));
  const byModel = [...file.text.matchAll(model)].map(({ index, 0: text }) => ({ at: index, text }));
  return [...inSql, ...byModel].map(({ at, text }) => ({ name: nameAt(file, at), text }));
}

/**
 * Statements of features about people that do not ask safety whom the viewer may see. `others` names those that need not,
 * each under its reason; one that is no longer there is a fault as well. Staff see everybody, so the desk need not ask.
 */
export function faultsOfPeople(
  files: readonly SourceFile[],
  tables: readonly string[],
  others: Record<string, readonly string[]>,
): string[] {
  const statements = files
    .filter(({ path }) => /^src\/(features\/(?!(auth|safety|desk)\/)|live\/).*\.(store|sql)\.ts$/.test(path))
    .flatMap((file) => statementsOf(file, tables));
  const asks = ({ text }: Statement): boolean =>
    /\$\{(visibleTo|mayMeet|mayGoOn|mayContact|mayFind)\(/.test(text);
  const spells = statements.filter(({ text }) => /"visibility"\s*(=|<>|!=|IN)\s*['(]/.test(text));
  const excused = Object.values(others).flat();
  const forgotten = statements.filter((one) => !asks(one) && !excused.includes(one.name));
  const names = new Set(statements.map(({ name }) => name));
  return [
    ...new Set([
      ...forgotten.map(({ name }) => `${name}: reads people without visibleTo`),
      ...spells.map(({ name }) => `${name}: spells by itself who may be seen`),
      ...excused.filter((name) => !names.has(name)).map((name) => `${name}: excused, and not there`),
    ]),
  ];
}
