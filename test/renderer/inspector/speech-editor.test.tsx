import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import { languageOptions, speaks } from '../../../renderer/inspector/use-voices.ts';
import { updateNode } from '../../../renderer/store/flow-edits.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';
import { sampleProject } from '../../support/sample-project.ts';

function openMessage(project = sampleProject()) {
  const given = testWindow(project);
  given.stores.ui.select(['hours']);
  const view = renderApp(<Inspector flowId="main" />, given);
  const prompt = () => {
    const node = projectOf(view).flows.main?.nodes.hours;
    return node?.type === 'say' ? node.data.prompt : undefined;
  };
  const rendered = () => given.backend.asked.filter((call) => call.name === 'speech.render').map((call) => call.input);
  return { ...view, prompt, rendered };
}

describe('voice (S3)', () => {
  it('[SP1] sets language and voice per prompt; a voice goes with its language', async () => {
    const { user, prompt } = openMessage();
    await user.click(screen.getByRole('button', { name: 'Voice: English' }));
    await user.click(screen.getByRole('combobox', { name: 'Language' }));
    await user.click(await screen.findByRole('option', { name: 'English' }));
    await user.click(screen.getByRole('combobox', { name: 'Voice' }));
    await user.click(screen.getByRole('option', { name: 'English, female' }));
    expect(prompt()).toMatchObject({ language: 'en', voice: 'en+f2' });
    await user.click(screen.getByRole('combobox', { name: 'Language' }));
    await user.click(screen.getByRole('option', { name: 'Polish' }));
    expect(prompt()).toMatchObject({ language: 'pl' });
    expect(prompt()).not.toHaveProperty('voice');
  });

  it('[SP2] sets speed and volume by keyboard', async () => {
    const { user, prompt } = openMessage();
    await user.click(screen.getByRole('button', { name: 'Voice: English' }));
    screen.getByRole('slider', { name: 'Speed' }).focus();
    await user.keyboard('{ArrowRight}');
    screen.getByRole('slider', { name: 'Volume' }).focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(prompt()).toMatchObject({ speed: 1.05, volume: 0.9 });
    expect(screen.getByText('Speed: 1.05×')).toBeInTheDocument();
  });

  it('puts a pause where the caret is', async () => {
    const { user, prompt } = openMessage();
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the message' });
    await user.clear(field);
    await user.type(field, 'Hello. Bye.');
    field.setSelectionRange(6, 7);
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    expect(prompt()).toMatchObject({ text: 'Hello.<break time="500ms"/>Bye.' });
    await waitFor(() => expect(field.selectionStart).toBe('Hello.<break time="500ms"/>'.length));
  });

  it('[SP3] offers languages by their names, ours first, and knows who speaks what', () => {
    const options = languageOptions([{ language: 'de' }, { language: 'cs' }, { language: 'en-GB' }], 'pl');
    expect(options).toEqual([
      { value: 'en', label: 'angielski' },
      { value: 'pl', label: 'polski' },
      { value: 'en-GB', label: 'angielski brytyjski' },
      { value: 'cs', label: 'czeski' },
      { value: 'de', label: 'niemiecki' },
    ]);
    expect(languageOptions([{ language: '!!' }], 'en').map((option) => option.value)).toEqual(['en', 'pl']);
    expect(speaks({ language: 'en-GB' }, 'en')).toBe(true);
    expect(speaks({ language: 'en' }, 'en-US')).toBe(true);
    expect(speaks({ language: 'pl' }, 'en')).toBe(false);
  });
});

describe('Listen', () => {
  // jsdom has no sound: the element's methods are watched, everything before them is real.
  let play: ReturnType<typeof vi.spyOn>;
  let pause: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    pause = vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
  });
  afterEach(() => vi.restoreAllMocks());

  it('[SP4] plays what a caller will hear, with the project’s voice settings (LW3)', async () => {
    const project = sampleProject();
    project.settings.speech = { language: 'en', voice: 'en+f2', speed: 1.2 };
    const { user, rendered } = openMessage(project);
    await user.click(screen.getByRole('button', { name: 'Listen' }));
    await user.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(rendered()).toEqual([
      {
        source: {
          kind: 'text',
          text: 'We are open from nine to five.',
          language: 'en',
          voice: 'en+f2',
          speed: 1.2,
          volume: 1,
        },
      },
    ]);
    expect(play).toHaveBeenCalledOnce();
    expect((play.mock.instances[0] as unknown as HTMLAudioElement).src).toBe('data:audio/wav;base64,UklGRg==');
    expect(pause).toHaveBeenCalledOnce();
    expect(screen.getByRole('button', { name: 'Listen' })).toBeEnabled();
  });

  it('[SP5] stops when it has ended, and when the form goes away', async () => {
    const { user, unmount } = openMessage();
    await user.click(screen.getByRole('button', { name: 'Listen' }));
    await screen.findByRole('button', { name: 'Stop' });
    (play.mock.instances[0] as unknown as HTMLAudioElement).dispatchEvent(new Event('ended'));
    await user.click(await screen.findByRole('button', { name: 'Listen' }));
    await screen.findByRole('button', { name: 'Stop' });
    unmount();
    expect(pause).toHaveBeenCalledOnce();
  });

  it('[SP6] can be tried again when the voice fails', async () => {
    const { user, backend } = openMessage();
    backend.failures.set('speech.render', new DialtreeError({ code: 'speech/failed', message: 'No such voice.' }));
    await user.click(screen.getByRole('button', { name: 'Listen' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Listen' })).toBeEnabled());
    expect(play).not.toHaveBeenCalled();
  });
});

describe('files and library prompts', () => {
  it('[SP7] are named, and give way to a text', async () => {
    const project = sampleProject();
    const flow = project.flows.main;
    if (!flow) throw new Error('the sample has a flow');
    project.flows.main = updateNode(flow, 'hours', (node) =>
      node.type === 'say' ? { ...node, data: { ...node.data, prompt: { kind: 'prompt', promptId: 'gone' } } } : node,
    );
    const { user, prompt } = openMessage(project);
    expect(screen.getByText('The prompt was removed')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Use a text instead' }));
    expect(prompt()).toEqual({ kind: 'text', text: '' });
  });
});
