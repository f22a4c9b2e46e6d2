import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  type Node,
  type SourceFile as Tree,
  SyntaxKind,
} from 'typescript/unstable/ast';
import type { SourceFile } from '../architecture/reading.ts';
import { lettersOf, spokenIn, type Spoken } from './markup.ts';
import { nodesOf, treesOf } from './syntax.ts';
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

/** Whose literal strings no reader ever meets: what they hold is compared, looked up, thrown or logged. */
function isForPrograms(literal: Node): boolean {
  const { parent } = literal;
  if (namingKinds.has(parent.kind) || isTaggedTemplateExpression(parent) || isElementAccessExpression(parent))
    return true;
  if (isPropertyAccessExpression(parent)) return nameOf(parent.name) === 'split';
  if (isPropertyAssignment(parent)) return parent.name === literal || nameOf(parent.name) === 'help';
  if (isBinaryExpression(parent))
    return comparisons.has(parent.operatorToken.kind) || namesAnError(parent.left) || isForOperators(parent);
  return isForOperators(literal);
}

const namingKinds = new Set<SyntaxKind>([
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.LiteralType,
  SyntaxKind.CaseClause,
  SyntaxKind.EnumMember,
  SyntaxKind.ModuleDeclaration,
]);

const comparisons = new Set<SyntaxKind>([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InKeyword,
  SyntaxKind.LessThanToken,
  SyntaxKind.GreaterThanToken,
]);

/** `this.name = 'Refused'` */
function namesAnError(node: Node): boolean {
  return (
    isPropertyAccessExpression(node) &&
    node.expression.kind === SyntaxKind.ThisKeyword &&
    node.name.text === 'name'
  );
}

const logs = /^(log|lines|logger|console)$/;
const headers = /^(set|setHeader|setRequestHeader|append|header|get|vary|type)$/;

function nameOf(node: Node): string {
  return isIdentifier(node) || isStringLiteral(node) ? node.text : '';
}

function lastNameOf(node: Node): string {
  return isPropertyAccessExpression(node) ? node.name.text : nameOf(node);
}

/** What is called, and of what: `deps.log.warn(…)` → "warn" of "log". */
function calleeOf(node: Node): { name: string; of: string } {
  if (isPropertyAccessExpression(node)) return { name: node.name.text, of: lastNameOf(node.expression) };
  return isElementAccessExpression(node)
    ? { name: '', of: lastNameOf(node.expression) }
    : { name: nameOf(node), of: '' };
}

/** Thrown errors of programming, lines of the log, help of metrics, header fields. What an AppError says is shown. */
function isForOperators(node: Node): boolean {
  const { parent } = node;
  if (isNewExpression(parent)) return /^(?!App).*Error$/.test(nameOf(parent.expression));
  if (isCallExpression(parent)) {
    const { name, of } = calleeOf(parent.expression);
    const [first] = parent.arguments;
    if (headers.test(name)) return first === node || /^[A-Z]\w*(-[A-Z]\w*)*$/.test(textOf(first!) ?? '');
    return logs.test(of) || /gauge|histogram|counter/i.test(name);
  }
  return (isConditionalExpression(parent) || isParenthesizedExpression(parent)) && isForOperators(parent);
}

/** The text of a string or template, with `HOLE` where something is put in. Null: it is neither. */
function textOf(node: Node): string | null {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join('');
}

/** The strings that an expression may come to. */
function resultsOf(node: Node): Node[] {
  if (isParenthesizedExpression(node)) return resultsOf(node.expression);
  if (isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(resultsOf);
  if (isTemplateExpression(node))
    return [node, ...node.templateSpans.flatMap((span) => resultsOf(span.expression))];
  if (isBinaryExpression(node))
    return comparisons.has(node.operatorToken.kind) ? [] : [node.left, node.right].flatMap(resultsOf);
  return textOf(node) === null ? [] : [node];
}

/** Literals of code that people may read. `holes`: places of a template's code whose results they do read. */
function spokenInCode(tree: Tree, holes: ReadonlySet<number> = new Set()): Spoken[] {
  const nodes = nodesOf(tree);
  const shown = new Set(
    nodes
      .filter((node) => node.parent && isExpressionStatement(node.parent) && holes.has(node.getStart(tree)))
      .flatMap(resultsOf),
  );
  const named = new Set(
    nodes.flatMap((node) =>
      isPropertyAssignment(node) && wordProperties.test(nameOf(node.name)) ? resultsOf(node.initializer) : [],
    ),
  );
  return nodes.flatMap((node) => {
    const text = textOf(node);
    if (text === null || isForPrograms(node)) return [];
    const letters = lettersOf(text);
    const isSpoken =
      shown.has(node) || named.has(node) ? hasLetters(letters) && !isKey(letters) : readsLikeWords(letters);
    return isSpoken ? [{ at: node.getStart(tree), text: letters }] : [];
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
  const templates = new Map(
    files.filter(({ path }) => path.endsWith('.ejs')).map((file) => [file.path, templateOf(file)] as const),
  );
  const trees = treesOf(files.map(({ path, text }) => ({ path, text: templates.get(path)?.code ?? text })));
  return files.flatMap((file) => {
    const [template, tree] = [templates.get(file.path), trees.get(file.path)!];
    return found(file, template ? spokenInTemplate(template, tree) : spokenInCode(tree));
  });
}
