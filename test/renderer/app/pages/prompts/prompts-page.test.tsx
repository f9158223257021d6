import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PromptsPage } from '../../../../../renderer/app/pages/prompts/prompts-page.tsx';
import type { Prompt } from '../../../../../shared/flow/speech.ts';
import { projectOf, renderApp, testWindow } from '../../../../support/render-app.tsx';
import { sampleProject } from '../../../../support/sample-project.ts';

const HELLO: Prompt = { name: 'Hello', sources: { en: { kind: 'text', text: 'Good morning' } } };
const TUNE: Prompt = {
  name: 'Tune',
  sources: { pl: { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'tune.mp3', durationMs: 2500 } },
};

function open(prompts: Record<string, Prompt> = { hello: HELLO, tune: TUNE }, usedBy?: string) {
  const project = sampleProject();
  project.settings = { ...project.settings, language: 'en', speech: {} };
  project.prompts = prompts;
  const [flowId, flow] = Object.entries(project.flows)[0]!;
  const [nodeId, node] = Object.entries(flow.nodes).find(([, { type }]) => type === 'menu')!;
  if (usedBy) Object.assign(node.data, { prompt: { kind: 'prompt', promptId: usedBy } });
  const view = renderApp(<PromptsPage />, testWindow(project));
  return { ...view, flowId, nodeId, nodeName: node.name, prompts: () => projectOf(view).prompts };
}
const item = (name: string) => within(screen.getByRole('group', { name }));
const mp3 = new File(['sound'], 'new.mp3', { type: 'audio/mpeg' });
const wav = new File(['sound'], 'new.wav', { type: 'audio/wav' });

