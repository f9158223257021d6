import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import { ProjectSchema } from '../../../shared/flow/project.ts';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';
import { node, sampleProject } from '../../support/sample-project.ts';

function open(id: string, project = sampleProject()) {
  const given = testWindow(project);
  given.stores.ui.select([id]);
  const view = renderApp(<Inspector flowId="main" />, given);
  return { ...view, data: () => projectOf(view).flows.main?.nodes[id]?.data };
}

describe('message form', () => {
  it('takes text and whether a key skips it', async () => {
    const { user, data } = open('hours');
    await user.type(screen.getByRole('textbox', { name: 'Text of the message' }), ' Always.');
    await user.click(screen.getByRole('switch', { name: 'A key skips the message' }));
    expect(data()).toEqual({
      prompt: { kind: 'text', text: 'We are open from nine to five. Always.' },
      skippable: true,
    });
  });
});

describe('employee form', () => {
  it('adds, orders and removes people (S5)', async () => {
    const { user, data } = open('ann');
    await user.click(screen.getByRole('combobox', { name: 'Add someone' }));
    await user.click(screen.getByRole('option', { name: '102 · Bob Jones' }));
    expect(data()).toMatchObject({ people: ['ann', 'bob'], mode: 'in-order' });
    await user.click(screen.getByRole('button', { name: 'Ring Bob Jones earlier' }));
    expect(data()).toMatchObject({ people: ['bob', 'ann'] });
    expect(screen.getByRole('button', { name: 'Ring Bob Jones earlier' })).toBeDisabled();
    await user.click(screen.getByText('All at once'));
    expect(data()).toMatchObject({ mode: 'all' });
    await user.click(screen.getByRole('button', { name: 'Do not ring Ann Smith' }));
    expect(data()).toMatchObject({ people: ['bob'] });
  });

  it('says how long the rings are', async () => {
    const { user, data } = open('ann');
    const rings = screen.getByRole('textbox', { name: 'Rings for each' });
    await user.clear(rings);
    await user.type(rings, '6');
    expect(data()).toMatchObject({ rings: 6 });
    expect(screen.getByText('30 seconds')).toBeInTheDocument();
  });

  it('leads to the team when there is nobody, and shows who was removed', async () => {
    const nobody = open('ann', { ...sampleProject(), people: {} });
    expect(screen.getByText('Someone removed')).toBeInTheDocument();
    await nobody.user.click(screen.getByRole('button', { name: 'Add people' }));
    expect(nobody.stores.ui.getState().page).toBe('team');
  });
});

describe('extension form', () => {
  const withExtension = () => {
    const project = sampleProject();
    const { nodes } = project.flows.main as NonNullable<typeof project.flows.main>;
    nodes.ask = node('extension', { data: { prompt: { kind: 'text', text: 'Who?' } } });
    return open('ask', project);
  };

  it('chooses who can be reached, and keeps one of them (S8)', async () => {
    const { user, data } = withExtension();
    await user.click(screen.getByRole('combobox', { name: 'Who can be reached' }));
    await user.click(screen.getByRole('option', { name: 'certain people' }));
    expect(data()).toMatchObject({ who: { kind: 'people', people: ['ann'] } });
    await user.type(screen.getByRole('combobox', { name: /These people/ }), '{Backspace}{Backspace}');
    expect(data()).toMatchObject({ who: { kind: 'people', people: ['ann'] } });
    await user.click(screen.getByRole('combobox', { name: 'Who can be reached' }));
    await user.click(screen.getByRole('option', { name: 'everyone' }));
    expect(data()).toMatchObject({ who: { kind: 'everyone' } });
  });

  it('sets times, attempts and what # does, and leads on from each outcome', async () => {
    const { user, data } = withExtension();
    const wait = screen.getByRole('textbox', { name: 'Wait between digits' });
    await user.clear(wait);
    await user.type(wait, '2');
    const attempts = screen.getByRole('textbox', { name: 'Attempts with a wrong one' });
    await user.clear(attempts);
    await user.type(attempts, '1');
    await user.click(screen.getByRole('combobox', { name: 'The # key' }));
    await user.click(screen.getByRole('option', { name: 'does nothing' }));
    await user.click(screen.getByRole('switch', { name: 'Say something after a wrong extension' }));
    expect(data()).toMatchObject({
      interDigitTimeoutMs: 2000,
      invalidAttempts: 1,
      hash: 'ignored',
      invalidPrompt: { kind: 'text', text: 'There is no such extension.' },
    });
    for (const output of ['No key', 'Wrong key', 'No answer', 'Busy', 'Not reachable']) {
      expect(screen.getByRole('combobox', { name: `${output}: leads to` })).toBeInTheDocument();
    }
  });
});

