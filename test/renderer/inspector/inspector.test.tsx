import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import { updateNode } from '../../../renderer/store/flow-edits.ts';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';
import { sampleProject } from '../../support/sample-project.ts';

/** The inspector with these nodes or connections selected. */
function inspect(nodes: readonly string[], edges: readonly string[] = [], project = sampleProject()) {
  const given = testWindow(project);
  given.stores.ui.select(nodes, edges);
  return renderApp(<Inspector flowId="main" />, given);
}
const nodeOf = (view: ReturnType<typeof inspect>, id: string) => projectOf(view).flows.main?.nodes[id];

describe('inspector', () => {
  it('[IN1] shows the flow when nothing is selected, and renames it', async () => {
    const view = inspect([]);
    expect(screen.getByText('100')).toBeInTheDocument();
    const name = screen.getByRole('textbox', { name: 'Name' });
    await view.user.clear(name);
    expect(projectOf(view).flows.main?.name).toBe('Main menu');
    expect(screen.getByText('Needed')).toBeInTheDocument();
    await view.user.type(name, 'Day');
    expect(projectOf(view).flows.main?.name).toBe('Day');
    view.stores.project.undo();
    expect(projectOf(view).flows.main?.name).toBe('Main menu');
  });

  it('[IN2] renames a node as one undo step, and follows undo', async () => {
    const view = inspect(['sales']);
    const name = screen.getByRole('textbox', { name: 'Name' });
    await view.user.type(name, ' now');
    expect(nodeOf(view, 'sales')?.name).toBe('Sales queue now');
    act(() => view.stores.project.undo());
    expect(name).toHaveValue('Sales queue');
    expect(view.stores.project.history.getState().canUndo).toBe(false);
  });

  it('[RS10] shows what was changed in the node here and remotely, to be decided there', async () => {
    const view = inspect(['sales']);
    const conflict = {
      id: 'c1',
      kind: 'both-changed' as const,
      path: ['flows', 'main', 'nodes', 'sales', 'name'],
      base: null,
      ours: '"Sales team"',
      theirs: '"Sales desk"',
      taken: 'ours' as const,
      message: '',
    };
    const elsewhere = { ...conflict, id: 'c2', path: ['flows', 'main', 'nodes', 'bye', 'name'] };
    act(() => {
      view.backend.setRemote({ status: 'conflict', conflicts: [conflict, elsewhere] });
    });
    const part = screen.getByRole('region', { name: '1 conflict with the server' });
    expect(within(part).getByText('Sales desk')).toBeInTheDocument();
    await view.user.click(within(part).getByRole('button', { name: /^Take theirs/ }));
    expect(view.backend.remote.conflicts.map(({ id }) => id)).toEqual(['c2']);
    expect(part).not.toBeInTheDocument();
  });

  it('[IN3] takes the keyboard focus when asked to', () => {
    const { stores } = inspect(['sales']);
    expect(screen.getByRole('textbox', { name: 'Name' })).not.toHaveFocus();
    act(() => stores.ui.focusInspector());
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus();
  });

  it('[IN4] duplicates and deletes the node; the start can be neither', async () => {
    const view = inspect(['sales']);
    await view.user.click(screen.getByRole('button', { name: 'Duplicate' }));
    expect(Object.values(projectOf(view).flows.main?.nodes ?? {}).map((node) => node.name)).toContain('Sales queue 2');
    await view.user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(Object.values(projectOf(view).flows.main?.nodes ?? {}).map((node) => node.name)).not.toContain(
      'Sales queue 2',
    );
    act(() => view.stores.ui.select(['start']));
    expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
  });

  it('[IN5] acts on several nodes at once', async () => {
    const view = inspect(['sales', 'hours']);
    expect(screen.getByText('2 nodes selected')).toBeInTheDocument();
    await view.user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(nodeOf(view, 'sales')).toBeUndefined();
    expect(nodeOf(view, 'hours')).toBeUndefined();
    view.stores.project.undo();
    expect(nodeOf(view, 'hours')).toBeDefined();
    expect(nodeOf(view, 'welcome')?.connections['key:3']).toBe('hours');
  });

  it('[IN6] says where a connection leads, and opens it', async () => {
    const view = inspect([], ['welcome:key:2']);
    expect(screen.getByText('Key 2 of “Welcome” leads to “Support”.')).toBeInTheDocument();
    await view.user.click(screen.getByRole('button', { name: 'Disconnect' }));
    expect(nodeOf(view, 'welcome')?.connections).not.toHaveProperty('key:2');
  });

  it('[IN7] stands a selected node that is gone', () => {
    inspect(['ghost']);
    expect(screen.getByRole('heading', { name: 'Flow' })).toBeInTheDocument();
  });
});

describe('outputs', () => {
  it('[IN8] lead to another node, to a new one, and nowhere', async () => {
    const view = inspect(['hours']);
    const select = () => screen.getByRole('combobox', { name: 'Then: leads to' });
    await view.user.click(select());
    await view.user.click(screen.getByRole('option', { name: 'Sales queue' }));
    expect(nodeOf(view, 'hours')?.connections).toEqual({ next: 'sales' });
    await view.user.click(select());
    await view.user.click(screen.getByRole('option', { name: '+ Menu' }));
    const target = nodeOf(view, 'hours')?.connections.next ?? '';
    expect(nodeOf(view, target)).toMatchObject({ type: 'menu', name: 'Menu', position: { x: 1056 } });
    expect(view.stores.ui.getState().selectedNodes).toEqual(['hours']);
  });

  it('[IN9] offer neither the start nor nodes of other flows', async () => {
    const view = inspect(['hours']);
    await view.user.click(screen.getByRole('combobox', { name: 'Then: leads to' }));
    const offered = screen.getAllByRole('option').map((option) => option.textContent);
    expect(offered).toContain('Welcome');
    expect(offered).not.toContain('Start');
  });

  it('[IN10] can be followed to their target', async () => {
    const view = inspect(['hours']);
    await view.user.click(screen.getByRole('button', { name: 'Then: go to the node it leads to' }));
    expect(view.stores.ui.getState()).toMatchObject({ selectedNodes: ['bye'], reveal: { nodeId: 'bye' } });
  });

  it('[IN11] that must lead somewhere are marked when they do not', async () => {
    const project = sampleProject();
    const flow = project.flows.main;
    if (!flow) throw new Error('the sample has a flow');
    project.flows.main = updateNode(flow, 'hours', (node) => ({ ...node, connections: {} }));
    inspect(['hours'], [], project);
    const select = screen.getByRole('combobox', { name: 'Then: leads to' });
    expect(select).toHaveAttribute('aria-invalid', 'true');
    expect(select).toHaveAttribute('placeholder', 'Not connected');
    expect(within(document.body).queryByRole('listitem')).not.toBeInTheDocument();
  });
});
