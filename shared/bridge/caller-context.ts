/**
 * What an operator's phone learns about a forwarded call, carried in `X-Dialtree-*` headers of the INVITE.
 * Plain header values that a dialplan can set too: words are percent-encoded, steps are joined by `;`.
 */
export interface PathStep {
  /** Name of the node as drawn. */
  readonly node: string;
  /** Keys the caller pressed there; empty when it was passed without one. */
  readonly digits: string;
}

export interface CallerContext {
  readonly callId: string;
  /** Name of the queue, when the call comes from one. */
  readonly queue: string | null;
  /** How long the caller has waited in the queue. */
  readonly waitedMs: number;
  readonly path: readonly PathStep[];
  /** Language tag that the caller chose; not there when they were asked for none. */
  readonly language?: string;
  /** The caller asked to be called back: they are called when this phone answers. */
  readonly callback?: true;
}

const MAX_PATH_LENGTH = 1000;

/** Headers for the INVITE. The path is cut at its beginning so that its header stays under 1000 characters. */
export function encodeCallerContext(context: CallerContext): Readonly<Record<string, string>> {
  const steps = context.path.map((step) => `${encodeName(step.node)}~${encodeURIComponent(step.digits)}`);
  while (steps.join(';').length > MAX_PATH_LENGTH) steps.shift();
  return {
    'X-Dialtree-Call': encodeURIComponent(context.callId),
    'X-Dialtree-Waited-Ms': String(Math.max(0, Math.round(context.waitedMs))),
    'X-Dialtree-Path': steps.join(';'),
    ...(context.queue === null ? {} : { 'X-Dialtree-Queue': encodeURIComponent(context.queue) }),
    ...(context.language === undefined ? {} : { 'X-Dialtree-Language': encodeURIComponent(context.language) }),
    ...(context.callback === undefined ? {} : { 'X-Dialtree-Callback': '1' }),
  };
}

/** Reads the headers back; null when the call carries none. Never throws: unreadable parts are taken as they are. */
export function decodeCallerContext(header: (name: string) => string | undefined): CallerContext | null {
  const callId = header('X-Dialtree-Call');
  if (callId === undefined) return null;
  const queue = header('X-Dialtree-Queue');
  const language = header('X-Dialtree-Language');
  const waitedMs = Number(header('X-Dialtree-Waited-Ms') ?? 0);
  const path = (header('X-Dialtree-Path') ?? '').split(';').filter((step) => step !== '');
  return {
    callId: decode(callId),
    queue: queue === undefined ? null : decode(queue),
    waitedMs: Number.isFinite(waitedMs) ? waitedMs : 0,
    path: path.map((step) => {
      const [node = '', digits = ''] = step.split('~');
      return { node: decode(node), digits: decode(digits) };
    }),
    ...(language === undefined ? {} : { language: decode(language) }),
    ...(header('X-Dialtree-Callback') === '1' ? { callback: true } : {}),
  };
}

/** Percent-encoded, the sign between name and digits too, which `encodeURIComponent` leaves as it is. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('~', '%7E');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
