import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import { ProjectSchema } from '../../../shared/flow/project.ts';
import { VariablesSchema } from '../../../shared/flow/variables.ts';
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
    expect(data()).toEqual({ flowId: 'pay', parameters: [], results: ['done', 'paid'] });
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
    expect(data()).toEqual({ flowId: 'pay', parameters: [], results: ['done', 'paid'] });
  });

  it('sets variables before the flow is entered', async () => {
    const project = { ...sampleProject(), variables: VariablesSchema.parse({ amount: { type: 'number' } }) };
    project.flows.main!.nodes.call = node('sub-flow');
    const { user, data } = open('call', project);
    await user.click(screen.getByRole('button', { name: 'Set a variable' }));
    await user.type(screen.getByRole('textbox', { name: 'Value of amount' }), '7 * 6');
    expect(data()).toMatchObject({ parameters: [{ variable: 'amount', expression: '7 * 6' }] });
    expect(screen.getByRole('combobox', { name: 'Did not work: leads to' })).toBeInTheDocument();
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

describe('consent form', () => {
  it('takes the question, two different keys, and how often it is asked', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.ask = node('consent', { data: { prompt: { kind: 'text', text: '' } } });
    const { user, data } = open('ask', project);
    await user.type(screen.getByRole('textbox', { name: 'Text of the question' }), 'May we record?');
    await user.click(screen.getByRole('combobox', { name: 'Key to agree' }));
    expect(screen.queryByRole('option', { name: '2' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('option', { name: '9' }));
    const attempts = screen.getByRole('textbox', { name: 'Attempts' });
    await user.clear(attempts);
    await user.type(attempts, '1');
    expect(data()).toMatchObject({
      prompt: { kind: 'text', text: 'May we record?' },
      agreeKey: '9',
      refuseKey: '2',
      attempts: 1,
    });
    expect(screen.getByRole('combobox', { name: 'Refused: leads to' })).toBeInTheDocument();
  });
});

describe('language form', () => {
  it('chooses a language, and keeps one that no voice speaks', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.speak = node('language', { data: { language: 'eo' } });
    const { user, data } = open('speak', project);
    const language = screen.getByRole('combobox', { name: 'Language' });
    expect(language).toHaveValue('eo');
    await user.click(language);
    await user.click(screen.getByRole('option', { name: 'Polish' }));
    expect(data()).toEqual({ language: 'pl' });
  });
});

describe('call back form', () => {
  const withCallback = (project = sampleProject()) => {
    project.flows.main!.nodes.back = node('callback', { data: { queueId: undefined } });
    return open('back', project);
  };

  it('chooses the queue whose operators call back', async () => {
    const { user, data } = withCallback();
    expect(screen.getByText('No queue is chosen.')).toBeInTheDocument();
    await user.click(screen.getByRole('combobox', { name: 'Operators of' }));
    await user.click(screen.getByRole('option', { name: 'Sales' }));
    expect(data()).toEqual({ queueId: 'sales' });
    expect(screen.getByRole('combobox', { name: 'Will be called: leads to' })).toBeInTheDocument();
  });

  it('leads to the queues when there is none', async () => {
    const { user, stores } = withCallback({ ...sampleProject(), queues: {} });
    await user.click(screen.getByRole('button', { name: 'Add a queue' }));
    expect(stores.ui.getState().page).toBe('team');
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
    await user.click(screen.getByRole('option', { name: 'The caller’s number is withheld' }));
    expect(data()).toEqual({ cases: [{ id: '1', kind: 'withheld' }] });
    expect(screen.queryByRole('textbox', { name: 'Number of case 1' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete case 1' }));
    expect(data()).toEqual({ cases: [] });
  });
});

describe('condition form, about what is remembered', () => {
  it('compares a variable by its kind, or takes an expression that it judges', async () => {
    const project = { ...sampleProject(), variables: VariablesSchema.parse({ member: { type: 'yes-no' }, tier: {} }) };
    project.flows.main!.nodes.who = node('condition', {
      data: { cases: [{ id: '1', kind: 'withheld' }] },
    });
    const { user, data } = open('who', project);
    await user.click(screen.getByRole('combobox', { name: 'Case 1' }));
    await user.click(screen.getByRole('option', { name: 'A variable' }));
    await user.click(screen.getByRole('combobox', { name: 'Variable of case 1' }));
    await user.click(screen.getByRole('option', { name: 'member' }));
    await user.click(screen.getByRole('combobox', { name: 'Value of case 1' }));
    await user.click(screen.getByRole('option', { name: 'yes' }));
    expect(data()).toEqual({
      cases: [{ id: '1', kind: 'variable', variable: 'member', comparison: 'equals', value: 'true' }],
    });
    await user.click(screen.getByRole('combobox', { name: 'Case 1' }));
    await user.click(screen.getByRole('option', { name: 'An expression' }));
    const expression = screen.getByRole('textbox', { name: 'Expression of case 1' });
    await user.type(expression, 'tier +');
    expect(screen.getByText(/This cannot be read: Unexpected token/)).toBeInTheDocument();
    await user.clear(expression);
    await user.type(expression, 'tier');
    expect(screen.getByText('The result is of another kind than is needed here.')).toBeInTheDocument();
    await user.type(expression, ' == "gold"');
    expect(data()).toEqual({ cases: [{ id: '1', kind: 'expression', expression: 'tier == "gold"' }] });
    expect(screen.queryByText(/another kind/)).not.toBeInTheDocument();
  });
});

describe('digits form', () => {
  const withDigits = () => {
    const project = sampleProject();
    project.flows.main!.nodes.ask = node('digits', { data: { variable: undefined } });
    return open('ask', project);
  };

  it('keeps the digits in a variable that is added by its name', async () => {
    const { user, data, stores } = withDigits();
    const variable = screen.getByRole('combobox', { name: 'Kept in' });
    expect(screen.getByText('No variable is chosen.')).toBeInTheDocument();
    await user.type(variable, 'Customer no');
    await user.click(screen.getByRole('option', { name: 'Add “customer_no”' }));
    expect(data()).toMatchObject({ variable: 'customer_no' });
    expect(projectOf({ stores }).variables).toEqual({ customer_no: { type: 'text', secret: false, description: '' } });
  });

  it('sets how many digits, a check, and reading back with two different keys', async () => {
    const { user, data } = withDigits();
    const most = screen.getByRole('textbox', { name: 'Most digits' });
    await user.clear(most);
    await user.type(most, '4');
    await user.click(screen.getByRole('switch', { name: 'Something must hold of them' }));
    await user.click(screen.getByRole('switch', { name: 'Read them back and ask' }));
    expect(data()).toMatchObject({
      maxDigits: 4,
      valid: 'size(digits) > 0',
      confirm: { yesKey: '1', noKey: '2', prompt: { text: expect.stringContaining('{digits:digits}') } },
    });
    await user.click(screen.getByRole('combobox', { name: 'Key for yes' }));
    expect(screen.getByRole('option', { name: '2' })).toHaveAttribute('data-combobox-disabled', 'true');
    await user.click(screen.getByRole('option', { name: '9' }));
    expect(data()).toMatchObject({ confirm: { yesKey: '9', noKey: '2' } });
    await user.click(screen.getByRole('switch', { name: 'Read them back and ask' }));
    expect(data()).not.toHaveProperty('confirm');
  });
});

describe('set variable form', () => {
  it('sets variables in order, by expressions', async () => {
    const project = { ...sampleProject(), variables: VariablesSchema.parse({ count: { type: 'number' } }) };
    project.flows.main!.nodes.set = node('set-variable');
    const { user, data } = open('set', project);
    await user.click(screen.getByRole('button', { name: 'Set a variable' }));
    await user.type(screen.getByRole('textbox', { name: 'Value of count' }), 'count + 1');
    expect(data()).toEqual({ assignments: [{ variable: 'count', expression: 'count + 1' }] });
    await user.click(screen.getByRole('button', { name: 'Do not set count' }));
    expect(data()).toEqual({ assignments: [] });
  });
});

describe('web service form', () => {
  it('takes address, headers, body and what is kept of the answer', async () => {
    const project = { ...sampleProject(), variables: VariablesSchema.parse({ tier: {} }) };
    project.flows.main!.nodes.web = node('request', { data: { url: '' } });
    const { user, data } = open('web', project);
    expect(screen.getByText('There is no address to ask.')).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://crm.example/{{tier}');
    await user.click(screen.getByRole('combobox', { name: 'Method' }));
    await user.click(screen.getByRole('option', { name: 'POST' }));
    await user.click(screen.getByRole('button', { name: 'Add a header' }));
    const name = screen.getByRole('textbox', { name: 'Name of header 1' });
    await user.clear(name);
    await user.type(name, 'Host');
    expect(screen.getByText('Letters, digits and “-”; not one that is set by itself')).toBeInTheDocument();
    await user.clear(name);
    await user.type(name, 'X-Key');
    await user.type(screen.getByRole('textbox', { name: 'Value of X-Key' }), '{{secret.key}');
    await user.click(screen.getByRole('button', { name: 'Set a variable' }));
    await user.type(screen.getByRole('textbox', { name: 'Value of tier' }), 'response.body.tier');
    expect(data()).toEqual({
      method: 'POST',
      url: 'https://crm.example/{tier}',
      headers: [{ name: 'X-Key', value: '{secret.key}' }],
      timeoutMs: 5000,
      assignments: [{ variable: 'tier', expression: 'response.body.tier' }],
    });
  });
});

describe('queue state form', () => {
  it('chooses the queue and when it is crowded', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.look = node('queue-state', { data: { queueId: undefined } });
    const { user, data } = open('look', project);
    await user.click(screen.getByRole('combobox', { name: 'Queue' }));
    await user.click(screen.getByRole('option', { name: 'Sales' }));
    await user.type(screen.getByRole('textbox', { name: 'Crowded from this many waiting' }), '3');
    expect(data()).toEqual({ queueId: 'sales', crowdedAt: 3 });
    expect(screen.getByText('Crowded')).toBeInTheDocument();
  });
});

describe('voicemail form', () => {
  it('chooses the mailbox, greets, and limits the length (S9)', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.vm = node('voicemail');
    const { user, data } = open('vm', project);
    await user.click(screen.getByRole('combobox', { name: 'Mailbox' }));
    await user.click(screen.getByRole('option', { name: '101 · Ann Smith' }));
    await user.click(screen.getByRole('switch', { name: 'Greet the caller first' }));
    const longest = screen.getByRole('textbox', { name: 'At most' });
    await user.clear(longest);
    await user.type(longest, '60');
    expect(data()).toEqual({
      mailbox: { kind: 'person', personId: 'ann' },
      greeting: { kind: 'text', text: 'Please leave a message after the tone.' },
      maxMs: 60_000,
      silenceMs: 5000,
      minMs: 1000,
    });
    expect(screen.getByText('Message left')).toBeInTheDocument();
  });
});

describe('variables of the project', () => {
  it('are added, given a kind, a value at the start and secrecy, and deleted', async () => {
    const given = testWindow(sampleProject());
    const view = renderApp(<Inspector flowId="main" />, given);
    const { user } = view;
    await user.click(screen.getByRole('button', { name: 'Add a variable' }));
    await user.click(screen.getByRole('combobox', { name: 'Kind' }));
    await user.click(screen.getByRole('option', { name: 'number' }));
    const initial = screen.getByRole('textbox', { name: 'At the start' });
    await user.clear(initial);
    await user.type(initial, '12,5');
    await user.click(screen.getByRole('switch', { name: 'Secret: hidden in traces and logs' }));
    expect(projectOf(view).variables).toEqual({
      value: { type: 'number', initial: 12.5, secret: true, description: '' },
    });
    await user.click(screen.getByRole('combobox', { name: 'Kind' }));
    await user.click(screen.getByRole('option', { name: 'yes or no' }));
    expect(projectOf(view).variables).toEqual({ value: { type: 'yes-no', secret: true, description: '' } });
    await user.click(screen.getByRole('button', { name: 'Delete the variable value' }));
    expect(projectOf(view).variables).toEqual({});
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