describe('prompts', () => {
  it('[PR1] adds one in the language of the project, and names it', async () => {
    const { user, prompts } = open({});
    expect(screen.getByText(/No prompt yet/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Add a prompt' }));
    const name = screen.getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Welcome');
    await user.type(screen.getByRole('textbox', { name: 'Text of Welcome, English' }), 'Hi');
    expect(Object.values(prompts())).toEqual([{ name: 'Welcome', sources: { en: { kind: 'text', text: 'Hi' } } }]);
  });

  it('[PR2] finds by name, text and file', async () => {
    const { user } = open();
    const search = screen.getByRole('textbox', { name: 'Search names, texts and files' });
    const names = () =>
      screen.queryAllByRole('textbox', { name: 'Name' }).map((box) => (box as HTMLInputElement).value);
    expect(names()).toEqual(['Hello', 'Tune']);
    for (const [query, found] of [
      ['morning', ['Hello']],
      ['TUNE.mp3', ['Tune']],
      ['zzz', []],
    ] as const) {
      await user.clear(search);
      await user.type(search, query);
      expect(names()).toEqual(found);
    }
    expect(screen.getByRole('status')).toHaveTextContent('No prompt has that.');
  });

  it('[PR3] says where it is used, and leads there', async () => {
    const { user, nodeName, flowId, nodeId, stores } = open(undefined, 'hello');
    expect(item('Tune').getByText('Nothing says it')).toBeInTheDocument();
    await user.click(item('Hello').getByRole('button', { name: nodeName }));
    expect(stores.ui.getState()).toMatchObject({ page: 'flows', flowId, selectedNodes: [nodeId] });
  });

  it('[PR3] says which queue says it, and leads there', async () => {
    const project = sampleProject();
    project.prompts = { hello: HELLO };
    const [queue] = Object.values(project.queues);
    Object.assign(queue!, { waitingPrompt: { kind: 'prompt', promptId: 'hello' } });
    const { user, stores } = renderApp(<PromptsPage />, testWindow(project));
    await user.click(item('Hello').getByRole('button', { name: queue!.name }));
    expect(stores.ui.getState()).toMatchObject({ page: 'team' });
  });

  it('[PR4] deletes at once what nobody says, and asks when somebody does', async () => {
    const { user, nodeName, prompts } = open(undefined, 'hello');
    await user.click(screen.getByRole('button', { name: 'Delete the prompt Tune' }));
    expect(Object.keys(prompts())).toEqual(['hello']);
    await user.click(screen.getByRole('button', { name: 'Delete the prompt Hello' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(new RegExp(nodeName))).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(Object.keys(prompts())).toEqual(['hello']);
    await user.click(screen.getByRole('button', { name: 'Delete the prompt Hello' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
    expect(prompts()).toEqual({});
  });

  it('[PR5] duplicates under a free name', async () => {
    const { user, prompts } = open();
    await user.click(screen.getByRole('button', { name: 'Duplicate the prompt Hello' }));
    const copy = Object.values(prompts()).at(-1)!;
    expect(copy.name).toMatch(/^Hello.+/);
    expect(copy.sources).toEqual(HELLO.sources);
  });

  it('[PR6] offers the languages that others have, and takes one out', async () => {
    const { user, prompts } = open();
    await user.click(item('Hello').getByRole('button', { name: 'Add what is missing: Polish' }));
    expect(prompts().hello?.sources).toHaveProperty('pl', { kind: 'text', text: '' });
    await user.click(screen.getByRole('button', { name: 'Delete English of Hello' }));
    expect(Object.keys(prompts().hello?.sources ?? {})).toEqual(['pl']);
  });

  it('[PR7] shows a recording: its name, its length, its waveform', async () => {
    const { backend } = open();
    expect(item('Tune').getByText('tune.mp3 · 2.5 s')).toBeInTheDocument();
    const waveform = item('Tune').getByRole('img', { name: 'Loudness of tune.mp3 over time' });
    await waitFor(() => expect(waveform.querySelector('path')?.getAttribute('d')).toMatch(/^M0\.5 /));
    expect(backend.asked.filter(({ name }) => name === 'media.peaks')).toHaveLength(1);
  });

  it('[PR8] takes an mp3 in place of a text, and a text again', async () => {
    const { user, prompts } = open();
    await user.upload(screen.getByLabelText('Recording for Hello, English'), mp3);
    await waitFor(() => expect(prompts().hello?.sources.en).toMatchObject({ kind: 'audio', fileName: 'new.mp3' }));
    await user.click(item('Hello').getByRole('button', { name: 'Use a text instead' }));
    expect(prompts().hello?.sources.en).toEqual({ kind: 'text', text: '' });
  });

  it('[PR9] says why another file does not pass, and converts it when asked', async () => {
    const { user, prompts } = open();
    const drop = () =>
      fireEvent.drop(item('Tune').getByRole('group', { name: 'Polish' }), {
        dataTransfer: { files: [wav], types: ['Files'] },
      });
    drop();
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }));
    expect(prompts().tune).toEqual(TUNE);
    drop();
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('It is no mp3.')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Convert and use' }));
    await waitFor(() => expect(prompts().tune?.sources.pl).toMatchObject({ fileName: 'new.wav.wav' }));
  });

  it('[PR9] cuts off what is before and after the words, which undo gives back', async () => {
    const { user, prompts, stores, backend } = open();
    const before = prompts().tune;
    await user.click(screen.getByRole('button', { name: 'Trim Tune, Polish' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Trim' })).toBeDisabled();
    const from = dialog.getByRole('slider', { name: 'Beginning' });
    from.focus();
    await user.keyboard('{ArrowRight}'.repeat(5));
    expect(dialog.getByText('From 0.05 s to 2.50 s: 2.45 s stay')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Trim' }));
    await waitFor(() => expect(prompts().tune?.sources.pl).toMatchObject({ kind: 'audio', durationMs: 2450 }));
    expect(backend.asked.at(-1)).toMatchObject({ name: expect.stringMatching(/^media/) });
    stores.project.undo();
    expect(prompts().tune).toEqual(before);
  });

  it('[PR9] finds where the words are', async () => {
    const { user } = open();
    await user.click(screen.getByRole('button', { name: 'Trim Tune, Polish' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Cut off silence' }));
    expect(dialog.getByText(/s stay/)).toBeInTheDocument();
  });
});
