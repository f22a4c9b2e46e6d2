import {
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
  type Node,
  type SourceFile as Tree,
} from 'typescript/unstable/ast';
import type { SourceFile } from '../architecture/reading.ts';
import { plainTags } from '../../../src/web/words/markup.ts';
import { shapeOf } from './entries.ts';
import { nodesOf, treesOf } from './syntax.ts';
import { isPlainText, templateOf } from './template.ts';

type Texts = ReadonlyMap<string, string>;

/** The keys that a literal names; of a template all that it may come to. Null: it is no literal. */
function keysNamedBy(node: Node, texts: Texts): string[] | null {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (isParenthesizedExpression(node)) return keysNamedBy(node.expression, texts);
  if (isConditionalExpression(node)) {
    const both = [node.whenTrue, node.whenFalse].map((part) => keysNamedBy(part, texts));
    return both.includes(null) ? null : both.flatMap((keys) => keys!);
  }
  if (!isTemplateExpression(node)) return null;
  const pieces = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  const [feature] = pieces[0]!.split('.', 1);
  if (!pieces[0]!.includes('.') || ![...texts.keys()].some((key) => key.startsWith(`${feature}.`))) return [];
  const shape = new RegExp(`^${pieces.map((piece) => piece.replaceAll('.', '\\.')).join('[\\w-]+')}$`);
  return [...texts.keys()].filter((key) => shape.test(key));
}

/** What each file names of the catalogue. */
function namedIn(trees: ReadonlyMap<string, Tree>, texts: Texts): Map<string, Set<string>> {
  return new Map(
    [...trees].map(([path, tree]) => {
      const named = nodesOf(tree).flatMap((node) => keysNamedBy(node, texts) ?? []);
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
  return script ?? (path.startsWith('src/browser/') ? 'app' : null);
}

function treesOfAll(files: readonly SourceFile[]): ReadonlyMap<string, Tree> {
  return treesOf(
    files.map((file) =>
      file.path.endsWith('.ejs') ? { path: file.path, text: templateOf(file).code } : file,
    ),
  );
}

/** Entries that nobody says, and scripts that say what no page brings them. */
export function faultsOfUse(files: readonly SourceFile[], texts: Texts): string[] {
  const named = namedIn(treesOfAll(files), texts);
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

function namesIn(node: Node | undefined): string[] | null {
  if (!node) return [];
  if (!isObjectLiteralExpression(node)) return null;
  const names = node.properties.map((property) =>
    (isPropertyAssignment(property) || isShorthandPropertyAssignment(property)) &&
    (isIdentifier(property.name) || isStringLiteral(property.name))
      ? property.name.text
      : null,
  );
  return names.includes(null) ? null : (names as string[]);
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
  [, values, tags]: readonly Node[],
  texts: Texts,
  plain: boolean,
): string[] {
  const text = texts.get(key);
  if (text === undefined) return [`there is no "${key}"`];
  const shape = shapeOf(text);
  const given = namesIn(values);
  const drawn = namesIn(tags);
  if (!given || !drawn) return [`${key}: its values and tags stand elsewhere`];
  const wanted = [...shape.tags].filter((name) => !(name in plainTags));
  return [
    ...difference(given, [...shape.values.keys()], 'value'),
    // In plain text tags are left out.
    ...(call === 'rich' && !plain ? difference(drawn, wanted, 'tag') : []),
    ...(call === 'rich' || plain || shape.tags.size === 0 ? [] : ['its tags would be left out']),
  ].map((fault) => `${key}: ${fault}`);
}

/** Calls of `t`, `rich` and `message` in templates, which no compiler reads. */
export function faultsOfTemplates(files: readonly SourceFile[], texts: Texts): string[] {
  const trees = treesOfAll(files);
  return files.flatMap((file) => {
    const tree = trees.get(file.path)!;
    return nodesOf(tree).flatMap((node) => {
      if (!isCallExpression(node) || !isIdentifier(node.expression)) return [];
      const call = node.expression.text;
      if (call !== 't' && call !== 'rich' && call !== 'message') return [];
      const keys = keysNamedBy(node.arguments[0]!, texts);
      const line = file.text.slice(0, node.getStart(tree)).split('\n').length;
      const faults =
        keys === null
          ? ['its key is no literal']
          : keys.length === 0
            ? ['no key begins like this']
            : keys.flatMap((key) => faultsOfKey(key, call, [...node.arguments], texts, isPlainText(file)));
      return faults.map((fault) => `${file.path}:${line}: ${fault}`);
    });
  });
}
