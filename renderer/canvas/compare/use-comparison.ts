import { useMemo } from 'react';
import type { FlowId } from '../../../shared/flow/ids.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { useUi } from '../../store/react.tsx';
import { compareFlows, type FlowComparison } from './compare-flows.ts';

/** The flow beside what it was in the version that is compared with; null while none is. */
export function useComparison(flowId: FlowId, flow: Flow): FlowComparison | null {
  const before = useUi((state) => state.comparison?.before);
  return useMemo(() => (before ? compareFlows(lookup(before.flows, flowId), flow) : null), [before, flowId, flow]);
}
