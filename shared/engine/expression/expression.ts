import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import { MAX_TEXT_LENGTH, type Value, type Variables, type VariableType } from '../../flow/variables.ts';
import { environmentFor, type Place } from './environment.ts';

/** What an expression sees: the call's variables, who calls, what was dialled, and an answer where there is one. */
export interface Scope {
  readonly variables: Readonly<Record<string, Value>>;
  readonly caller: { readonly number: string; readonly name: string };
  readonly call: { readonly number: string };
  /** JSON. */
  readonly response?: unknown;
}

/** What is wrong with an expression. `start` and `end` count UTF-16 code units of its text. */
export interface ExpressionError {
  readonly reason: 'syntax' | 'type' | 'wrong-result' | 'not-allowed';
  /** In English, of the language's own words. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A parsed expression, or why it is none. `type` null: known at the call only (parts of an answer). */
export type Expression =
  | { readonly ok: true; readonly type: VariableType | null; readonly ast: ASTNode; readonly run: ParseResult }
  | { readonly ok: false; readonly error: ExpressionError };

/** Longest expression, in UTF-16 code units. */
export const MAX_EXPRESSION_LENGTH = 1000;

/** Environments and parsed expressions by the variables they were made for: a program's own object, which lives on. */
const known = new WeakMap<Variables, Map<string, Expression>>();
const environments = new WeakMap<Variables, Partial<Record<Place, Environment>>>();

/** Parses and checks an expression of the Common Expression Language. Total; asking again costs nothing. */
export function parseExpression(source: string, variables: Variables, place: Place): Expression {
  let parsed = known.get(variables);
  if (!parsed) {
    parsed = new Map();
    known.set(variables, parsed);
  }
  const key = `${place} ${source}`;
  let expression = parsed.get(key);
  if (!expression) {
    expression = parse(source, environmentOf(variables, place));
    parsed.set(key, expression);
  }
  return expression;
}

/** The same, for a place that needs a value of one type; what is known at the call only is let through. */
export function checkExpression(
  source: string,
  variables: Variables,
  place: Place,
  wanted?: VariableType,
): ExpressionError | null {
  const expression = parseExpression(source, variables, place);
  if (!expression.ok) return expression.error;
  if (wanted === undefined || expression.type === null || expression.type === wanted) return null;
  // A number may be read out as text.
  if (wanted === 'text' && expression.type === 'number') return null;
  const message = `The result is of type ${expression.type}, but ${wanted} is needed here.`;
  return { reason: 'wrong-result', message, start: 0, end: source.length };
}

/**
 * The value of an expression, or null where it has none: it is wrong, divides by zero, asks for a part that an answer
 * does not have, or its result is of another type than wanted. Never throws.
 */
export function evaluate(
  source: string,
  variables: Variables,
  place: Place,
  scope: Scope,
  wanted: VariableType,
): Value | null {
  const expression = parseExpression(source, variables, place);
  if (!expression.ok) return null;
  try {
    const { caller, call, response } = scope;
    return asValue(expression.run({ ...scope.variables, caller, call, response }), wanted);
  } catch {
    return null;
  }
}

/** A result as a value of the wanted type. A number may become text, and text that reads as one a number. */
export function asValue(result: unknown, wanted: VariableType): Value | null {
  const plain = typeof result === 'bigint' ? Number(result) : result;
  switch (wanted) {
    case 'yes-no':
      return typeof plain === 'boolean' ? plain : null;
    case 'number': {
      const number = typeof plain === 'string' && plain.trim() !== '' ? Number(plain) : plain;
      return typeof number === 'number' && Number.isFinite(number) ? number : null;
    }
    case 'text': {
      const text = typeof plain === 'number' && Number.isFinite(plain) ? String(plain) : plain;
      return typeof text === 'string' && text.length <= MAX_TEXT_LENGTH ? text : null;
    }
  }
}

function environmentOf(variables: Variables, place: Place): Environment {
  let made = environments.get(variables);
  if (!made) {
    made = {};
    environments.set(variables, made);
  }
  made[place] ??= environmentFor(variables, place);
  return made[place];
}

function parse(source: string, environment: Environment): Expression {
  const whole = { start: 0, end: source.length };
  if (source.length > MAX_EXPRESSION_LENGTH) {
    const message = `An expression has at most ${MAX_EXPRESSION_LENGTH} characters.`;
    return { ok: false, error: { reason: 'not-allowed', message, ...whole } };
  }
  try {
    const run = environment.parse(source);
    const forbidden = find(run.ast, isPattern);
    if (forbidden) {
      const message = 'Patterns (matches) are not allowed: use startsWith, endsWith, contains or size.';
      return { ok: false, error: { reason: 'not-allowed', message, start: forbidden.start, end: forbidden.end } };
    }
    const { valid, type = '', error } = run.check();
    if (!valid) return { ok: false, error: describe(error, 'type', whole) };
    return { ok: true, type: typeNamed(type), ast: run.ast, run };
  } catch (error) {
    return { ok: false, error: describe(error, 'syntax', whole) };
  }
}

/** A pattern of somebody's can take hours to match: the engine must not stop. */
function isPattern({ op, args }: ASTNode): boolean {
  return (op === 'rcall' || op === 'call') && args[0] === 'matches';
}

function describe(
  error: unknown,
  reason: 'syntax' | 'type',
  whole: { readonly start: number; readonly end: number },
): ExpressionError {
  const { summary, range = whole } = error as { summary?: string; range?: { start: number; end: number } };
  const message = summary ?? (error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'It cannot be read.');
  return { reason, message, start: range.start, end: Math.max(range.end, range.start) };
}

function typeNamed(type: string): VariableType | null {
  const names: Readonly<Record<string, VariableType>> = {
    string: 'text',
    double: 'number',
    int: 'number',
    uint: 'number',
    bool: 'yes-no',
  };
  return Object.hasOwn(names, type) ? (names[type] ?? null) : null;
}

/** The first node of a tree that is so, in the order of the text. */
function find(node: ASTNode, isSo: (node: ASTNode) => boolean): ASTNode | null {
  if (isSo(node)) return node;
  for (const child of childrenOf(node)) {
    const found = find(child, isSo);
    if (found) return found;
  }
  return null;
}

/** The nodes right below one. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  return nodesIn(node.args);
}

function nodesIn(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}
