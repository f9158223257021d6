import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Desk } from '../../../renderer/desk/desk.tsx';
import type { PhoneOwner } from '../../../renderer/phone/phone-session.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { phoneCall } from '../../support/phone-call.ts';
import { renderApp, testWindow } from '../../support/render-app.tsx';

function setUp(owner: PhoneOwner) {
  const given = testWindow(sampleProject('en'));
  given.session.state.setState({ owner });
  return renderApp(<Desk />, given);
}

const PERSON: PhoneOwner = { kind: 'person', personId: 'sales' };

describe('signing in', () => {
  it('asks who sits here, in order of extensions', async () => {
    const { session, user } = setUp({ kind: 'none' });
    const people = within(screen.getByRole('list', { name: 'Choose your name' })).getAllByRole('button');
    expect(people.map((person) => person.textContent)).toEqual(expect.arrayContaining(['Emma Hughes101']));
    expect(people[0]).toHaveTextContent('101');
    await user.click(screen.getByRole('button', { name: /Oliver Grant/ }));
    expect(session.asked).toEqual([['setOwner', PERSON]]);
  });

  it('takes another SIP account on this machine only, and a user that is one', async () => {
    const { session, user } = setUp({ kind: 'none' });
    await user.click(screen.getByRole('button', { name: 'Use another SIP account' }));
    const [server, name, password] = [
      screen.getByLabelText('Server (WebSocket address)'),
      screen.getByLabelText('SIP user'),
      screen.getByLabelText('Password'),
    ];
    const submit = screen.getByRole('button', { name: 'Sign in' });
    await user.type(server, 'wss://pbx.example.com/ws');
    await user.type(name, 'bad user');
    await user.type(password, 'secret');
    expect(screen.getByText(/A ws:\/\/ address on this machine/)).toBeInTheDocument();
    expect(screen.getByText(/Letters, digits and/)).toBeInTheDocument();
    expect(submit).toBeDisabled();
    await user.clear(server);
    await user.type(server, 'ws://127.0.0.1:8088/ws');
    await user.clear(name);
    await user.type(name, '1001');
    await user.click(submit);
    expect(session.asked).toEqual([
      [
        'setOwner',
        {
          kind: 'account',
          account: {
            wsUrl: 'ws://127.0.0.1:8088/ws',
            uri: 'sip:1001@127.0.0.1',
            user: '1001',
            password: 'secret',
            displayName: '1001',
            personId: null,
          },
        },
      ],
    ]);
  });
});

describe('the desk', () => {
  it.each([
    ['registered', 'Available'],
    ['connecting', 'Not connected'],
    ['refused', 'Not connected'],
  ] as const)('shows %s as %s', async (status, text) => {
    const { session } = setUp(PERSON);
    session.registration.setState({ status });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('shows an incoming call with its queue, its wait and the way the caller took', async () => {
    const { session } = setUp(PERSON);
    session.calls.add(
      phoneCall({
        direction: 'incoming',
        status: 'ringing',
        remote: { number: '600100200', name: '' },
        context: {
          callId: 'c',
          queue: 'Sales',
          waitedMs: 67_000,
          path: [
            { node: 'Main menu', digits: '1' },
            { node: 'Sales team', digits: '' },
          ],
          language: 'pl',
        },
      }),
    );
    const card = await screen.findByRole('alert');
    expect(card).toHaveTextContent('600100200');
    expect(card).toHaveTextContent('Queue Sales · waited 1:07');
    expect(card).toHaveTextContent('Language: Polish');
    const path = within(card).getByRole('list', { name: 'Path through the menu' });
    expect(
      within(path)
        .getAllByRole('listitem')
        .map((step) => step.textContent),
    ).toEqual(['Main menu1', 'Sales team']);
    expect(screen.getByText('Ringing')).toBeInTheDocument();
  });

  it('shows who wants to be called back, calls them, and lets them go when that is done', async () => {
    const { session, user, backend } = setUp(PERSON);
    const callback = { id: 'x', number: '600100200', name: '', queueId: 'q', queue: 'Sales', requestedAtMs: 0 };
    expect(screen.queryByRole('region', { name: 'To be called back' })).not.toBeInTheDocument();
    backend.callbacks = [callback];
    act(() => backend.emit('callbacks.changed', backend.callbacks));
    const list = within(await screen.findByRole('region', { name: 'To be called back' }));
    expect(list.getByRole('listitem')).toHaveTextContent('600100200 · Sales');
    await user.click(list.getByRole('button', { name: 'Call 600100200' }));
    expect(session.asked).toEqual([['call', '600100200']]);
    await user.click(list.getByRole('button', { name: '600100200 was called back' }));
    await waitFor(() => expect(screen.queryByText(/Sales/)).not.toBeInTheDocument());
    expect(backend.callbacks).toEqual([]);
  });

  it('shows how often a caller was tried in vain, and why it is not tried again', async () => {
    const { backend } = setUp(PERSON);
    const tries = { attempts: 3, triedAtMs: 0, outcome: 'no-answer', failed: true } as const;
    backend.callbacks = [{ id: 'x', number: '600', name: '', queueId: 'q', queue: 'Sales', requestedAtMs: 0, tries }];
    act(() => backend.emit('callbacks.changed', backend.callbacks));
    const list = within(await screen.findByRole('region', { name: 'To be called back' }));
    expect(list.getByRole('listitem')).toHaveTextContent('tried 3 times: no answer; not tried again');
  });

  it('keeps ended calls in the history, and calls back', async () => {
    const { session, user } = setUp(PERSON);
    session.calls.add(
      phoneCall({ direction: 'incoming', status: 'ended', end: 'missed', remote: { number: '600', name: 'Ann' } }),
    );
    const history = screen.getByRole('region', { name: 'Calls of this session' });
    expect(await within(history).findByText('Missed')).toBeInTheDocument();
    await user.click(within(history).getByRole('button', { name: 'Call 600' }));
    expect(session.asked).toEqual([['call', '600']]);
  });

  it('signs out', async () => {
    const { session, user } = setUp(PERSON);
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByText('Who are you?')).toBeInTheDocument();
    expect(session.asked).toEqual([['setOwner', { kind: 'none' }]]);
  });
});
