import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { transferFailure } from '../../../renderer/phone/call-transfer.ts';
import { PhonePanel } from '../../../renderer/phone/phone-panel.tsx';
import { phoneCall } from '../../support/phone-call.ts';
import { projectOf, renderApp } from '../../support/render-app.tsx';

async function setUp() {
  const view = renderApp(<PhonePanel />);
  view.session.registration.setState({ status: 'registered' });
  view.session.calls.add(phoneCall({ id: 'a', status: 'active', answeredAtMs: 0 }));
  await view.user.click(await screen.findByRole('button', { name: 'Transfer' }));
  const [colleague] = Object.values(projectOf(view).people);
  if (colleague === undefined) throw new Error('nobody is there');
  return { ...view, colleague };
}

describe('blind transfer', () => {
  it('goes to a colleague by a click', async () => {
    const { session, user, colleague } = await setUp();
    expect(screen.getByLabelText('Colleague or number')).toHaveFocus();
    await user.click(screen.getByRole('button', { name: new RegExp(colleague.name) }));
    expect(session.asked).toEqual([['transfer', 'a', colleague.extension]]);
    expect(screen.queryByLabelText('Colleague or number')).toBeNull();
  });

  it('goes to any number that is typed; typing narrows the colleagues', async () => {
    const { session, user, colleague } = await setUp();
    await user.type(screen.getByLabelText('Colleague or number'), '999');
    expect(screen.queryByRole('button', { name: new RegExp(colleague.name) })).toBeNull();
    await user.keyboard('{Enter}');
    expect(session.asked).toEqual([['transfer', 'a', '999']]);
  });

  it('is left by Escape, and the call is kept', async () => {
    const { session, user } = await setUp();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Transfer' })).toBeEnabled();
    expect(session.asked).toEqual([]);
  });

  it('tells that it goes on, then why it failed; then it may be tried again', async () => {
    const { session, user } = await setUp();
    await user.keyboard('{Escape}');
    session.calls.change('a', { transfer: { to: '102', status: 'asked', failure: null } });
    expect(await screen.findByText('Transferring to 102…')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Transfer' })).toBeDisabled();
    session.calls.change('a', { transfer: { to: '102', status: 'failed', failure: 'busy' } });
    expect(await screen.findByRole('alert')).toHaveTextContent('102 is busy. The call is still yours.');
    expect(screen.getByRole('button', { name: 'Transfer' })).toBeEnabled();
  });
});

describe('attended transfer', () => {
  const talkTo = (id: string, name: string, held = false) =>
    phoneCall({ id, status: 'active', answeredAtMs: 0, held, remote: { number: id, name } });

  it('connects the call on hold with the one talked in', async () => {
    const { session, user } = renderApp(<PhonePanel />);
    session.calls.add(talkTo('a', 'Ann', true));
    expect(screen.queryByRole('button', { name: 'Connect both' })).toBeNull();
    session.calls.add(talkTo('b', 'Bob'));
    await user.click(await screen.findByRole('button', { name: 'Connect both' }));
    expect(session.asked).toEqual([['connectBoth', 'b', 'a']]);
  });

  it('lets choose among several calls on hold', async () => {
    const { session, user } = renderApp(<PhonePanel />);
    session.calls.add(talkTo('a', 'Ann', true));
    session.calls.add(talkTo('b', 'Bob', true));
    session.calls.add(talkTo('c', 'Eve'));
    await user.click(await screen.findByRole('button', { name: 'Connect with Bob' }));
    expect(session.asked).toEqual([['connectBoth', 'c', 'b']]);
  });
});

it.each([
  [486, 'busy'],
  [480, 'no-answer'],
  [603, 'not-possible'],
  [481, 'call-gone'],
  [undefined, 'failed'],
] as const)('takes %s of the PBX as "%s"', (status, failure) => {
  expect(transferFailure(status)).toBe(failure);
});
