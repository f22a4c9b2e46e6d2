import type { CallExpression, Node } from '@babel/types';
import type { SourceFile } from '../architecture/reading.ts';
import { plainTags } from '../../../src/web/words/markup.ts';
import { shapeOf } from './entries.ts';
import { nameOf, textOf, type Tree, treeOf } from './syntax.ts';
import { HOLE, isPlainText, templateOf } from './template.ts';

type Texts = ReadonlyMap<string, string>;

/** The keys that a literal names; of a template all that it may come to. Null: it is no literal. */
function keysNamedBy(node: Node | undefined, texts: Texts): string[] | null {
  if (node?.type === 'ParenthesizedExpression') return keysNamedBy(node.expression, texts);
  if (node?.type === 'ConditionalExpression') {
    const both = [node.consequent, node.alternate].map((part) => keysNamedBy(part, texts));
    return both.includes(null) ? null : both.flatMap((keys) => keys!);
  }
  const text = textOf(node);
  if (text === null || !text.includes(HOLE)) return text === null ? null : [text];
  if (!/^[a-z]\w*\.[\w.-]*$/.test(text.replaceAll(HOLE, ''))) return [];
  const shape = new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(HOLE, '[\\w-]+')}$`);
  return [...texts.keys()].filter((key) => shape.test(key));
}

/** What each file names of the catalogue. */
function namedIn(trees: ReadonlyMap<string, Tree>, texts: Texts): Map<string, Set<string>> {
  return new Map(
    [...trees].map(([path, tree]) => {
      const named = tree.nodes.flatMap((node) => keysNamedBy(node, texts) ?? []);
      return [path, new Set(named.filter((key) => texts.has(key)))] as const;
    }),
  );
}

/** "profile.browser.languages.add" → "languages". */
function scriptOfKey(key: string): string | null {
  const [, place, script] = key.split('.');
  return place === 'browser' ? script! : null;
}

/** Each page has the words of app; a script has those and its own. What scripts share has those of app. */
function scriptOfFile(path: string): string | null {
  const [, script] = /([\w-]+)\.browser\.ts$/.exec(path) ?? [];
  // A script of many files has a folder of its name.
  const [, folder] = /^src\/browser\/([\w-]+)\//.exec(path) ?? [];
  return script ?? folder ?? (path.startsWith('src/browser/') ? 'app' : null);
}

function treeOfFile(file: SourceFile): Tree {
  return treeOf(file.path, file.path.endsWith('.ejs') ? templateOf(file).code : file.text);
}

/** Entries that nobody says, and scripts that say what no page brings them. */
export function faultsOfUse(files: readonly SourceFile[], texts: Texts): string[] {
  const named = namedIn(new Map(files.map((file) => [file.path, treeOfFile(file)])), texts);
  const used = new Set(
    [...named].flatMap(([path, keys]) =>
      [...keys].filter((key) => {
        const script = scriptOfKey(key);
        return (
          script === null ||
          script === scriptOfFile(path) ||
          (script === 'app' && scriptOfFile(path) !== null)
        );
      }),
    ),
  );
  const astray = [...named].flatMap(([path, keys]) => {
    const mine = scriptOfFile(path);
    return [...keys]
      .filter((key) => {
        const script = scriptOfKey(key);
        return mine === null ? script !== null : script !== 'app' && script !== mine;
      })
      .map((key) => `${path}: ${key} is not of its script`);
  });
  return [
    ...astray,
    ...[...texts.keys()].filter((key) => !used.has(key)).map((key) => `${key}: nobody says it`),
  ];
}

/** The names of an object that is written out. Null: some of it stands elsewhere. */
function namesIn(node: Node | undefined): string[] | null {
  if (!node) return [];
  if (node.type !== 'ObjectExpression') return null;
  const names = node.properties.map((property) =>
    property.type === 'ObjectProperty' && !property.computed ? nameOf(property.key) : '',
  );
  return names.includes('') ? null : names;
}

function difference(has: readonly string[], wants: readonly string[], what: string): string[] {
  return [
    ...wants.filter((name) => !has.includes(name)).map((name) => `lacks the ${what} ${name}`),
    ...has.filter((name) => !wants.includes(name)).map((name) => `has a ${what} too many: ${name}`),
  ];
}

type Call = 't' | 'rich' | 'message';

function faultsOfKey(
  key: string,
  call: Call,
  [, values, tags]: CallExpression['arguments'],
  texts: Texts,
  plain: boolean,
): string[] {
  const text = texts.get(key);
  if (text === undefined) return [`there is no "${key}"`];
  const shape = shapeOf(text);
  const [given, drawn] = [namesIn(values), namesIn(tags)];
  if (!given || !drawn) return [`${key}: its values and tags stand elsewhere`];
  // Plain tags stand for themselves, and may be drawn otherwise.
  const wanted = [...shape.tags].filter((name) => !(name in plainTags) || drawn.includes(name));
  return [
    ...difference(given, [...shape.values.keys()], 'value'),
    // In plain text tags are left out.
    ...(call === 'rich' && !plain ? difference(drawn, wanted, 'tag') : []),
    ...(call === 'rich' || plain || shape.tags.size === 0 ? [] : ['its tags would be left out']),
  ].map((fault) => `${key}: ${fault}`);
}

/** Calls of `t`, `rich` and `message` in templates, which no compiler reads. */
export function faultsOfTemplates(files: readonly SourceFile[], texts: Texts): string[] {
  return files.flatMap((file) =>
    treeOfFile(file).nodes.flatMap((node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return [];
      const call = node.callee.name;
      if (call !== 't' && call !== 'rich' && call !== 'message') return [];
      const keys = keysNamedBy(node.arguments[0], texts);
      const faults = keys?.flatMap((key) => faultsOfKey(key, call, node.arguments, texts, isPlainText(file)));
      const none =
        keys === null ? ['its key is no literal'] : keys.length === 0 ? ['no key begins like this'] : [];
      return [...none, ...(faults ?? [])].map((fault) => `${file.path}:${node.loc!.start.line}: ${fault}`);
    }),
  );
}
