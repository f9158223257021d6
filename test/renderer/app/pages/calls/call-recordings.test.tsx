import { Notifications } from '@mantine/notifications';
import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallsPage } from '../../../../../renderer/app/pages/calls/calls-page.tsx';
import type { Recording } from '../../../../../shared/bridge/recordings.ts';
import { DialtreeError } from '../../../../../shared/lib/errors.ts';
import { callRecord } from '../../../../support/fake-call-log.ts';
import { renderApp, testWindow } from '../../../../support/render-app.tsx';

const ID = '00000000-0000-4000-8000-000000000001';

const recording = (part: Partial<Recording> = {}): Recording => ({
  id: ID,
  callId: ID,
  projectId: 'p',
  queueId: 'help',
  personId: 'nobody',
  caller: { number: '600', name: '' },
  startedAtMs: 0,
  durationMs: 83_000,
  sampleRate: 8000,
  pauses: [],
  endedBy: 'end',
  ...part,
});

/** The only call, with its details open. */
async function open(recordings: readonly Recording[], role?: 'operator') {
  const given = testWindow();
  given.backend.callLog.calls = [{ call: callRecord({ callId: ID, caller: { number: '600', name: '' } }), trace: [] }];
  given.backend.recordings = [...recordings];
  if (role) given.stores.ui.setState({ role });
  const view = renderApp(
    <>
      <Notifications />
      <CallsPage />
    </>,
    given,
  );
  await view.user.click(await screen.findByRole('button', { name: /Details of the call of 600/ }));
  await screen.findByText('This call went through no flow.');
  return view;
}

const played: string[] = [];
beforeEach(() => {
  played.length = 0;
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:recording');
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(async function (this: HTMLMediaElement) {
    played.push(`play ${this.src} ${this.currentTime}`);
    this.dispatchEvent(new Event('play'));
  });
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(function (this: HTMLMediaElement) {
    played.push('pause');
    this.dispatchEvent(new Event('pause'));
  });
});
afterEach(() => vi.restoreAllMocks());

describe('the recordings of a call', () => {
  it('are not spoken of where there are none', async () => {
    await open([]);
    expect(screen.queryByRole('region', { name: /ecording/ })).toBeNull();
  });

  it('say what is on which side, what ended them, and what was left out', async () => {
    const pauses = [
      { atMs: 31_000, durationMs: 12_000 },
      { atMs: 60_000, durationMs: null },
    ];
    await open([recording({ endedBy: 'hold', pauses }), recording({ id: `${ID}_2`, endedBy: null })]);
    const region = await screen.findByRole('region', { name: '2 recordings' });
    expect(region).toHaveTextContent(
      'Recording 1, until the call was held. On the left 600, on the right the operator.',
    );
    expect(region).toHaveTextContent('At 0:31: 0:12 left out');
    expect(region).toHaveTextContent('At 1:00: all that followed was left out');
    expect(region).toHaveTextContent('Recording 2, cut off.');
    expect(region).toHaveTextContent('0:00 / 1:23');
  });

  it('are played, from where the slider stands, and paused', async () => {
    const view = await open([recording({ pauses: [{ atMs: 31_000, durationMs: 12_000 }] })]);
    const slider = await screen.findByRole('slider', { name: 'Position in Recording 1' });
    await view.user.click(screen.getByRole('button', { name: 'At 0:31: 0:12 left out' }));
    expect(slider).toHaveAttribute('aria-valuetext', '0:31');
    await view.user.click(screen.getByRole('button', { name: 'Play Recording 1' }));
    const pause = await screen.findByRole('button', { name: 'Pause Recording 1' });
    expect(played).toEqual(['play blob:recording 31']);
    slider.focus();
    await view.user.keyboard('{ArrowRight}');
    expect(slider).toHaveAttribute('aria-valuenow', '31100');
    await view.user.click(pause);
    expect(await screen.findByRole('button', { name: 'Play Recording 1' })).toBeInTheDocument();
    await view.user.click(screen.getByRole('button', { name: 'Play Recording 1' }));
    // The sound is asked for once.
    expect(view.backend.asked.filter(({ name }) => name === 'recordings.audio')).toHaveLength(1);
    view.unmount();
    expect(played.at(-1)).toBe('pause');
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:recording');
  });

  it('are saved by their names', async () => {
    const view = await open([recording()]);
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    await view.user.click(await screen.findByRole('button', { name: 'Download Recording 1' }));
    await vi.waitFor(() => expect(names).toEqual([`${ID}.wav`]));
  });

  it('are deleted only after a question, and only by a supervisor', async () => {
    const view = await open([recording()]);
    await view.user.click(await screen.findByRole('button', { name: 'Delete Recording 1' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete this recording?' });
    await view.user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(view.backend.recordings).toHaveLength(1);
    await view.user.click(screen.getByRole('button', { name: 'Delete Recording 1' }));
    await view.user.click(await screen.findByRole('button', { name: 'Delete' }));
    await vi.waitFor(() => expect(screen.queryByRole('region', { name: 'Recording' })).toBeNull());
    expect(view.backend.recordings).toEqual([]);
    view.unmount();
    await open([recording()], 'operator');
    await screen.findByRole('button', { name: 'Play Recording 1' });
    expect(screen.queryByRole('button', { name: 'Delete Recording 1' })).toBeNull();
  });

  it('come by themselves, and tell when they cannot be had', async () => {
    const view = await open([]);
    view.backend.recordings = [recording()];
    act(() => view.backend.emit('recordings.changed', { callId: 'another' }));
    act(() => view.backend.emit('recordings.changed', { callId: ID }));
    const play = await screen.findByRole('button', { name: 'Play Recording 1' });
    const gone = { code: 'recording/unknown', message: 'This recording is not there any more.' };
    view.backend.failures.set('recordings.audio', new DialtreeError(gone));
    await view.user.click(play);
    expect(await screen.findByText('This recording is not there any more.')).toBeInTheDocument();
  });
});
