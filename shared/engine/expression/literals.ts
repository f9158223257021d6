import type { ASTNode } from '@marcbachmann/cel-js';
import type { Value } from '../../flow/variables.ts';
import { childrenOf, type Expression } from './expression.ts';

/** What an expression speaks of: names of values (`pin`, `caller.number`) and the values written in it. */
export interface Mentions {
  readonly names: readonly string[];
  readonly literals: readonly Value[];
}

/** The names and values in an expression; none in one that is wrong. */
export function mentionsOf(expression: Expression): Mentions {
  const names = new Set<string>();
  const literals = new Set<Value>();
  if (expression.ok) collect(expression.ast, names, literals);
  return { names: [...names], literals: [...literals] };
}

function collect(node: ASTNode, names: Set<string>, literals: Set<Value>): void {
  if (node.op === 'value') {
    const { args } = node;
    if (typeof args === 'bigint') literals.add(Number(args));
    else if (typeof args === 'string' || typeof args === 'number' || typeof args === 'boolean') literals.add(args);
  } else if (node.op === 'id') {
    names.add(node.args);
  } else if (node.op === '.' && node.args[0].op === 'id') {
    names.add(`${node.args[0].args}.${node.args[1]}`);
  } else {
    for (const child of childrenOf(node)) collect(child, names, literals);
  }
}

/** Longest list that an answer is made up with. */
const MAX_POSITION = 50;

/**
 * The members and positions that an expression reads below `root` (`response.body`), when it reads one place and does
 * nothing else: `response.body.items[0].name` gives `['items', 0, 'name']`. Null otherwise.
 */
export function pathOf(expression: Expression, root: string): readonly (string | number)[] | null {
  if (!expression.ok) return null;
  const path = placeOf(expression.ast);
  const start = root.split('.');
  if (!path || start.some((name, index) => path[index] !== name)) return null;
  const rest = path.slice(start.length);
  return rest.includes('__proto__') ? null : rest;
}

function placeOf(node: ASTNode): readonly (string | number)[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const before = placeOf(node.args[0]);
    return before && [...before, node.args[1]];
  }
  if (node.op !== '[]') return null;
  const [of, at] = node.args;
  const before = placeOf(of);
  const position = at.op === 'value' && typeof at.args === 'bigint' ? Number(at.args) : -1;
  return before && position >= 0 && position <= MAX_POSITION ? [...before, position] : null;
}
