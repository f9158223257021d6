import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Dock } from '../../../../renderer/app/designer/dock.tsx';
import { disconnect } from '../../../../renderer/store/flow-edits.ts';
import { removePerson, removeQueue } from '../../../../renderer/store/team-edits.ts';
import { callSummary } from '../../../support/fake-bridge.ts';
import { renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

function openDock(project = sampleProject()) {
  return renderApp(<Dock flowId="main" />, testWindow(project));
}

describe('problems', () => {
  it('[PB1] says that all is well', () => {
    openDock();
    expect(screen.getByText('No problems. Every caller gets somewhere.')).toBeInTheDocument();
  });

  it('[PB2] lists what is wrong as the flow changes, and goes to the node by a click', async () => {
    const { user, stores, clock } = openDock();
    act(() => {
      stores.project.editFlow('main', (flow) => disconnect(flow, 'hours', 'next'));
      clock.advance(1000);
    });
    const row = screen.getByRole('button', { name: /Then leads nowhere/ });
    expect(row).toHaveTextContent('Main menu › Opening hours');
    expect(within(row).getByRole('img', { name: 'Error' })).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Problems: 1' })).toBeInTheDocument();
    await user.click(row);
    expect(stores.ui.getState()).toMatchObject({ selectedNodes: ['hours'], reveal: { nodeId: 'hours' } });
  });

  it('[PB3] puts errors before warnings', () => {
    const project = sampleProject();
    const menu = project.flows.main?.nodes.welcome;
    if (menu?.type !== 'menu') throw new Error('the sample has a menu');
    menu.data.repeatKeys = ['1'];
    menu.connections = { ...menu.connections };
    delete (menu.connections as Record<string, string>)['key:2'];
    openDock(project);
    const icons = screen.getAllByRole('listitem').map((row) => within(row).getByRole('img').getAttribute('aria-label'));
    // Two stays open and nine does nothing; one is wired twice, and what two led to is out of reach.
    expect(icons).toEqual(['Error', 'Error', 'Warning', 'Warning', 'Warning']);
  });

  it('[PB6] shows what is good to know last, uncounted, and mends by a click what can be mended', async () => {
    const project = sampleProject();
    const [first] = project.queues.sales?.members ?? [];
    project.queues.sales?.members.push(first!);
    project.people.eve = { name: 'Eve', extension: '109' };
    const { user, stores, clock } = openDock(project);
    const icons = () =>
      screen.getAllByRole('listitem').map((row) => within(row).getByRole('img').getAttribute('aria-label'));
    expect(icons()).toEqual(['Warning', 'Good to know']);
    expect(screen.getByRole('tab', { name: 'Problems: 1' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Fix' }));
    act(() => clock.advance(1000));
    expect(stores.project.state.getState().project.queues.sales?.members).toHaveLength(2);
    expect(icons()).toEqual(['Good to know']);
    stores.project.undo();
    expect(stores.project.state.getState().project).toBe(project);
  });

  it('[PB7] leads to the schedules for what is wrong with one', async () => {
    const project = sampleProject();
    project.schedules.never = { name: 'Never', timeZone: 'UTC', weekly: [], holidays: {}, override: 'auto' };
    const { user, stores } = openDock(project);
    await user.click(screen.getByRole('button', { name: /“Never” is never open/ }));
    expect(stores.ui.getState().page).toBe('schedules');
  });

  it('[PB4] leads to the numbers for what is wrong with a number', async () => {
    const { user, stores } = openDock(removeQueue(sampleProject(), 'sales'));
    await user.click(
      screen.getByRole('button', { name: /default handling of 100 is a queue that is not in the project any more/ }),
    );
    expect(stores.ui.getState().page).toBe('numbers');
  });

  it('[PB5] leads to the team for what is wrong with people', async () => {
    const project = removePerson(sampleProject(), 'bob');
    project.people.eve = { name: 'Eve', extension: '101' };
    const { user, stores } = openDock(project);
    await user.click(screen.getByRole('button', { name: /share the extension 101/ }));
    expect(stores.ui.getState().page).toBe('team');
  });
});

describe('trace', () => {
  it('[TL1] tells a call as it happens, and goes to the node by a click', async () => {
    const { user, stores, backend } = openDock();
    await user.click(screen.getByRole('tab', { name: 'Trace' }));
    expect(screen.getByText(/When a call runs through this flow/)).toBeInTheDocument();
    act(() => {
      backend.changeCall(callSummary());
      backend.traceCall(
        'call-1',
        { atMs: 0, type: 'call-started', caller: '', target: { kind: 'flow', flowId: 'main' } },
        { atMs: 1250, type: 'digit', nodeId: 'welcome', digit: '2' },
        { atMs: 1250, type: 'outcome', nodeId: 'welcome', output: 'key:2' },
        { atMs: 2000, type: 'dialled', nodeId: 'bob', people: ['bob', 'ann', 'ghost'] },
        { atMs: 4000, type: 'ended', by: 'caller', cause: 'normal' },
      );
    });
    expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      '0.00Call from Withheld number',
      '1.25WelcomeKey 2',
      '1.25WelcomeLeaves by Key 2',
      '2.00RepairsRings Bob Jones, Ann Smith, ghost',
      '4.00The caller hangs up (normal)',
    ]);
    await user.click(screen.getByRole('button', { name: /Leaves by Key 2/ }));
    expect(stores.ui.getState().selectedNodes).toEqual(['welcome']);
  });
});

describe('the trace of a call in a sub-flow', () => {
  it('[TL2] names the nodes of the flow that it is in, and goes there', async () => {
    const project = sampleProject();
    const { welcome, ...rest } = project.flows.main!.nodes;
    project.flows.sub = { name: 'Sub', description: '', nodes: { ...rest, welcome: { ...welcome!, name: 'Inner' } } };
    const { user, stores, backend } = openDock(project);
    await user.click(screen.getByRole('tab', { name: 'Trace' }));
    act(() => {
      backend.changeCall(callSummary());
      backend.traceCall(
        'call-1',
        { atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'welcome' },
        { atMs: 1000, type: 'node-entered', flowId: 'sub', nodeId: 'welcome' },
        { atMs: 2000, type: 'returned', flowId: 'main', nodeId: 'welcome', result: 'paid' },
      );
    });
    expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      '0.00WelcomeEnters',
      '1.00InnerEnters',
      '2.00WelcomeComes back with “paid”',
    ]);
    await user.click(screen.getByRole('button', { name: /Inner/ }));
    expect(stores.ui.getState().flowId).toBe('sub');
  });
});

describe('the panel', () => {
  it('closes, and is resized by the arrow keys within limits', async () => {
    const { user, stores } = openDock();
    screen.getByRole('separator', { name: 'Height of the lower panel' }).focus();
    await user.keyboard('{ArrowUp}');
    expect(stores.ui.getState().dockHeightPx).toBe(196);
    await user.keyboard('{End}{ArrowUp}');
    expect(stores.ui.getState().dockHeightPx).toBe(480);
    await user.keyboard('{Home}');
    expect(stores.ui.getState().dockHeightPx).toBe(96);
    await user.click(screen.getByRole('button', { name: 'Close the panel' }));
    expect(stores.ui.getState().dockOpen).toBe(false);
  });
});
