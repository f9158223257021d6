import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { copyOfFlow, emptyFlow, freeNameAmong, removeFlow } from '../../store/flow-list-edits.ts';
import { newId } from '../../store/new-id.ts';
import { useStores } from '../../store/react.tsx';

/** Making, copying and removing flows; each is one undo step, and the flow concerned is opened. */
export function useFlowListCommands() {
  const { project, ui } = useStores();
  const { t } = useTranslation();
  const document = () => project.state.getState().project;
  const add = (flowId: FlowId, flow: ReturnType<typeof emptyFlow>) => {
    project.replace({ ...document(), flows: { ...document().flows, [flowId]: flow } });
    ui.openFlow(flowId);
  };
  return {
    create: () => add(newId('f'), emptyFlow(freeNameAmong(document().flows, t('flow.newName')), t('node.start.name'))),
    duplicate: (flowId: FlowId) => {
      const flow = document().flows[flowId];
      if (flow)
        add(newId('f'), copyOfFlow(flow, freeNameAmong(document().flows, t('flow.copyOf', { name: flow.name }))));
    },
    remove: (flowId: FlowId) => {
      project.replace(removeFlow(document(), flowId));
      const first = Object.keys(document().flows)[0];
      if (first !== undefined) ui.openFlow(first);
    },
  };
}
