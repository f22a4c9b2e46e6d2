import { parse } from '@babel/parser';
import type { Node } from '@babel/types';
import { HOLE } from './template.ts';

/** What a parser reads in a file. TypeScript's own has no interface for programs yet that is not called unstable. */
export interface Tree {
  /** From top to bottom. */
  nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
}

const beside = new Set(['loc', 'extra', 'leadingComments', 'innerComments', 'trailingComments']);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function childrenOf(node: Node): Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (beside.has(key)) return [];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

export function treeOf(path: string, code: string): Tree {
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  const walk = (node: Node): void => {
    nodes.push(node);
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      walk(child);
    }
  };
  walk(
    parse(code, {
      sourceFilename: path,
      sourceType: 'module',
      plugins: ['typescript'],
      createParenthesizedExpressions: true,
    }).program,
  );
  return { nodes, parentOf: (node) => parents.get(node) };
}

/** The text of a string or template, with `HOLE` where something is put in. Null: it is neither. */
export function textOf(node: Node | null | undefined): string | null {
  if (node?.type === 'StringLiteral') return node.value;
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join(HOLE) : null;
}

/** Of an identifier, a string, or the last part of `a.b.c`. */
export function nameOf(node: Node | null | undefined): string {
  if (node?.type === 'Identifier') return node.name;
  if (node?.type === 'StringLiteral') return node.value;
  const isMember = node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression';
  return isMember && !node.computed ? nameOf(node.property) : '';
}
