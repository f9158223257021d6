import { initialValue, type Value } from '../flow/variables.ts';
import { lookup } from '../lib/record.ts';
import type { RequestResult } from './events.ts';
import { parseExpression } from './expression/expression.ts';
import { pathOf } from './expression/literals.ts';
import type { Outcome } from './outcomes.ts';
import type { FlowProgram, RequestOp } from './program.ts';

/** More answers than this are not told apart at one request. */
const MAX_ANSWERS = 24;

/**
 * HT4: every way out, and one answer for each value that the program compares a taken part with, the other parts being
 * as the variables are at the start. Parts that are worked out from the answer (not read from one place) stay so.
 */
export function requestOutcomes(
  program: FlowProgram,
  op: RequestOp,
  requestId: string,
  atMs: number,
): readonly Outcome[] {
  const outcome = (id: string, result: RequestResult, lateMs = 0): Outcome => ({
    id: `request:${id}`,
    event: { type: 'request-ended', requestId, result, atMs: atMs + lateMs },
  });
  const answers = answersTo(program, op).map(({ id, body }) => outcome(id, { kind: 'response', status: 200, body }));
  return [
    ...answers,
    outcome('client-error', { kind: 'response', status: 404, body: null }),
    outcome('server-error', { kind: 'response', status: 500, body: null }),
    outcome('timeout', { kind: 'timeout' }, op.timeoutMs),
    outcome('network-error', { kind: 'network-error', reason: 'refused' }),
    ...(op.assignments.length > 0 ? [outcome('bad-response', { kind: 'response', status: 200, body: null })] : []),
  ];
}

function answersTo(program: FlowProgram, op: RequestOp): readonly { readonly id: string; readonly body: unknown }[] {
  const parts = op.assignments.flatMap(({ variable, expression }) => {
    const declared = lookup(program.variables, variable);
    const path = pathOf(parseExpression(expression, program.variables, 'response'), 'response.body');
    return declared && path ? [{ variable, path, usual: initialValue(declared), type: declared.type }] : [];
  });
  const bodyWith = (changed: string | null, value: Value) =>
    parts.reduce<unknown>(
      (body, part) => withPart(body, part.path, part.variable === changed ? value : part.usual),
      {},
    );
  const answers = [{ id: 'success', body: bodyWith(null, '') }];
  for (const { variable } of parts) {
    for (const value of lookup(program.candidates, variable) ?? []) {
      if (answers.length < MAX_ANSWERS) {
        answers.push({ id: `success:${variable}=${JSON.stringify(value)}`, body: bodyWith(variable, value) });
      }
    }
  }
  return answers;
}

/** A JSON value with something at a path of member names and list positions. */
function withPart(body: unknown, path: readonly (string | number)[], value: Value): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === 'number') {
    const list: unknown[] = Array.isArray(body) ? [...body] : [];
    while (list.length < first) list.push(null);
    list[first] = withPart(list[first], rest, value);
    return list;
  }
  const object = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  return { ...object, [first]: withPart(lookup(object as Record<string, unknown>, first), rest, value) };
}