describe('queue form', () => {
  it('chooses the queue, a longest wait and a key to leave (S6)', async () => {
    const project = sampleProject();
    project.queues.support = { ...(project.queues.sales as NonNullable<typeof project.queues.sales>), name: 'Support' };
    const { user, data } = open('sales', project);
    await user.click(screen.getByRole('combobox', { name: 'Wait in' }));
    await user.click(screen.getByRole('option', { name: 'Support' }));
    await user.type(screen.getByRole('textbox', { name: 'Longest wait' }), '90');
    await user.click(screen.getByRole('combobox', { name: 'Key to leave the queue' }));
    await user.click(screen.getByRole('option', { name: '*' }));
    expect(data()).toEqual({ queueId: 'support', maxWaitMs: 90_000, breakOutKey: '*' });
    expect(screen.getByRole('combobox', { name: 'Key pressed: leads to' })).toBeInTheDocument();
    await user.clear(screen.getByRole('textbox', { name: 'Longest wait' }));
    expect(data()).not.toHaveProperty('maxWaitMs');
  });

  it('leads to the queues when there is none', async () => {
    const { user, stores } = open('sales', { ...sampleProject(), queues: {} });
    await user.click(screen.getByRole('button', { name: 'Add a queue' }));
    expect(stores.ui.getState().page).toBe('team');
  });
});

describe('schedule form', () => {
  const withSchedule = (schedules: object) => {
    const project = ProjectSchema.parse({ ...sampleProject(), schedules });
    const { nodes } = project.flows.main as NonNullable<typeof project.flows.main>;
    nodes.hoursOpen = node('schedule');
    return open('hoursOpen', project);
  };

  it('chooses a schedule, and leads on from open and closed', async () => {
    const { user, data } = withSchedule({ office: { name: 'Office', timeZone: 'UTC', weekly: [] } });
    await user.click(screen.getByRole('combobox', { name: 'Schedule' }));
    await user.click(screen.getByRole('option', { name: 'Office' }));
    expect(data()).toEqual({ scheduleId: 'office' });
    for (const output of ['Open', 'Closed']) {
      expect(screen.getByRole('combobox', { name: `${output}: leads to` })).toBeInTheDocument();
    }
  });

  it('leads to the schedules when there is none', async () => {
    const { user, stores } = withSchedule({});
    await user.click(screen.getByRole('button', { name: 'Add a schedule' }));
    expect(stores.ui.getState().page).toBe('schedules');
  });
});

describe('split form', () => {
  it('names branches, shares the calls out, and keeps at least one branch', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.split = node('random', {
      data: { branches: [{ id: '1', name: 'Old menu', weight: 50 }] },
      connections: { 'branch:1': 'ann' },
    });
    const { user, data, stores } = open('split', project);
    expect(screen.getByRole('button', { name: 'Delete branch Old menu' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Add a branch' }));
    await user.type(screen.getByRole('textbox', { name: 'Name of branch 2' }), 'New');
    const weight = screen.getByRole('textbox', { name: 'Weight of branch New' });
    await user.clear(weight);
    await user.type(weight, '25');
    expect(data()).toEqual({
      branches: [
        { id: '1', name: 'Old menu', weight: 50 },
        { id: '2', name: 'New', weight: 25 },
      ],
    });
    expect(screen.getByText('33.3%')).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'New · 33.3%: leads to' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete branch Old menu' }));
    expect(projectOf({ stores }).flows.main?.nodes.split?.connections).toEqual({});
  });

  it('says when no branch has a share', () => {
    const project = sampleProject();
    project.flows.main!.nodes.split = node('random', { data: { branches: [{ id: '1', weight: 0 }] } });
    open('split', project);
    expect(screen.getByText('No branch has a share of the calls: all take the first one.')).toBeInTheDocument();
  });
});

describe('sub-flow form', () => {
  const withSub = (data: object = {}) => {
    const project = sampleProject();
    const nodes = { start: node('start'), paid: node('return', { data: { result: 'paid' } }), no: node('return') };
    project.flows.pay = { name: 'Payments', description: '', nodes };
    project.flows.main!.nodes.call = node('sub-flow', { data: { flowId: undefined, ...data } });
    return open('call', project);
  };

  it('chooses a flow, whose results become outputs', async () => {
    const { user, data, stores } = withSub();
    expect(screen.getByText('No flow is chosen.')).toBeInTheDocument();
    await user.click(screen.getByRole('combobox', { name: 'Flow' }));
    await user.click(screen.getByRole('option', { name: 'Payments' }));
    expect(data()).toEqual({ flowId: 'pay', results: ['done', 'paid'] });
    expect(screen.getByRole('combobox', { name: 'paid: leads to' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Take over the results as outputs' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Open Payments' }));
    expect(stores.ui.getState().flowId).toBe('pay');
  });

  it('takes over what the flow returns now', async () => {
    const { user, data } = withSub({ flowId: 'pay', results: ['old', 'paid'] });
    expect(
      screen.getByText('The flow “Payments” never returns “old”: this output is never taken.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Take over the results as outputs' }));
    expect(data()).toEqual({ flowId: 'pay', results: ['done', 'paid'] });
  });

  it('says when a flow never comes back', () => {
    withSub({ flowId: 'main' });
    expect(screen.getByText(/has no “Return” node/)).toBeInTheDocument();
  });
});

describe('return form', () => {
  it('names the result', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.back = node('return');
    const { user, data } = open('back', project);
    const result = screen.getByRole('textbox', { name: 'Result' });
    await user.clear(result);
    await user.type(result, 'paid by card{Enter}');
    expect(data()).toEqual({ result: 'paid by card' });
    await user.clear(result);
    expect(screen.getByText('A name, without spaces around it')).toBeInTheDocument();
    expect(data()).toEqual({ result: 'paid by card' });
  });
});

