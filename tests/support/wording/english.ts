import type { Node } from '@babel/types';
import type { SourceFile } from '../architecture/reading.ts';
import { lettersOf, type Spoken, spokenIn } from './markup.ts';
import { nameOf, textOf, type Tree, treeOf } from './syntax.ts';
import { HOLE, type Template, templateOf } from './template.ts';

/** Two words, or one that begins like a label. */
export function readsLikeWords(text: string): boolean {
  return (
    /\p{L}[\p{L}'’]+[,.:;!?…)]*\s+\(?[\p{L}'’]+/u.test(text) || /^\p{Lu}[\p{Ll}'’]+[.…!?:]*$/u.test(text)
  );
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** Properties that hold words, however short. */
const wordProperties =
  /^(label|hint|text|title|legend|heading|empty|button|alt|busy|lead|summary|again|caption)$/;

/** Where a string is a name: of a module, a type, a case, a template of another language. */
const naming = new Set<Node['type']>([
  'ImportDeclaration',
  'ImportExpression',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'SwitchCase',
  'TaggedTemplateExpression',
  'TSEnumMember',
  'TSImportType',
  'TSLiteralType',
  'TSModuleDeclaration',
]);

const comparing = new Set(['===', '!==', '==', '!=', 'in', '<', '>']);

const passing = new Set<Node['type']>([
  'BinaryExpression',
  'LogicalExpression',
  'ConditionalExpression',
  'ParenthesizedExpression',
]);

/** Strings that no reader ever meets: what they hold is compared, looked up, thrown or logged. */
function isForPrograms(node: Node, tree: Tree): boolean {
  const parent = tree.parentOf(node);
  if (!parent || naming.has(parent.type)) return true;
  if (parent.type === 'MemberExpression')
    return parent.property === node || nameOf(parent.property) === 'split';
  if (parent.type === 'ObjectProperty') return parent.key === node || nameOf(parent.key) === 'help';
  if (parent.type === 'AssignmentExpression') return namesAnError(parent.left);
  if (parent.type === 'BinaryExpression' && comparing.has(parent.operator)) return true;
  if (passing.has(parent.type)) return isForPrograms(parent, tree);
  if (parent.type === 'NewExpression') return /^(?!App).*Error$/.test(nameOf(parent.callee));
  const isCall = parent.type === 'CallExpression' || parent.type === 'OptionalCallExpression';
  return isCall && isToldToPrograms(node, parent.callee, parent.arguments[0]);
}

/** `this.name = 'Refused'` */
function namesAnError(left: Node): boolean {
  return left.type === 'MemberExpression' && left.object.type === 'ThisExpression' && nameOf(left) === 'name';
}

const headers = /^(set|setHeader|setRequestHeader|append|header|get|vary|type)$/;

/** Lines of the log, help of metrics, header fields. */
function isToldToPrograms(node: Node, callee: Node, first: Node | undefined): boolean {
  const name = nameOf(callee);
  if (headers.test(name)) return first === node || /^[A-Z]\w*(-[A-Z]\w*)*$/.test(textOf(first) ?? '');
  const log = callee.type === 'MemberExpression' ? nameOf(callee.object) : '';
  return /^(log|lines|logger|console)$/.test(log) || /gauge|histogram|counter/i.test(name);
}

/** The strings that an expression may come to. */
function resultsOf(node: Node): Node[] {
  if (node.type === 'ParenthesizedExpression') return resultsOf(node.expression);
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(resultsOf);
  if (node.type === 'TemplateLiteral') return [node, ...node.expressions.flatMap(resultsOf)];
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap(resultsOf);
  if (node.type === 'BinaryExpression')
    return comparing.has(node.operator) ? [] : [node.left, node.right].flatMap(resultsOf);
  return node.type === 'StringLiteral' ? [node] : [];
}

/** Strings of code that people may read. `holes`: places of a template's code whose results they do read. */
function spokenInCode(tree: Tree, holes: ReadonlySet<number> = new Set()): Spoken[] {
  const shown = new Set(
    tree.nodes.flatMap((node) =>
      node.type === 'ExpressionStatement' && holes.has(node.start!) ? resultsOf(node.expression) : [],
    ),
  );
  const named = new Set(
    tree.nodes.flatMap((node) =>
      node.type === 'ObjectProperty' && wordProperties.test(nameOf(node.key)) ? resultsOf(node.value) : [],
    ),
  );
  return tree.nodes.flatMap((node) => {
    const text = textOf(node);
    if (text === null || isForPrograms(node, tree)) return [];
    const letters = lettersOf(text);
    const isSure = shown.has(node) || named.has(node);
    const isSpoken = isSure ? hasLetters(letters) && !isKey(letters) : readsLikeWords(letters);
    return isSpoken ? [{ at: node.start!, text: letters }] : [];
  });
}

/** "home.hero.join": what it says stands in the catalogue. */
function isKey(text: string): boolean {
  return /^[a-z]\w*(\.[\w-]+)+$/i.test(text);
}

export interface Finding {
  path: string;
  text: string;
  line: number;
}

function found({ path, text }: SourceFile, spoken: readonly Spoken[]): Finding[] {
  return spoken.map((piece) => {
    const start = piece.at + Math.max(piece.text.search(/[\p{L}]/u), 0);
    const line = text.slice(0, start).split('\n').length;
    return { path, line, text: lettersOf(piece.text) };
  });
}

function spokenInTemplate(template: Template, tree: Tree): Spoken[] {
  const { sure, perhaps } = spokenIn(template);
  const holes = sure.flatMap(({ at, text }) =>
    [...text.matchAll(new RegExp(HOLE, 'g'))].map(({ index }) => at + index),
  );
  return [
    ...sure.filter(({ text }) => hasLetters(lettersOf(text))),
    ...perhaps.filter(({ text }) => readsLikeWords(lettersOf(text))),
    ...spokenInCode(tree, new Set(holes)),
  ];
}

/** Every word for readers that stands in code or in a template instead of a catalogue. */
export function wordsOutsideCatalogues(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    if (!file.path.endsWith('.ejs')) return found(file, spokenInCode(treeOf(file.path, file.text)));
    const template = templateOf(file);
    return found(file, spokenInTemplate(template, treeOf(file.path, template.code)));
  });
}
