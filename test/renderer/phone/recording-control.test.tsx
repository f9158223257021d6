import { Notifications } from '@mantine/notifications';
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CallCard } from '../../../renderer/phone/call-card.tsx';
import type { PhoneCall } from '../../../renderer/phone/phone-types.ts';
import type { CallSummary } from '../../../shared/bridge/pbx.ts';
import type { RecordingState } from '../../../shared/bridge/recordings.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { phoneCall } from '../../support/phone-call.ts';
import { renderApp, testWindow } from '../../support/render-app.tsx';

const OFF: RecordingState = { mode: 'on-request', state: 'off', sinceMs: 0, recordedMs: 0, error: null };

const SUMMARY: CallSummary = {
  callId: 'c1',
  caller: { number: '600', name: '' },
  dialled: '100',
  flowId: 'main',
  startedAtMs: 0,
  endedAtMs: null,
  phase: 'talking',
  queueId: 'help',
  personId: 'ann',
  endCause: null,
  countdown: null,
};

/** A call at the operator's phone whose recording stands so. */
function open(recording: RecordingState | null, part: Partial<PhoneCall> = {}) {
  const given = testWindow();
  const context = { callId: 'c1', queue: 'Help', waitedMs: 0, path: [] };
  const view = renderApp(
    <>
      <Notifications />
      <CallCard call={phoneCall({ status: 'active', answeredAtMs: 0, context, ...part })} />
    </>,
    given,
  );
  act(() => given.backend.changeCall({ ...SUMMARY, recording }));
  return view;
}

const group = () => screen.findByRole('group', { name: 'Recording of the call' });
const buttons = async () =>
  within(await group())
    .queryAllByRole('button')
    .map((button) => button.textContent);

describe('recording at the call card', () => {
  it('is not there where the queue does not allow it', () => {
    open(null);
    expect(screen.queryByRole('group', { name: 'Recording of the call' })).toBeNull();
  });

  it('starts, pauses, resumes and stops by the keyboard, says how it stands, and counts the time', async () => {
    const view = open(OFF);
    expect(await buttons()).toEqual(['Record']);
    const press = async (name: string) => {
      screen.getByRole('button', { name }).focus();
      await act(async () => view.user.keyboard('{Enter}'));
    };
    await press('Record');
    const status = within(await group()).getByRole('status');
    expect(status).toHaveTextContent('Recording');
    act(() => view.backend.changeRecording('c1', { ...OFF, state: 'recording', sinceMs: view.clock.wallMs() }));
    act(() => view.clock.advance(61_000));
    expect(within(await group()).getByText('1:01')).toBeInTheDocument();
    expect(await buttons()).toEqual(['Pause recording', 'Stop recording']);
    await press('Pause recording');
    expect(status).toHaveTextContent('Recording paused');
    expect(await buttons()).toEqual(['Resume recording', 'Stop recording']);
    await press('Resume recording');
    await press('Stop recording');
    expect(status).toHaveTextContent('Not recorded now');
    const actions = view.backend.asked.filter(({ name }) => name === 'calls.record').map(({ input }) => input);
    expect(actions).toEqual(['start', 'pause', 'resume', 'stop'].map((action) => ({ callId: 'c1', action })));
  });

  it('while the notice is heard it can still be called off, unless every call is recorded', async () => {
    const view = open({ ...OFF, state: 'notice' });
    expect(await group()).toHaveTextContent('You both hear that the call is recorded');
    expect(await buttons()).toEqual(['Do not record']);
    act(() => view.backend.changeRecording('c1', { ...OFF, mode: 'always', state: 'notice' }));
    expect(await buttons()).toEqual([]);
    act(() => view.backend.changeRecording('c1', { ...OFF, mode: 'always', state: 'recording' }));
    expect(await buttons()).toEqual(['Pause recording']);
  });

  it('tells why there is none, and offers to begin again what failed', async () => {
    const error = {
      code: 'recording/disk-full',
      message: 'The recording has stopped: the disk is full.',
      hint: 'Free.',
    };
    const view = open({ ...OFF, mode: 'always', error });
    expect(await screen.findByRole('alert')).toHaveTextContent('the disk is full. Free.');
    expect(await buttons()).toEqual(['Record']);
    const refused = { code: 'recording/refused', message: 'The caller does not agree.' };
    act(() => view.backend.changeRecording('c1', { ...OFF, error: refused }));
    expect(screen.getByRole('alert')).toHaveTextContent('The caller does not agree.');
    expect(await buttons()).toEqual([]);
  });

  it('does nothing while the call is on hold, and tells what the phone system refuses', async () => {
    const held = open(OFF, { held: true });
    expect(await screen.findByRole('button', { name: 'Record' })).toBeDisabled();
    held.unmount();
    const view = open(OFF);
    const refusal = { code: 'recording/no-call', message: 'This call is over.' };
    view.backend.failures.set('calls.record', new DialtreeError(refusal));
    await view.user.click(await screen.findByRole('button', { name: 'Record' }));
    expect(await screen.findByText('This call is over.')).toBeInTheDocument();
  });
});
