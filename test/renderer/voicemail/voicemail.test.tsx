import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Rail } from '../../../renderer/app/frame/rail.tsx';
import { VoicemailPage } from '../../../renderer/app/pages/voicemail-page.tsx';
import { DeskVoicemail } from '../../../renderer/desk/desk-voicemail.tsx';
import type { VoicemailMessage } from '../../../shared/bridge/voicemail.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { renderApp, testWindow } from '../../support/render-app.tsx';

const message = (index: number, part: Partial<VoicemailMessage> = {}): VoicemailMessage => ({
  id: `0000000${index}-0000-4000-8000-000000000000`,
  mailbox: { kind: 'general' },
  caller: { number: '+48600', name: '' },
  dialled: '100',
  callId: 'c',
  startedAtMs: Date.UTC(2026, 0, 5, 9, index),
  durationMs: 65_400,
  heard: false,
  ...part,
});

/** jsdom plays nothing: what is asked to play is noted. */
function notePlaying() {
  const played: string[] = [];
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => {});
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
    played.push(this.src.slice(0, 15));
    return Promise.resolve();
  });
  return played;
}

afterEach(() => vi.restoreAllMocks());

describe('voicemail', () => {
  it('lists who called, when, for whom and how long; new ones stand out', () => {
    const given = testWindow();
    const view = renderApp(<VoicemailPage />, given);
    expect(screen.getByText('No messages.')).toBeInTheDocument();
    act(() =>
      given.backend.setMessages([
        message(2, { caller: { number: '1', name: 'Eve' }, mailbox: { kind: 'person', personId: 'ann' }, heard: true }),
        message(1, { mailbox: { kind: 'queue', queueId: 'gone' } }),
      ]),
    );
    expect(screen.getByText('2 messages')).toBeInTheDocument();
    const [first, second] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent(/Eve.*Ann Smith.*1:05/);
    expect(second).toHaveTextContent(/\+48600.*The queue was removed.*new/);
    expect(first).not.toHaveTextContent('new');
    expect(view.stores.voicemail.getState().messages).toHaveLength(2);
  });

  it('plays one at a time and so makes it heard; marks it as new again; deletes it', async () => {
    const played = notePlaying();
    const given = testWindow();
    const { user } = renderApp(<VoicemailPage />, given);
    act(() => given.backend.setMessages([message(1)]));
    await user.click(screen.getByRole('button', { name: /^Play the message of \+48600/ }));
    await waitFor(() => expect(given.backend.messages[0]?.heard).toBe(true));
    expect(played).toEqual(['data:audio/wav;']);
    await user.click(screen.getByRole('button', { name: /^Stop the message/ }));
    await user.click(screen.getByRole('button', { name: /as new$/ }));
    await waitFor(() => expect(given.backend.messages[0]?.heard).toBe(false));
    await user.click(screen.getByRole('button', { name: /^Delete the message/ }));
    await waitFor(() => expect(screen.getByText('No messages.')).toBeInTheDocument());
  });

  it('says why a message cannot be played', async () => {
    notePlaying();
    const given = testWindow();
    const { user } = renderApp(
      <>
        <Notifications />
        <VoicemailPage />
      </>,
      given,
    );
    act(() => given.backend.setMessages([message(1)]));
    const gone = new DialtreeError({ code: 'voicemail/unknown', message: 'This message is not there any more.' });
    given.backend.failures.set('voicemail.audio', gone);
    await user.click(screen.getByRole('button', { name: /^Play the message/ }));
    expect(await screen.findByText('This message is not there any more.')).toBeInTheDocument();
  });

  it('shows an operator their own, those of their queues, and those for everyone', () => {
    const given = testWindow();
    renderApp(<DeskVoicemail personId="ann" />, given);
    expect(screen.queryByRole('heading')).not.toBeInTheDocument();
    act(() =>
      given.backend.setMessages([
        message(1, { caller: { number: '1', name: 'Own' }, mailbox: { kind: 'person', personId: 'ann' } }),
        message(2, { caller: { number: '2', name: 'Other' }, mailbox: { kind: 'person', personId: 'bob' } }),
        message(3, {
          caller: { number: '3', name: 'Queue' },
          mailbox: { kind: 'queue', queueId: 'sales' },
          heard: true,
        }),
        message(4, { caller: { number: '4', name: 'All' } }),
      ]),
    );
    expect(screen.getByRole('heading')).toHaveTextContent('Voicemail · 2 new messages');
    expect(screen.getAllByRole('listitem').map((item) => item.querySelector('strong')?.textContent)).toEqual([
      'Own',
      'Queue',
      'All',
    ]);
  });

  it('counts new ones in the rail', () => {
    const given = testWindow();
    renderApp(<Rail />, given);
    act(() => given.backend.setMessages([message(1), message(2, { heard: true })]));
    expect(screen.getByLabelText('1 new message')).toHaveTextContent('1');
  });
});
