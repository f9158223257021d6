import type { NumberId } from '../flow/ids.ts';
import type { OpId, Origin } from './program.ts';

const PREFIX = 'default:';

/** Address of the default handling of a number; null stands for a flow that no number uses. */
export function defaultHandlingOpId(numberId: NumberId | null): OpId {
  return PREFIX + (numberId ?? '');
}

/** The number that a default handling belongs to; null for the one without a number. */
export function numberOfDefaultHandling(opId: OpId): NumberId | null {
  return opId.length > PREFIX.length && opId.startsWith(PREFIX) ? opId.slice(PREFIX.length) : null;
}

/** The origin of default handling: nothing on the canvas. */
export function defaultHandlingOrigin(opId: OpId): Origin {
  return { flowId: '', nodeId: opId };
}
