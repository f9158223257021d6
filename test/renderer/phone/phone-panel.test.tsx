import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PhonePanel } from '../../../renderer/phone/phone-panel.tsx';
import { phoneCall } from '../../support/phone-call.ts';
import { renderApp } from '../../support/render-app.tsx';

function setUp() {
  const view = renderApp(<PhonePanel />);
  view.session.registration.setState({ status: 'registered' });
  return view;
}

describe('PhonePanel', () => {
  it('calls what is typed, and clears the field', async () => {
    const { session, user } = setUp();
    await user.type(screen.getByLabelText('Number or extension'), '101{Enter}');
    expect(session.asked).toEqual([['call', '101']]);
    expect(screen.getByLabelText('Number or extension')).toHaveValue('');
  });

  it('cannot call while it is not registered', async () => {
    const { session } = setUp();
    session.registration.setState({ status: 'connecting' });
    expect(await screen.findByText('Connecting')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Call' })).toBeDisabled();
  });

  it('answers and declines a call that rings, and does not take the focus', async () => {
    const { session, user } = setUp();
    const field = screen.getByLabelText('Number or extension');
    await user.click(field);
    session.calls.add(
      phoneCall({ id: 'a', direction: 'incoming', status: 'ringing', remote: { number: '102', name: 'Ann' } }),
    );
    const card = await screen.findByRole('alert');
    expect(card).toHaveTextContent('Ann');
    expect(field).toHaveFocus();
    await user.click(within(card).getByRole('button', { name: 'Answer' }));
    await user.click(within(card).getByRole('button', { name: 'Decline' }));
    expect(session.asked).toEqual([
      ['answer', 'a'],
      ['hangUp', 'a'],
    ]);
  });

  it('mutes, holds, sends keys and hangs up during a call', async () => {
    const { session, user } = setUp();
    session.calls.add(phoneCall({ id: 'a', status: 'active', answeredAtMs: 0 }));
    await user.click(await screen.findByRole('button', { name: 'Mute' }));
    await user.click(screen.getByRole('button', { name: 'Hold' }));
    await user.click(screen.getByRole('button', { name: 'Key 5' }));
    await user.click(screen.getByRole('button', { name: 'Key #' }));
    await user.click(screen.getByRole('button', { name: 'Hang up' }));
    expect(session.asked).toEqual([
      ['setMuted', 'a', true],
      ['setHeld', 'a', true],
      ['sendDigit', 'a', '5'],
      ['sendDigit', 'a', '#'],
      ['hangUp', 'a'],
    ]);
  });

  it('shows what a call is: audio still connecting, held by the other side, silent microphone, keys sent', async () => {
    const { session } = setUp();
    session.calls.setState({ microphoneError: { code: 'phone/no-microphone', message: 'NotFoundError' } });
    session.calls.add(phoneCall({ status: 'active', answeredAtMs: 0, heldByOther: true, digits: '12#' }));
    expect(await screen.findByText('Connecting audio…')).toBeInTheDocument();
    expect(screen.getByText('The other side put the call on hold')).toBeInTheDocument();
    expect(screen.getByText('12#')).toBeInTheDocument();
    expect(screen.getByText(/No microphone was found/)).toBeInTheDocument();
  });

  it.each([
    ['missed', 'Missed'],
    ['rejected', 'Declined'],
    ['answered-elsewhere', 'Answered by someone else'],
    ['not-found', 'There is no such number'],
  ] as const)('says of an ended call that it was %s, and lets go of it', async (end, text) => {
    const { session, user } = setUp();
    session.calls.add(phoneCall({ id: 'a', status: 'ended', end }));
    expect(await screen.findByText(text)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(session.asked).toEqual([['forget', 'a']]);
  });

  it('tells a trouble in words, a passing one without alarm', async () => {
    const { session } = setUp();
    session.state.setState({ error: { code: 'phone/not-dialable', message: 'raw' } });
    expect(await screen.findByText(/This cannot be dialled/)).toBeInTheDocument();
    session.state.setState({ error: { code: 'something/new', message: 'Raw words.', hint: 'Do this.' } });
    expect(await screen.findByText('Raw words. Do this.')).toBeInTheDocument();
  });
});
