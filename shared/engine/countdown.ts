import { lookup } from '../lib/record.ts';
import type { Effect } from './events.ts';
import type { FlowProgram } from './program.ts';
import type { Wait } from './state.ts';
import type { StepResult } from './step.ts';

/** A wait at a node that ends by itself: what a supervisor sees running down. Times count from the call's start. */
export interface Countdown {
  readonly flowId: string;
  readonly nodeId: string;
  readonly wait: 'digit' | 'ringing' | 'queue' | 'recording' | 'request';
  /** Id of the effect that began it. */
  readonly effectId: string;
  readonly beganAtMs: number;
  readonly durationMs: number;
}

/**
 * What runs down after a step; `before`: what did before it, which goes on while the call waits for the same. Null:
 * the call waits for nothing that ends by itself after a known time (words being said, people talking).
 */
export function countdownAfter(
  program: FlowProgram,
  { state, effects }: StepResult,
  before: Countdown | null,
): Countdown | null {
  const { wait } = state;
  const effectId = effectIdOf(wait);
  if (effectId === null || wait.kind === 'ended') return null;
  if (before?.effectId === effectId) return before;
  const op = lookup(program.ops, wait.opId);
  for (const effect of effects) {
    const begun = durationOf(effect);
    if (op && begun?.effectId === effectId) return { ...op.origin, ...begun, beganAtMs: state.atMs };
  }
  return null;
}

function effectIdOf(wait: Wait): string | null {
  switch (wait.kind) {
    case 'menu-entry':
      return wait.timerId;
    case 'dial':
      return wait.dialId;
    case 'queue':
      return wait.enqueueId;
    case 'recording':
      return wait.stopping ? null : wait.recordingId;
    case 'request':
      return wait.requestId;
    default:
      return null;
  }
}

function durationOf(effect: Effect): Pick<Countdown, 'wait' | 'effectId' | 'durationMs'> | null {
  switch (effect.type) {
    case 'start-timer':
      return { wait: 'digit', effectId: effect.timerId, durationMs: effect.delayMs };
    case 'dial': {
      const inOrder = effect.mode === 'in-order' ? Math.max(1, effect.people.length) : 1;
      return { wait: 'ringing', effectId: effect.dialId, durationMs: effect.ringMs * inOrder };
    }
    case 'enqueue':
      return { wait: 'queue', effectId: effect.enqueueId, durationMs: effect.maxWaitMs };
    case 'record':
      return { wait: 'recording', effectId: effect.recordingId, durationMs: effect.maxMs };
    case 'request':
      return { wait: 'request', effectId: effect.requestId, durationMs: effect.timeoutMs };
    default:
      return null;
  }
}
