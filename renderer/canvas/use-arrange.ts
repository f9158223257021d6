import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { useStores } from '../store/react.tsx';
import { notify } from '../ui/notify.ts';
import { partOf, type Sizes } from './layout/arrange.ts';
import type { FlowCommands } from './use-flow-commands.ts';
import type { CanvasView } from './use-view.ts';

/** How long cards glide to their places, with some reserve (see `.arranging` in the styles). */
const GLIDE_MS = 220;

/** Auto-layout of the flow, or of some of its nodes while the others stay, as one undo step. `arranging` is true from the click until the cards have arrived. */
export function useArrange(flow: Flow, sizes: Sizes, commands: FlowCommands, view: CanvasView) {
  const { clock } = useStores();
  const { t } = useTranslation();
  const [arranging, setArranging] = useState(false);

  async function run(ids?: readonly NodeId[]): Promise<void> {
    if (arranging) return;
    setArranging(true);
    try {
      const elk = await import('./layout/elk.ts');
      commands.move(await elk.arrange(ids ? partOf(flow, ids) : flow, sizes));
      clock.after(GLIDE_MS, () => {
        setArranging(false);
        if (!ids) view.showAll();
      });
    } catch {
      setArranging(false);
      notify({ color: 'red', message: t('canvas.arrangeFailed') });
    }
  }

  return { arranging, arrange: () => void run(), arrangeOnly: (ids: readonly NodeId[]) => void run(ids) };
}
