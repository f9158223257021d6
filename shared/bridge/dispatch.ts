import { DialtreeError, type ErrorDetail, toErrorDetail } from '../lib/errors.ts';
import { type BridgeHandlers, type CallName, calls } from './contract.ts';

/** Answer to a call over either transport. */
export type CallResult =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorDetail };

/**
 * Runs a call that came from a window: checks its name and input, then its output. Never rejects; what a handler
 * throws becomes an `ErrorDetail`. Unknown names and malformed inputs answer `bridge/unknown-call` and
 * `bridge/bad-input`, with the place of the first problem and without the value (it may be a secret).
 */
export async function dispatchCall(
  handlers: BridgeHandlers,
  name: unknown,
  input: unknown,
  windowId: string,
): Promise<CallResult> {
  try {
    if (typeof name !== 'string' || !Object.hasOwn(calls, name)) {
      throw new DialtreeError({ code: 'bridge/unknown-call', message: 'The window asked for something unknown.' });
    }
    const call = name as CallName;
    const parsed = calls[call].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new DialtreeError({
        code: 'bridge/bad-input',
        message: `Bad input to ${call} at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}.`,
      });
    }
    const handler = handlers[call] as (input: unknown, windowId: string) => Promise<unknown>;
    return { ok: true, output: calls[call].output.parse(await handler(parsed.data, windowId)) };
  } catch (error) {
    return { ok: false, error: toErrorDetail(error) };
  }
}
