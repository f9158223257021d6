import { CornerDownRight, Unplug } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { canConnect } from '../store/flow-edits.ts';
import { useStores } from '../store/react.tsx';
import { namesFor, summarise } from '../ui/nodes/card-summary.ts';
import { ADDABLE, type AddableType, KindTile } from '../ui/nodes/node-looks.tsx';
import type { OutputRef } from './connection-id.ts';
import type { PickerItem } from './picker.tsx';

/** What was picked. */
export type Pick =
  | { readonly kind: 'new'; readonly type: AddableType }
  | { readonly kind: 'existing'; readonly nodeId: string }
  | { readonly kind: 'disconnect' };

/** Reads the id of a picker item. */
export function parsePick(id: string): Pick {
  if (id === 'disconnect') return { kind: 'disconnect' };
  if (id.startsWith('new:')) return { kind: 'new', type: id.slice('new:'.length) as AddableType };
  return { kind: 'existing', nodeId: id.slice('node:'.length) };
}

/** New nodes to add and, for an output, the nodes of the flow that it may lead to, and to let go of its target. */
export function usePickerItems(flowId: FlowId, flow: Flow, output: OutputRef | null, removable: boolean): PickerItem[] {
  const { t } = useTranslation();
  const { project } = useStores();
  return useMemo(() => {
    const fresh = ADDABLE.map((type) => ({
      id: `new:${type}`,
      group: t('canvas.groupNew'),
      label: t('canvas.newNode', { name: t(`node.${type}.name`) }),
      detail: t(`node.${type}.hint`),
      icon: <KindTile type={type} />,
    }));
    if (!output) return fresh;
    const names = project.state.getState().project;
    const existing = Object.entries(flow.nodes)
      .filter(([id]) => canConnect(flow, output.from, output.output, id))
      .map(([id, node]) => ({
        id: `node:${id}`,
        group: t('canvas.groupExisting'),
        label: node.name || t(`node.${node.type}.name`),
        detail: id === output.from ? t('canvas.itself') : summarise(node, namesFor(node, names, flowId, t), t),
        icon: id === output.from ? <CornerDownRight size={18} aria-hidden /> : <KindTile type={node.type} />,
      }));
    const letGo = { id: 'disconnect', group: t('canvas.groupMore'), label: t('canvas.disconnect') };
    return [...fresh, ...existing, ...(removable ? [{ ...letGo, icon: <Unplug size={18} aria-hidden /> }] : [])];
  }, [flowId, flow, output, removable, project, t]);
}
