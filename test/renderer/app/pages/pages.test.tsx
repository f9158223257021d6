import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { NumbersPage } from '../../../../renderer/app/pages/numbers-page.tsx';
import { TeamPage } from '../../../../renderer/app/pages/team-page.tsx';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

const item = (name: string) => within(screen.getByRole('group', { name }));

describe('numbers (S1)', () => {
  it('[NP1] adds and deletes numbers', async () => {
    const view = renderApp(<NumbersPage />);
    await view.user.click(screen.getByRole('button', { name: 'Add a number' }));
    expect(Object.values(ProjectSchema.parse(projectOf(view)).numbers).map(({ number }) => number)).toEqual([
      '100',
      '101',
    ]);
    await view.user.click(screen.getByRole('button', { name: 'Delete the number 100' }));
    expect(screen.getByRole('heading', { name: '1 number' })).toBeInTheDocument();
  });

  it('[NP2] keeps wrong and taken numbers out of the document', async () => {
    const view = renderApp(<NumbersPage />);
    await view.user.click(screen.getByRole('button', { name: 'Add a number' }));
    const field = item('100').getByRole('textbox', { name: 'Number' });
    await view.user.type(field, '{Backspace}1');
    expect(item('10').getByText('Another entry has this number')).toBeInTheDocument();
    await view.user.type(field, 'x');
    expect(screen.getByText('Digits, * or #, with an optional leading +')).toBeInTheDocument();
    expect(projectOf(view).numbers.head?.number).toBe('10');
  });

  it('[NP3] turns the voice menu on with the first flow, and chooses another', async () => {
    const project = sampleProject();
    project.flows.night = { name: 'Night', description: '', nodes: {} };
    const view = renderApp(<NumbersPage />, testWindow(project));
    await view.user.click(screen.getByRole('button', { name: 'Add a number' }));
    const added = item('101');
    expect(added.getByRole('combobox', { name: 'Flow' })).toBeDisabled();
    await view.user.click(added.getByRole('switch', { name: 'Use voice menu' }));
    await view.user.click(added.getByRole('combobox', { name: 'Flow' }));
    await view.user.click(screen.getByRole('option', { name: 'Night' }));
    const number = Object.values(projectOf(view).numbers).find((one) => one.number === '101');
    expect(number).toMatchObject({ useVoiceMenu: true, flowId: 'night' });
  });

  it('[NP6] makes a flow for the callers of a number: at once where there is none, else by choice', async () => {
    const view = renderApp(<NumbersPage />, testWindow({ ...sampleProject(), flows: {} }));
    await view.user.click(screen.getByRole('button', { name: 'Add a number' }));
    const added = item('101');
    await view.user.click(added.getByRole('switch', { name: 'Use voice menu' }));
    const number = () => Object.values(projectOf(view).numbers).find((one) => one.number === '101');
    const [first = ''] = Object.keys(projectOf(view).flows);
    expect(number()).toMatchObject({ useVoiceMenu: true, flowId: first });
    await view.user.click(added.getByRole('combobox', { name: 'Flow' }));
    await view.user.click(screen.getByRole('option', { name: 'New flow…' }));
    expect(Object.keys(projectOf(view).flows)).toHaveLength(2);
    expect(number()?.flowId).not.toBe(first);
    ProjectSchema.parse(projectOf(view));
    await view.user.click(added.getByRole('button', { name: 'Open the flow' }));
    expect(view.stores.ui.getState()).toMatchObject({ page: 'flows', flowId: number()?.flowId });
  });

  it('[NP4] says what happens after the menu: a queue, a person, the end', async () => {
    const view = renderApp(<NumbersPage />);
    const choose = async (option: string) => {
      await view.user.click(screen.getByRole('combobox', { name: 'After leaving the menu' }));
      await view.user.click(screen.getByRole('option', { name: option }));
      return projectOf(view).numbers.head?.defaultHandling;
    };
    expect(await choose('101 · Ann Smith')).toEqual({ kind: 'person', personId: 'ann' });
    expect(await choose('Hang up')).toEqual({ kind: 'hang-up' });
    expect(await choose('Sales')).toEqual({ kind: 'queue', queueId: 'sales' });
  });

  it('[NP4] takes a number outside (S7)', async () => {
    const view = renderApp(<NumbersPage />);
    await view.user.click(screen.getByRole('combobox', { name: 'After leaving the menu' }));
    await view.user.click(screen.getByRole('option', { name: 'An external number' }));
    expect(screen.getByText('No number yet')).toBeInTheDocument();
    const number = screen.getByRole('textbox', { name: 'External number' });
    await view.user.type(number, '+48 22');
    expect(projectOf(view).numbers.head?.defaultHandling).toEqual({ kind: 'external', number: '' });
    await view.user.type(number, ' 123 45 67');
    expect(projectOf(view).numbers.head?.defaultHandling).toEqual({ kind: 'external', number: '+48221234567' });
  });

  it('[NP5] says when what was chosen is gone', () => {
    renderApp(<NumbersPage />, testWindow({ ...sampleProject(), queues: {} }));
    expect(screen.getByText('What was chosen here was removed')).toBeInTheDocument();
  });
});