describe('jump form', () => {
  const withJump = () => {
    const project = sampleProject();
    project.flows.main!.nodes.jump = node('go-to', { data: { target: { kind: 'node' } } });
    return open('jump', project);
  };

  it('chooses a node of the flow, but neither its start nor itself', async () => {
    const { user, data, stores } = withJump();
    expect(screen.getByText('No node is chosen to go to.')).toBeInTheDocument();
    await user.click(screen.getByRole('combobox', { name: 'Node' }));
    expect(screen.queryByRole('option', { name: 'Start' })).not.toBeInTheDocument();
    expect(screen.queryByRole('option', { name: 'Go to' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('option', { name: 'Support' }));
    expect(data()).toEqual({ target: { kind: 'node', nodeId: 'support' } });
    await user.click(screen.getByRole('button', { name: 'Show it' }));
    expect(stores.ui.getState().selectedNodes).toEqual(['support']);
  });

  it('goes back to a menu in place of a node (S12)', async () => {
    const { user, data } = withJump();
    await user.click(screen.getByRole('combobox', { name: 'Go to' }));
    await user.click(screen.getByRole('option', { name: 'the previous menu' }));
    expect(data()).toEqual({ target: { kind: 'back' } });
    expect(screen.queryByRole('combobox', { name: 'Node' })).not.toBeInTheDocument();
  });
});

describe('external form', () => {
  it('takes a number as people write it, its rings, and what is shown there (S7)', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.out = node('external', { data: { number: '' } });
    const { user, data } = open('out', project);
    expect(screen.getByText('No number is set.')).toBeInTheDocument();
    const number = screen.getByRole('textbox', { name: 'Number' });
    await user.type(number, '+0');
    expect(screen.getByText(/7 to 15 digits/)).toBeInTheDocument();
    await user.clear(number);
    await user.type(number, '+48 22 123-45-67');
    await user.click(screen.getByRole('combobox', { name: 'Number that is shown there' }));
    await user.click(screen.getByRole('option', { name: 'the caller’s' }));
    expect(data()).toEqual({ number: '+48221234567', rings: 6, callerId: 'caller' });
    expect(screen.getByText('30 seconds')).toBeInTheDocument();
  });
});

describe('condition form', () => {
  const withCondition = () => {
    const project = sampleProject();
    project.flows.main!.nodes.who = node('condition', {
      data: { cases: [{ id: '1', kind: 'begins-with', value: '+4822' }] },
      connections: { 'case:1': 'ann' },
    });
    return open('who', project);
  };

  it('adds cases, says what is wrong with a number, and keeps the way on of a case that moves', async () => {
    const { user, data, stores } = withCondition();
    await user.click(screen.getByRole('button', { name: 'Add a case' }));
    const value = screen.getByRole('textbox', { name: 'Number of case 2' });
    await user.type(value, 'Ann{Enter}');
    expect(screen.getByText('Digits, * or #, with an optional leading +')).toBeInTheDocument();
    await user.clear(value);
    await user.type(value, '+48600100200{Enter}');
    await user.click(screen.getByRole('button', { name: 'Case 2 earlier' }));
    expect(data()).toEqual({
      cases: [
        { id: '2', kind: 'begins-with', value: '+48600100200' },
        { id: '1', kind: 'begins-with', value: '+4822' },
      ],
    });
    expect(projectOf({ stores }).flows.main?.nodes.who?.connections).toEqual({ 'case:1': 'ann' });
  });

  it('asks for a withheld number, and lets a case go', async () => {
    const { user, data } = withCondition();
    await user.click(screen.getByRole('combobox', { name: 'Case 1' }));
    await user.click(screen.getByRole('option', { name: 'is withheld' }));
    expect(data()).toEqual({ cases: [{ id: '1', kind: 'withheld' }] });
    expect(screen.queryByRole('textbox', { name: 'Number of case 1' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete case 1' }));
    expect(data()).toEqual({ cases: [] });
  });
});

describe('hang-up form', () => {
  it('chooses what the caller hears', async () => {
    const { user, data } = open('bye');
    await user.click(screen.getByRole('combobox', { name: 'The caller hears' }));
    await user.click(screen.getByRole('option', { name: 'the busy tone' }));
    expect(data()).toEqual({ cause: 'busy' });
  });
});

describe('nodes without settings', () => {
  it('show name and outputs', () => {
    const { stores } = open('start');
    expect(screen.getByRole('combobox', { name: 'Then: leads to' })).toHaveValue('Welcome');
    act(() => stores.ui.select(['bye']));
    expect(screen.queryByText('What happens next')).not.toBeInTheDocument();
  });
});
