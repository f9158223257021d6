import type { FlowId } from '../flow/ids.ts';
import type { Value } from '../flow/variables.ts';
import { sortedEntries } from '../lib/record.ts';
import type { CallInfo, HangUpCause } from './events.ts';
import type { OpId } from './program.ts';

/** Errors a menu has counted since it was entered (rule MN4). */
export interface Counters {
  readonly noInput: number;
  readonly invalid: number;
}

/** A flow that was called by another, and the operation that it comes back to. JSON only. */
export interface Frame {
  readonly flowId: FlowId;
  readonly opId: OpId;
  /** The menus passed in the flow that called. */
  readonly menus: readonly OpId[];
}

/** What a call waits for. Every wait but `talking` and `ended` has the id of the effect that is answered. */
export type Wait =
  | { readonly kind: 'message'; readonly opId: OpId; readonly playId: string }
  | { readonly kind: 'menu-prompt'; readonly opId: OpId; readonly playId: string; readonly counters: Counters }
  | {
      readonly kind: 'menu-entry';
      readonly opId: OpId;
      readonly timerId: string;
      /** Digits so far; none while the first one is awaited. */
      readonly entered: string;
      readonly counters: Counters;
    }
  /** Ringing people (or a number outside) for a dial operation, or for an extension dialled in a menu. */
  | { readonly kind: 'dial'; readonly opId: OpId; readonly dialId: string; readonly firstPerson: string }
  | { readonly kind: 'queue'; readonly opId: OpId; readonly enqueueId: string }
  /** For the time, to judge a schedule by. */
  | { readonly kind: 'schedule'; readonly opId: OpId; readonly timeId: string }
  | { readonly kind: 'request'; readonly opId: OpId; readonly requestId: string }
  | { readonly kind: 'queue-state'; readonly opId: OpId; readonly queryId: string }
  /** For a number drawn by chance. */
  | { readonly kind: 'random'; readonly opId: OpId; readonly randomId: string }
  /** For whether the caller will be called back. */
  | { readonly kind: 'callback'; readonly opId: OpId; readonly callbackId: string }
  /** Before a message is recorded. */
  | { readonly kind: 'greeting'; readonly opId: OpId; readonly playId: string }
  | {
      readonly kind: 'recording';
      readonly opId: OpId;
      readonly recordingId: string;
      readonly sinceMs: number;
      /** The key was pressed; what was said is being put away. */
      readonly stopping: boolean;
    }
  | { readonly kind: 'talking'; readonly opId: OpId }
  | { readonly kind: 'ended'; readonly by: 'flow' | 'caller' | 'far-end'; readonly cause: HangUpCause };

/** A call in progress: JSON only, so that it can be stored, sent and resumed. */
export interface FlowState {
  readonly call: CallInfo;
  /** Time of the last event that changed something, ms since the call started. */
  readonly atMs: number;
  /** Number of the next effect's id. */
  readonly nextId: number;
  /** Whether the call has been answered. */
  readonly answered: boolean;
  /** `default` once the number's default handling has taken over (rule GD3). */
  readonly handling: 'flow' | 'default';
  /** Operations begun since the call started (rule GD1). */
  readonly operations: number;
  /** Operation → how often it was entered since the caller last did something (rule GD2). */
  readonly visits: Readonly<Record<OpId, number>>;
  /** What the call remembers: a value for each of the program's variables (rule VA1). */
  readonly variables: Readonly<Record<string, Value>>;
  /** Sub-flows that the call is in, the innermost last (rule SF1). */
  readonly stack: readonly Frame[];
  /** Menus of the present flow that the caller has been in and may come back to, the present one last (rule GO2). */
  readonly menus: readonly OpId[];
  /** Language that the call was set to; null: the project's (rule LA1). */
  readonly language: string | null;
  readonly wait: Wait;
}

/**
 * Identity of a state for whoever explores: equal keys behave alike under the same program, but for the limit on
 * operations (GD1), which would make every state different. Ids of effects, times and the caller are not in it.
 */
export function stateKey(state: FlowState): string {
  const { call, answered, handling, visits, variables, stack, menus, language, wait } = state;
  const target = call.target.kind === 'number' ? ['n', call.target.numberId] : ['f', call.target.flowId];
  const remembered = sortedEntries(variables).map(([, value]) => value);
  const ways = [...stack.map((frame) => [frame.opId, ...frame.menus]), menus];
  const flags = [...target, answered ? 1 : 0, handling, language];
  return JSON.stringify([...flags, sortedEntries(visits), remembered, ways, ...waitKey(wait)]);
}

function waitKey(wait: Wait): readonly (string | number)[] {
  switch (wait.kind) {
    case 'menu-prompt':
      return [wait.kind, wait.opId, wait.counters.noInput, wait.counters.invalid];
    case 'menu-entry':
      return [wait.kind, wait.opId, wait.counters.noInput, wait.counters.invalid, wait.entered];
    case 'dial':
      return [wait.kind, wait.opId, wait.firstPerson];
    case 'recording':
      return [wait.kind, wait.opId, wait.stopping ? 1 : 0];
    case 'ended':
      return [wait.kind, wait.by, wait.cause];
    default:
      return [wait.kind, wait.opId];
  }
}
