import type { TFunction } from 'i18next';
import {
  CalendarClock,
  CornerDownLeft,
  Hash,
  type LucideIcon,
  MessageSquareText,
  UserRound,
  Users,
  Workflow,
} from 'lucide-react';
import type { Project } from '../../../shared/flow/project.ts';
import type { PickerItem } from '../../canvas/picker.tsx';
import { promptUsers } from '../../store/prompt-edits.ts';
import type { Stores } from '../../store/stores.ts';
import { PAGES } from '../../store/ui-store.ts';
import { namesFor, summarise } from '../../ui/nodes/card-summary.ts';
import { KindTile } from '../../ui/nodes/node-looks.tsx';

/** Something that can be searched for, and what choosing it does. */
export interface SearchItem extends PickerItem {
  readonly run: () => void;
}

/** What the palette can do that is not in the stores. */
export interface SearchActions {
  readonly replace: () => void;
}

/**
 * Everything that the command palette finds: commands and pages, flows, every node by its name and by what it says,
 * numbers, queues, people, schedules and prompts.
 */
export function searchItems(stores: Stores, actions: SearchActions, t: TFunction): SearchItem[] {
  const { project } = stores.project.state.getState();
  return [...commands(stores, actions, t), ...places(stores, project, t), ...nodes(stores, project, t)];
}

const icon = (Icon: LucideIcon) => <Icon size={18} aria-hidden />;

function commands({ ui, project, sync }: Stores, { replace }: SearchActions, t: TFunction): SearchItem[] {
  const group = t('search.commands');
  const command = (id: string, label: string, run: () => void, detail?: string): SearchItem => ({
    id: `command:${id}`,
    group,
    label,
    icon: icon(CornerDownLeft),
    run,
    ...(detail === undefined ? {} : { detail }),
  });
  const flip = (part: 'dockOpen' | 'inspectorOpen' | 'phoneOpen' | 'minimap' | 'heat') => () =>
    ui.setState({ [part]: !ui.getState()[part] });
  return [
    command('replace', t('search.replaceTitle'), replace, 'Ctrl H'),
    command('undo', t('header.undo'), project.undo, 'Ctrl Z'),
    command('redo', t('header.redo'), project.redo, 'Ctrl ⇧ Z'),
    command('save', t('sync.retry'), () => void sync.flush(), 'Ctrl S'),
    command('dock', t('header.showDock'), flip('dockOpen')),
    command('inspector', t('header.showInspector'), flip('inspectorOpen')),
    command('phone', t('header.showPhone'), flip('phoneOpen')),
    command('minimap', t('canvas.minimap'), flip('minimap')),
    command('heat', t('calls.heat.show'), flip('heat')),
    command('operator', t('header.operator'), () => ui.setState({ role: 'operator' }), t('header.role')),
    ...PAGES.map((page) => command(`page:${page}`, t(`rail.${page}`), () => ui.setState({ page }), t('search.page'))),
  ];
}

/** Things with a page of their own. */
function places({ ui }: Stores, project: Project, t: TFunction): SearchItem[] {
  const each = <Thing,>(
    kind: string,
    group: string,
    things: Readonly<Record<string, Thing>>,
    look: (thing: Thing, id: string) => { label: string; detail?: string; icon: LucideIcon; run: () => void },
  ): SearchItem[] =>
    Object.entries(things).map(([id, thing]) => {
      const { icon: Icon, ...rest } = look(thing, id);
      return { id: `${kind}:${id}`, group, ...rest, icon: icon(Icon) };
    });
  const open = (page: (typeof PAGES)[number]) => () => ui.setState({ page });
  return [
    ...each('flow', t('search.flows'), project.flows, ({ name, description }, id) => ({
      label: name,
      detail: description,
      icon: Workflow,
      run: () => ui.openFlow(id),
    })),
    ...each('number', t('rail.numbers'), project.numbers, ({ number, name }) => ({
      label: number,
      detail: name,
      icon: Hash,
      run: open('numbers'),
    })),
    ...each('queue', t('search.queues'), project.queues, ({ name }) => ({
      label: name,
      icon: Users,
      run: open('team'),
    })),
    ...each('person', t('search.people'), project.people, ({ name, extension }) => ({
      label: name,
      detail: extension,
      icon: UserRound,
      run: open('team'),
    })),
    ...each('schedule', t('rail.schedules'), project.schedules, ({ name }) => ({
      label: name,
      icon: CalendarClock,
      run: open('schedules'),
    })),
    ...each('prompt', t('search.prompts'), project.prompts, ({ name, sources }, id) => ({
      label: name,
      detail: Object.values(sources)
        .map((source) => (source.kind === 'text' ? source.text : source.fileName))
        .join(' · '),
      icon: MessageSquareText,
      run: () => {
        const [user] = promptUsers(project).get(id) ?? [];
        if (user && 'nodeId' in user) ui.revealNode(user.flowId, user.nodeId);
        else ui.setState({ page: 'prompts' });
      },
    })),
  ];
}

function nodes({ ui }: Stores, project: Project, t: TFunction): SearchItem[] {
  return Object.entries(project.flows).flatMap(([flowId, flow]) =>
    Object.entries(flow.nodes).map(([nodeId, node]) => {
      const kind = t(`node.${node.type}.name`);
      return {
        id: `node:${flowId}/${nodeId}`,
        group: t('search.nodesOf', { flow: flow.name }),
        label: node.name || kind,
        detail: `${node.name === kind ? '' : `${kind} · `}${summarise(node, namesFor(node, project, flowId, t), t)}`,
        icon: <KindTile type={node.type} size={18} />,
        run: () => ui.revealNode(flowId, nodeId),
      };
    }),
  );
}
