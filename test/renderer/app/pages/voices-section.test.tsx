import { Notifications } from '@mantine/notifications';
import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SettingsPage } from '../../../../renderer/app/pages/settings-page.tsx';
import type { Voice } from '../../../../shared/bridge/speech.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';

const GOSIA: Voice = { id: 'piper:pl_PL-gosia-medium', name: 'Gosia (medium)', language: 'pl-PL', engine: 'piper' };
const ALEX: Voice = { id: 'say:Alex', name: 'Alex', language: 'en-US', engine: 'system' };

function open() {
  const given = testWindow();
  given.backend.voices = [GOSIA, ALEX, ...given.backend.voices];
  return renderApp(
    <>
      <Notifications />
      <SettingsPage />
    </>,
    given,
  );
}

const list = () => screen.findByRole('list', { name: 'Voices found' });
const names = async () =>
  within(await list())
    .getAllByRole('listitem')
    .map((line) => line.querySelector('span')?.textContent);

afterEach(() => vi.restoreAllMocks());

describe('the voices of this computer', () => {
  it('are listed by language, and listened to at once', async () => {
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => {});
    const view = open();
    expect(await names()).toEqual([
      'AlexThis computer’s system · en-US',
      'EnglishEmbedded · en',
      'English, femaleEmbedded · en',
    ]);
    await view.user.click(screen.getByRole('combobox', { name: 'Voices of' }));
    await view.user.click(screen.getByRole('option', { name: 'Polish' }));
    expect(await names()).toEqual(['Gosia (medium)Piper · pl-PL', 'PolskiEmbedded · pl']);
    await view.user.click(screen.getByRole('button', { name: 'Listen: Gosia (medium)' }));
    await screen.findByRole('button', { name: 'Stop: Gosia (medium)' });
    const [asked] = view.backend.asked.filter(({ name }) => name === 'speech.render');
    expect(asked?.input).toMatchObject({
      source: { voice: GOSIA.id, language: 'pl-PL', text: expect.stringMatching(/^Dzień dobry/) },
    });
  });

  it('of Piper are looked for in a folder, chosen or typed; what is wrong with it is told there', async () => {
    const view = open();
    view.backend.folderChosen = '/home/ann/voices';
    await view.user.click(await screen.findByRole('button', { name: 'Choose…' }));
    const folder = screen.getByRole('textbox', { name: 'Folder with voices of Piper' });
    await vi.waitFor(() => expect(view.backend.speech.settings.piperFolder).toBe('/home/ann/voices'));
    expect(folder).toHaveValue('/home/ann/voices');
    const problem = { code: 'speech/piper-missing', message: 'Piper is not installed.', hint: 'Install it.' };
    view.backend.speech = { ...view.backend.speech, problem };
    await view.user.clear(folder);
    await view.user.type(folder, '/other{Enter}');
    expect(await screen.findByText('Piper is not installed. Install it.')).toBeInTheDocument();
    expect(folder).toBeInvalid();
    view.backend.failures.set('speech.setUp', new DialtreeError({ code: 'speech/not-a-folder', message: 'No path.' }));
    await view.user.click(screen.getByRole('button', { name: 'Look for voices' }));
    expect(await screen.findByText('No path.')).toBeInTheDocument();
    await view.user.clear(folder);
    await view.user.click(screen.getByRole('button', { name: 'Look for voices' }));
    await vi.waitFor(() => expect(view.backend.speech.settings.piperFolder).toBeNull());
    // The list is asked for anew each time.
    expect(view.backend.asked.filter(({ name }) => name === 'speech.voices').length).toBeGreaterThan(2);
  });

  it('are chosen for the project by where they come from; one that is not here stays, and is told', async () => {
    const view = open();
    await view.user.click(await screen.findByRole('combobox', { name: 'Voice' }));
    await view.user.click(await screen.findByRole('option', { name: 'Alex' }));
    expect(projectOf(view).settings.speech.voice).toBe('say:Alex');
    expect(screen.queryByText(/does not have this voice/)).toBeNull();
    view.backend.voices = view.backend.voices.filter(({ id }) => id !== ALEX.id);
    view.backend.emit('speech.changed', {});
    expect(await screen.findByText(/does not have this voice/)).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Voice' })).toHaveValue('say:Alex');
    expect(projectOf(view).settings.speech.voice).toBe('say:Alex');
  });
});
