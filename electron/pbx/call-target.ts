import type { PbxConfig } from '../../shared/bridge/pbx.ts';
import type { CallInfo } from '../../shared/engine/events.ts';
import { lookup } from '../../shared/lib/record.ts';

/** What a dialled user part means: a number of the plan, or `flow.<flowId>` for a test call. */
export function targetOf(config: PbxConfig, dialled: string): CallInfo['target'] | undefined {
  const numberId = lookup(config.dialPlan, dialled);
  if (numberId !== undefined) return { kind: 'number', numberId };
  const flowId = dialled.startsWith('flow.') ? dialled.slice('flow.'.length) : undefined;
  if (flowId === undefined || lookup(config.program.flows, flowId) === undefined) return undefined;
  return { kind: 'flow', flowId };
}
