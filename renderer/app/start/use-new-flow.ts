import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Imported } from '../../../shared/import/draft.ts';
import { newId } from '../../store/new-id.ts';
import { useStores } from '../../store/react.tsx';

/** What importers need of the window, and how what they give is taken into the document, as one undo step. */
export function useNewFlow() {
  const { project, ui } = useStores();
  const { t } = useTranslation();
  const startName = t('node.start.name');
  const take = useCallback(
    ({ project: taken, flowIds }: Imported) => {
      project.replace(taken);
      const [first] = flowIds;
      if (first !== undefined) ui.openFlow(first);
      ui.setState({ newFlow: null, page: 'flows' });
    },
    [project, ui],
  );
  return { startName, newId, take, document: () => project.state.getState().project };
}
