import { readFileSync } from 'node:fs';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Designer } from '../../../../renderer/app/designer/designer.tsx';
import { NewFlowDialog } from '../../../../renderer/app/start/new-flow-dialog.tsx';
import type { NewFlowTab } from '../../../../renderer/store/ui-store.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { SAMPLE_FLOWS } from '../../../../shared/import/samples/index.ts';
import { emptyProject } from '../../../support/import-helpers.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';

const fixture = (name: string) => readFileSync(`test/fixtures/import/${name}`, 'utf8');

function open(tab: NewFlowTab, project = sampleProject('en')) {
  const given = testWindow(project);
  given.stores.ui.setState({ newFlow: tab });
  const view = renderApp(<NewFlowDialog />, given);
  return { ...view, flows: () => Object.values(projectOf(view).flows).map(({ name }) => name) };
}

describe('a flow from text', () => {
  it('shows what is understood while it is written, and makes it in one step', async () => {
    const { user, flows, stores } = open('text');
    const make = screen.getByRole('button', { name: 'Make the flow' });
    expect(make).toBeDisabled();
    const name = screen.getByRole('textbox', { name: 'Name of the flow' });
    await user.clear(name);
    await user.type(name, 'Night');
    await user.type(screen.getByRole('textbox', { name: 'The menu' }), 'Hello.{enter}1 Sales{enter}0 Ann -> 777');
    const preview = screen.getByRole('region', { name: 'What it means' });
    expect(within(preview).getByText('Hello.')).toBeInTheDocument();
    expect(within(preview).getByText('Ann, extension 777')).toBeInTheDocument();
    await user.click(make);
    expect(flows()).toEqual(['Main menu', 'Night']);
    expect(stores.ui.getState()).toMatchObject({ newFlow: null, page: 'flows' });
    stores.project.undo();
    expect(flows()).toEqual(['Main menu']);
  });

  it('says by line what is wrong, and makes nothing then', async () => {
    const { user } = open('text');
    await user.type(screen.getByRole('textbox', { name: 'The menu' }), '1 A{enter}1 B{enter}2 -> menu Gone');
    expect(screen.getByRole('alert')).toHaveTextContent('Line 2: key 1 has an action already.');
    expect(screen.getByRole('alert')).toHaveTextContent('Line 3: there is no menu “Gone”.');
    expect(screen.getByRole('button', { name: 'Make the flow' })).toBeDisabled();
  });
});

describe('sample flows', () => {
  it('are all on offer; one is added and opened', async () => {
    const { user, flows, stores } = open('samples');
    expect(screen.getAllByRole('button', { name: /^Add “/ })).toHaveLength(SAMPLE_FLOWS.length);
    await user.click(screen.getByRole('button', { name: 'Add “Municipality”' }));
    expect(flows()).toEqual(['Main menu', 'Municipality']);
    expect(projectOf({ stores }).flows[stores.ui.getState().flowId ?? '']?.name).toBe('Municipality');
  });
});

describe('an import', () => {
  const choose = async (view: ReturnType<typeof open>, file: File) => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    await view.user.upload(input!, file);
  };

  it('tells what becomes of a file before it is taken in', async () => {
    const view = open('import');
    await choose(view, new File([fixture('studio-shop.json')], 'shop.json', { type: 'application/json' }));
    const report = await screen.findByRole('region', { name: 'Report' });
    expect(report).toHaveTextContent('Twilio Studio: 1 flow, 14 nodes.');
    expect(report).toHaveTextContent('“courier” (run-function) has no translation.');
    expect(view.flows()).toEqual(['Main menu']);
    await view.user.click(screen.getByRole('button', { name: 'Add to the project' }));
    expect(view.flows()).toEqual(['Main menu', 'Harbour Bikes']);
  });

  it('takes what is pasted, and says what is wrong with it', async () => {
    const { user } = open('import');
    const field = screen.getByRole('textbox', { name: 'Or paste it' });
    await user.click(field);
    await user.paste('hello');
    expect(await screen.findByRole('alert')).toHaveTextContent('This is no file of a program that is known here.');
    await user.clear(field);
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(field);
    await user.paste(fixture('office-extensions.conf'));
    expect(await screen.findByRole('region', { name: 'Report' })).toHaveTextContent('Asterisk dialplan: 1 flow');
  });
});

describe('a project without flows', () => {
  it('offers four ways to begin', async () => {
    const given = testWindow(emptyProject());
    const view = renderApp(<Designer />, given);
    for (const name of [/^Begin with a sample/, /^Write it/, /^Bring it along/]) {
      await view.user.click(screen.getByRole('button', { name }));
      expect(await screen.findByRole('dialog', { name: 'New flow' })).toBeInTheDocument();
      await view.user.click(screen.getByRole('button', { name: 'Close' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
    await view.user.click(screen.getByRole('button', { name: /^Draw it/ }));
    expect(Object.values(projectOf(view).flows)).toHaveLength(1);
  });
});
