import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import type { MenuData } from '../../../shared/flow/nodes/menu.ts';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';

function openMenu() {
  const given = testWindow();
  given.stores.ui.select(['welcome']);
  const view = renderApp(<Inspector flowId="main" />, given);
  const node = () => projectOf(view).flows.main?.nodes.welcome;
  return { ...view, node, data: () => node()?.data as MenuData };
}
const pad = () => within(screen.getByRole('group', { name: 'Keys of the menu' }));
const section = (name: string) => within(screen.getByRole('region', { name }));

async function pick(user: ReturnType<typeof openMenu>['user'], label: string, option: string) {
  await user.click(screen.getByRole('combobox', { name: label }));
  await user.click(screen.getByRole('option', { name: option }));
}

describe('menu form', () => {
  it('[MF1] takes the text as it is typed', async () => {
    const { user, data } = openMenu();
    const text = screen.getByRole('textbox', { name: 'Text of the menu' });
    await user.clear(text);
    await user.type(text, 'Press 1.');
    expect(data().prompt).toEqual({ kind: 'text', text: 'Press 1.' });
  });

  it('[MF2] goes round with a key: no action, action, repeat (S10, S16)', async () => {
    const { user, data } = openMenu();
    await user.click(pad().getByRole('button', { name: 'Key 5: no action' }));
    expect(data()).toMatchObject({ keys: ['1', '2', '3', '5', '0'], repeatKeys: ['9'] });
    await user.click(pad().getByRole('button', { name: 'Key 5: has an action' }));
    expect(data()).toMatchObject({ keys: ['1', '2', '3', '0'], repeatKeys: ['5', '9'] });
    await user.click(pad().getByRole('button', { name: 'Key 5: repeats the menu' }));
    expect(data()).toMatchObject({ keys: ['1', '2', '3', '0'], repeatKeys: ['9'] });
  });

  it('[MF3] drops the connection with the key, and has both back by one undo', async () => {
    const { user, node, data, stores } = openMenu();
    await user.click(pad().getByRole('button', { name: 'Key 1: has an action' }));
    expect(node()?.connections).not.toHaveProperty('key:1');
    stores.project.undo();
    expect(node()?.connections['key:1']).toBe('sales');
    expect(data().keys).toContain('1');
  });

  it('[MF4] says where each key leads, and makes a nested menu on the spot (S12)', async () => {
    const { user, node, stores } = openMenu();
    expect(screen.getByRole('combobox', { name: 'Key 1: leads to' })).toHaveValue('Sales queue');
    await pick(user, 'Key 1: leads to', '+ Menu');
    const nested = node()?.connections['key:1'] ?? '';
    expect(stores.project.state.getState().project.flows.main?.nodes[nested]?.type).toBe('menu');
  });

  it('[MF5] keeps times in milliseconds, and refuses what the schema refuses', async () => {
    const { user, data } = openMenu();
    const wait = screen.getByRole('textbox', { name: 'Wait for a key' });
    expect(wait).toHaveValue('5 s');
    await user.clear(wait);
    await user.type(wait, '7.5');
    expect(data().firstDigitTimeoutMs).toBe(7500);
    await user.clear(wait);
    await user.type(wait, '90');
    expect(screen.getByText('From 0.5 to 60')).toBeInTheDocument();
    expect(data().firstDigitTimeoutMs).toBeLessThanOrEqual(60_000);
    await user.tab();
    expect(screen.queryByText('From 0.5 to 60')).not.toBeInTheDocument();
  });

  it('[MF6] counts attempts for no key and for wrong keys apart', async () => {
    const { user, data } = openMenu();
    const noInput = section('When no key is pressed');
    await user.clear(noInput.getByRole('textbox', { name: 'Attempts' }));
    await user.type(noInput.getByRole('textbox', { name: 'Attempts' }), '1');
    expect(data()).toMatchObject({ noInputAttempts: 1, invalidAttempts: 3 });
    expect(noInput.getByText('The menu is said 1 time, then the call goes on:')).toBeInTheDocument();
    expect(section('When a wrong key is pressed').getByRole('textbox', { name: 'Attempts' })).toHaveValue('3');
  });

  it('[MF7] has optional prompts that come with words and go without a trace', async () => {
    const { user, data } = openMenu();
    const toggle = screen.getByRole('switch', { name: 'Say something before repeating' });
    await user.click(toggle);
    expect(data().noInputPrompt).toEqual({ kind: 'text', text: 'We did not hear your choice.' });
    await user.click(toggle);
    expect(data()).not.toHaveProperty('noInputPrompt');
  });

  it('[MF8] sets barge-in, match mode, # and the wait between keys', async () => {
    const { user, data } = openMenu();
    await pick(user, 'A key during the announcement', 'does not stop it');
    await pick(user, 'A key counts', 'always at once');
    await pick(user, 'The # key', 'ends what is typed');
    expect(data()).toMatchObject({ bargeIn: 'none', matchMode: 'first-match', hash: 'terminator' });
    await user.click(screen.getByRole('switch', { name: 'Repeat the menu after an error message' }));
    expect(data().replayAfterError).toBe(false);
  });

  it('[MF9] lets callers dial everyone, or certain people of whom one is left at least', async () => {
    const { user, data } = openMenu();
    await pick(user, 'Dialling an extension', 'everyone’s');
    expect(data().directDial).toEqual({ kind: 'everyone' });
    await pick(user, 'Dialling an extension', 'of certain people');
    expect(data().directDial).toEqual({ kind: 'people', people: ['ann'] });
    const people = screen.getByRole('combobox', { name: /People who can be dialled/ });
    await user.click(people);
    await user.click(screen.getByRole('option', { name: '102 · Bob Jones' }));
    expect(data().directDial).toEqual({ kind: 'people', people: ['ann', 'bob'] });
    await user.type(people, '{Backspace}{Backspace}{Backspace}');
    expect(data().directDial).toEqual({ kind: 'people', people: ['ann'] });
  });

  it('[MF10] limits all attempts together only when a limit is given', async () => {
    const { user, data } = openMenu();
    const total = screen.getByRole('textbox', { name: 'Attempts altogether' });
    expect(data()).not.toHaveProperty('totalAttempts');
    await user.type(total, '4');
    expect(data().totalAttempts).toBe(4);
    await user.clear(total);
    expect(data()).not.toHaveProperty('totalAttempts');
  });

  it('[MF11] says at the field that there is nothing to say', async () => {
    const { user, clock } = openMenu();
    await user.clear(screen.getByRole('textbox', { name: 'Text of the menu' }));
    clock.advance(1000);
    expect(await screen.findByText(/There is nothing to say/)).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Text of the menu' })).toBeInvalid();
    expect(screen.getByRole('button', { name: 'Listen' })).toBeDisabled();
  });
});
