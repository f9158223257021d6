import {
  type CallName,
  type CallOutput,
  calls,
  type EventName,
  type EventPayload,
  events,
} from '../../shared/bridge/contract.ts';
import { DialtreeError, type ErrorDetail } from '../../shared/lib/errors.ts';

/** Checks what came back from a call. @throws DialtreeError `bridge/bad-output`, naming the place of the first problem. */
export function parseOutput<Name extends CallName>(name: Name, output: unknown): CallOutput<Name> {
  const parsed = calls[name].output.safeParse(output);
  if (parsed.success) return parsed.data as CallOutput<Name>;
  const issue = parsed.error.issues[0];
  throw new DialtreeError({
    code: 'bridge/bad-output',
    message: `The answer to ${name} cannot be understood at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}.`,
  });
}

/** An error as it crosses the bridge, made throwable again. */
export function toError(detail: unknown): DialtreeError {
  if (typeof detail !== 'object' || detail === null || !('code' in detail) || !('message' in detail)) {
    return new DialtreeError({ code: 'bridge/bad-output', message: 'The answer cannot be understood.' });
  }
  const { code, message, hint, params } = detail as ErrorDetail;
  return new DialtreeError({
    code: String(code),
    message: String(message),
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(params === undefined ? {} : { params }),
  });
}

type Listener = (payload: never) => void;

/** Listeners by event. An event that is unknown or malformed is dropped: a newer main process may send it. */
export class EventListeners {
  readonly #listeners = new Map<EventName, Set<Listener>>();

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set<Listener>();
    this.#listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  /** Parses and hands out an event from the wire. Returns false when it was dropped. */
  dispatch(name: unknown, payload: unknown): boolean {
    if (typeof name !== 'string' || !Object.hasOwn(events, name)) return false;
    const parsed = events[name as EventName].safeParse(payload);
    if (!parsed.success) return false;
    for (const listener of this.#listeners.get(name as EventName) ?? []) listener(parsed.data as never);
    return true;
  }
}