describe('queues and team (S15)', () => {
  it('[TP1] adds a person with a free extension, and refuses one that is taken', async () => {
    const view = renderApp(<TeamPage />);
    await view.user.click(screen.getByRole('button', { name: 'Add a person' }));
    const extension = item('New person').getByRole('textbox', { name: 'Extension' });
    expect(extension).toHaveValue('103');
    await view.user.type(extension, '{Backspace}1');
    expect(screen.getByText('Someone else has this extension')).toBeInTheDocument();
    await view.user.clear(extension);
    expect(screen.getByText('2 to 8 digits')).toBeInTheDocument();
    await view.user.type(extension, '205');
    expect(Object.values(projectOf(view).people).map((person) => person.extension)).toContain('205');
    ProjectSchema.parse(projectOf(view));
  });

  it('[TP2] names people, never with nothing', async () => {
    const view = renderApp(<TeamPage />);
    const name = item('Bob Jones').getByRole('textbox', { name: 'Name' });
    await view.user.clear(name);
    await view.user.type(name, 'Rob');
    expect(projectOf(view).people.bob?.name).toBe('Rob');
  });

  it('a queue says whether its conversations are recorded; never is not in the document', async () => {
    const view = renderApp(<TeamPage />);
    const choose = async (mode: string) => {
      await view.user.click(screen.getAllByRole('combobox', { name: 'Recording of conversations' })[0]!);
      await view.user.click(await screen.findByRole('option', { name: mode }));
    };
    await choose('When the operator asks for it');
    const recorded = () => Object.values(projectOf(view).queues).flatMap(({ recording }) => recording ?? []);
    expect(recorded()).toEqual(['on-request']);
    await choose('Never');
    expect(recorded()).toEqual([]);
    expect(Object.values(projectOf(view).queues)[0]).not.toHaveProperty('recording');
  });

  it('[TP3] deletes a person everywhere, by one undoable step', async () => {
    const view = renderApp(<TeamPage />);
    await view.user.click(screen.getByRole('button', { name: 'Delete Bob Jones' }));
    expect(projectOf(view).queues.sales?.members).toHaveLength(1);
    view.stores.project.undo();
    expect(projectOf(view).queues.sales?.members).toHaveLength(2);
  });

  it('[TP5] shows what a person’s own phone needs, and renews its password', async () => {
    const view = renderApp(<TeamPage />);
    await view.user.click(screen.getByRole('button', { name: 'Desk phone of Bob Jones' }));
    const account = within(await screen.findByRole('dialog'));
    expect(await account.findByText('127.0.0.1:5060')).toBeInTheDocument();
    expect(account.getByText('secret')).toBeInTheDocument();
    await view.user.click(account.getByRole('button', { name: 'New password' }));
    expect(await account.findByText('secret!')).toBeInTheDocument();
    expect(account.queryByText('Server by TLS')).toBeNull();
    view.backend.deskPhone = { ...view.backend.deskPhone, secureServer: '127.0.0.1:5061' };
    await view.user.click(account.getByRole('button', { name: 'New password' }));
    expect(await account.findByText('127.0.0.1:5061')).toBeInTheDocument();
  });

  it('[TP4] makes a queue and sets members, strategy and rings', async () => {
    const view = renderApp(<TeamPage />);
    await view.user.click(screen.getByRole('button', { name: 'Add a queue' }));
    const queue = item('New queue');
    expect(queue.getByText('Without members nobody answers')).toBeInTheDocument();
    await view.user.click(queue.getByRole('combobox', { name: 'Members' }));
    await view.user.click(screen.getByRole('option', { name: '102 · Bob Jones' }));
    await view.user.click(queue.getByRole('combobox', { name: 'Whom to ring' }));
    await view.user.click(screen.getByRole('option', { name: 'Strictly in order' }));
    const rings = queue.getByRole('textbox', { name: 'Rings each' });
    await view.user.clear(rings);
    await view.user.type(rings, '2');
    const made = Object.values(projectOf(view).queues).find((one) => one.name === 'New queue');
    expect(made).toMatchObject({ strategy: 'linear', rings: 2, members: [{ personId: 'bob' }] });
    await view.user.click(screen.getByRole('button', { name: 'Delete the queue New queue' }));
    expect(Object.keys(projectOf(view).queues)).toEqual(['sales']);
  });

  it('[TP6] orders members by the arrows, gives penalties, takes them out', async () => {
    const view = renderApp(<TeamPage />);
    const members = () => projectOf(view).queues.sales?.members.map((one) => `${one.personId} ${one.penalty}`);
    const queue = item('Sales');
    expect(members()).toEqual(['ann 0', 'bob 0']);
    await view.user.click(queue.getByRole('button', { name: 'Ring Bob Jones earlier' }));
    expect(members()).toEqual(['bob 0', 'ann 0']);
    expect(queue.getByRole('button', { name: 'Ring Bob Jones earlier' })).toBeDisabled();
    await view.user.click(queue.getByRole('button', { name: 'Ring Bob Jones later' }));
    const penalty = queue.getByRole('textbox', { name: /^Penalty of Ann Smith/ });
    await view.user.clear(penalty);
    await view.user.type(penalty, '3');
    expect(members()).toEqual(['ann 3', 'bob 0']);
    await view.user.click(queue.getByRole('button', { name: 'Take Bob Jones out of Sales' }));
    expect(members()).toEqual(['ann 3']);
  });

  it('[TP7] tells what the queue would do, by its own rules', async () => {
    const view = renderApp(<TeamPage />);
    const queue = item('Sales');
    const preview = within(queue.getByRole('region', { name: 'What Sales does with calls' }));
    const lines = () => preview.getAllByRole('listitem').map((line) => line.textContent);
    await view.user.click(queue.getByRole('combobox', { name: 'Whom to ring' }));
    await view.user.click(screen.getByRole('option', { name: 'Strictly in order' }));
    expect(lines().slice(0, 3)).toEqual([
      '0:00rings Ann Smith',
      '1:00rings Bob Jones',
      // Both talk; the first is free again after 2:34.
      '2:00waits 34 s, then rings Ann Smith',
    ]);
    await view.user.click(preview.getByText('Nobody picks up'));
    expect(lines().slice(0, 3)).toEqual(['0:00rings Ann Smith', '0:20rings Bob Jones', '0:42rings Ann Smith']);
  });

  it('[TP8] has the finer settings, and forgets a limit that is taken out', async () => {
    const view = renderApp(<TeamPage />);
    const queue = item('Sales');
    await view.user.click(queue.getByText('More settings'));
    const limit = queue.getByRole('textbox', { name: 'Most callers waiting' });
    await view.user.type(limit, '7');
    await view.user.click(queue.getByRole('switch', { name: /^Callers may wait/ }));
    expect(projectOf(view).queues.sales).toMatchObject({ maxLength: 7, joinWhenEmpty: false });
    await view.user.clear(limit);
    expect(projectOf(view).queues.sales).not.toHaveProperty('maxLength');
    await view.user.click(queue.getByRole('switch', { name: 'Callers who wait hear something of their own' }));
    expect(projectOf(view).queues.sales?.musicOnHold).toMatchObject({
      kind: 'text',
      text: expect.stringContaining('moment'),
    });
    ProjectSchema.parse(projectOf(view));
  });

  it('[TP10] tells callers their place and the time, at pauses of at least 15 s, and a text now and then', async () => {
    const view = renderApp(<TeamPage />);
    const sales = () => projectOf(view).queues.sales;
    const queue = item('Sales');
    await view.user.click(queue.getByText('More settings'));
    expect(queue.queryByRole('textbox', { name: 'Pause between these' })).toBeNull();
    await view.user.click(queue.getByRole('combobox', { name: 'Callers are told their place' }));
    await view.user.click(screen.getByRole('option', { name: 'Only when it changes' }));
    await view.user.click(queue.getByRole('switch', { name: /^Callers are told how long/ }));
    const pause = queue.getByRole('textbox', { name: 'Pause between these' });
    expect(pause).toHaveValue('60 s');
    await view.user.clear(pause);
    await view.user.type(pause, '14');
    expect(sales()).not.toHaveProperty('announceEveryMs');
    await view.user.clear(pause);
    await view.user.type(pause, '45');
    expect(sales()).toMatchObject({ announcePosition: 'changes', announceHoldTime: true, announceEveryMs: 45_000 });

    const prompt = 'Callers are told something of your own now and then';
    await view.user.click(queue.getByRole('switch', { name: prompt }));
    const text = queue.getByRole('textbox', { name: prompt });
    await view.user.clear(text);
    await view.user.type(text, 'Hello {{caller.name}');
    expect(queue.getByText(/^Values of a call cannot be said here/)).toBeInTheDocument();
    const promptPause = queue.getByRole('textbox', { name: 'Pause before it and between' });
    await view.user.clear(promptPause);
    await view.user.type(promptPause, '30');
    expect(sales()).toMatchObject({
      waitingPrompt: { kind: 'text', text: 'Hello {caller.name}' },
      waitingPromptEveryMs: 30_000,
    });
    ProjectSchema.parse(projectOf(view));

    await view.user.click(queue.getByRole('combobox', { name: 'Callers are told their place' }));
    await view.user.click(screen.getByRole('option', { name: 'Never' }));
    await view.user.click(queue.getByRole('switch', { name: /^Callers are told how long/ }));
    await view.user.click(queue.getByRole('switch', { name: prompt }));
    for (const member of ['announcePosition', 'announceHoldTime', 'waitingPrompt']) {
      expect(sales()).not.toHaveProperty(member);
    }
  });
});
