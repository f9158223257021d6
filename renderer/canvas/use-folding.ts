import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import { freeNameAmong } from '../store/flow-list-edits.ts';
import { fold } from '../store/fold.ts';
import { newId } from '../store/new-id.ts';
import { useStores } from '../store/react.tsx';
import { unfold } from '../store/unfold.ts';
import { notify } from '../ui/notify.ts';

/** Nodes into a flow of their own and back, each as one undo step; where calls would go another way, it says why not. */
export function useFolding(flowId: FlowId) {
  const { project, ui } = useStores();
  const { t } = useTranslation();

  const foldSelected = useCallback(() => {
    const document = project.state.getState().project;
    const name = freeNameAmong(document.flows, t('fold.newFlow'));
    const names = { flow: name, start: t('node.start.name') };
    const folded = fold(document, flowId, ui.getState().selectedNodes, names, newId);
    if (typeof folded === 'string') {
      notify({ color: 'orange', title: t('fold.notFolded'), message: t(`fold.refusals.${folded}`) });
      return;
    }
    project.replace(folded.project);
    ui.select([folded.nodeId]);
  }, [flowId, project, ui, t]);

  const unfoldNode = useCallback(
    (nodeId: NodeId) => {
      const unfolded = unfold(project.state.getState().project, flowId, nodeId, newId);
      if (typeof unfolded === 'string') {
        notify({ color: 'orange', title: t('fold.notUnfolded'), message: t(`fold.unfoldRefusals.${unfolded}`) });
        return;
      }
      project.replace(unfolded.project);
      ui.select(unfolded.ids);
    },
    [flowId, project, ui, t],
  );

  return { foldSelected, unfoldNode };
}
