import type { Value } from '../../flow/variables.ts';
import type { EngineEvent, RequestResult } from '../events.ts';
import type { OpId, RequestExit, RequestOp } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type Requesting = Extract<Wait, { kind: 'request' }>;

/** HT1: asks, with the values of now. */
export function enterRequest(turn: Turn, opId: OpId, op: RequestOp): Next {
  const { method, timeoutMs, body } = op;
  const requestId = turn.newId('request');
  turn.do({
    type: 'request',
    requestId,
    nodeId: op.origin.nodeId,
    method,
    url: turn.fill(op.url, encodeURIComponentSafely),
    headers: op.headers.map(({ name, value }) => ({ name, value: turn.fill(value, onOneLine) })),
    ...(body === undefined ? {} : { body: turn.fill(body, insideJson) }),
    timeoutMs,
  });
  const url = turn.fill(op.url, encodeURIComponentSafely, true);
  turn.trace({ type: 'request-started', nodeId: op.origin.nodeId, method, url });
  return { kind: 'request', opId, requestId };
}

/** HT2: every way it can end is an output. */
export function onRequest(turn: Turn, op: RequestOp, wait: Requesting, event: EngineEvent): Next | null {
  if (event.type !== 'request-ended' || event.requestId !== wait.requestId) return null;
  const result = readResult(event.result);
  if (result === null) return null;
  turn.trace({
    type: 'request-ended',
    nodeId: op.origin.nodeId,
    result: result.kind,
    ...(result.kind === 'response' ? { status: result.status } : {}),
  });
  return { kind: 'go', origin: op.origin, exit: op.exits[exitOf(turn, op, result)] };
}

/** What the driver said, if it is one of the results there are (EN2). */
function readResult(result: unknown): RequestResult | null {
  if (typeof result !== 'object' || result === null) return null;
  const { kind, status, body = null } = result as { kind?: unknown; status?: unknown; body?: unknown };
  if (kind === 'timeout') return { kind };
  if (kind === 'network-error') return { kind, reason: 'network-error' };
  return kind === 'response' && typeof status === 'number' ? { kind, status, body } : null;
}

function exitOf(turn: Turn, op: RequestOp, result: RequestResult): RequestExit {
  if (result.kind !== 'response') return result.kind;
  if (result.status >= 500) return 'server-error';
  if (result.status < 200 || result.status >= 300) return 'client-error';
  return takeAnswer(turn, op, result) ? 'success' : 'bad-response';
}

/** HT3: what is wanted of the answer is kept; all of it, or nothing when a part is not there. */
function takeAnswer(turn: Turn, op: RequestOp, answer: { readonly status: number; readonly body: unknown }): boolean {
  const values: Record<string, Value> = {};
  for (const { variable, expression } of op.assignments) {
    const type = turn.typeOfVariable(variable);
    const value = type && turn.evaluateAnswer(expression, type, answer, values);
    if (value === undefined || value === null) return false;
    values[variable] = value;
  }
  if (op.assignments.length > 0) turn.setVariables(op.origin, values);
  return true;
}

/** A value as part of a URL (RFC 3986, section 2.1). Half a surrogate pair, which has no encoding, becomes U+FFFD. */
function encodeURIComponentSafely(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

/** A value as part of a header field: no line breaks or other control characters (RFC 9110, section 5.5). */
function onOneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return value.replace(/[\u0000-\u001f\u007f]/g, ' ');
}

/** A value between the quotes of a JSON text (RFC 8259, section 7). */
function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
