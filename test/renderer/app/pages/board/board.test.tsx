import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { BoardPage } from '../../../../../renderer/app/pages/board/board-page.tsx';
import { waitingCallers } from '../../../../../renderer/app/pages/board/waiting.ts';
import { CallCard } from '../../../../../renderer/phone/call-card.tsx';
import { QueueSchema } from '../../../../../shared/flow/project.ts';
import { callSummary } from '../../../../support/fake-bridge.ts';
import { phoneCall } from '../../../../support/phone-call.ts';
import { renderApp, testWindow } from '../../../../support/render-app.tsx';
import { sampleProject } from '../../../../support/sample-project.ts';

function setUp() {
  const project = sampleProject();
  project.people = { ann: { name: 'Ann', extension: '101' }, bob: { name: 'Bob', extension: '102' } };
  const queue = (name: string, ...members: string[]) =>
    QueueSchema.parse({ name, members: members.map((personId) => ({ personId })), answerWithinMs: 10_000 });
  project.queues = { sales: queue('Sales', 'ann', 'bob'), help: queue('Help', 'ann') };
  return renderApp(<BoardPage />, testWindow(project));
}

const row = (name: RegExp) => screen.getByRole('row', { name });

function wait(given: ReturnType<typeof setUp>, callId: string, sinceMs: number, queueId = 'sales') {
  const caller = { number: '600', name: 'Żaneta' };
  act(() => {
    given.backend.changeCall(callSummary({ callId, caller, phase: 'queued', queueId, waitingSinceMs: sinceMs }));
    given.clock.advance(1000);
  });
}

describe('the wallboard', () => {
  it('shows who waits and for how long, marks who waits too long, and moves them', async () => {
    const given = setUp();
    await screen.findByRole('table', { name: 'Queues' });
    wait(given, 'a', given.clock.wallMs() - 4000);
    await waitFor(() => expect(row(/Sales/)).toHaveTextContent(/10:05/));
    expect(row(/Sales/).querySelector('[data-late]')).toBeNull();
    act(() => given.clock.advance(5000));
    await waitFor(() => expect(row(/Sales/).querySelector('[data-late]')).toHaveTextContent('0:10'));

    await given.user.click(screen.getByRole('button', { name: 'Callers of Sales' }));
    const callers = screen.getByRole('list', { name: 'Callers who wait in Sales' });
    expect(callers).toHaveTextContent('Żaneta 600');
    await given.user.selectOptions(within(callers).getByLabelText('Move Żaneta to another queue'), 'Help');
    act(() => given.clock.advance(1000));
    await waitFor(() => expect(screen.getByText('Nobody waits.')).toBeInTheDocument());
    expect(row(/Help/)).toHaveTextContent(/10:1/);
  });

  it('shows what became of the calls of today, with the service level', async () => {
    const given = setUp();
    given.backend.callLog.queues = [{ queueId: 'sales', answered: 6, abandoned: 2, within: 4 }];
    act(() => {
      given.backend.emit('callLog.changed', {});
      given.clock.advance(1000);
    });
    await waitFor(() => expect(row(/Sales/)).toHaveTextContent('6250% answered within 10 s'));
    expect(row(/Help/)).toHaveTextContent('00– answered within 10 s');
  });

  it('shows operators as they change, and who is there for a queue', async () => {
    const given = setUp();
    await screen.findByRole('table', { name: 'Operators' });
    expect(row(/^Ann/)).toHaveTextContent('Not connected');
    act(() => {
      given.backend.changeOperator('ann', { sinceMs: given.clock.wallMs() - 60_000, outOf: ['help'] });
      given.backend.changeOperator('bob', { chosen: { kind: 'paused', reason: 'Lunch' } });
      given.clock.advance(1000);
    });
    await waitFor(() => expect(row(/^Ann/)).toHaveTextContent('Available1:011 of 2'));
    expect(row(/^Bob/)).toHaveTextContent('Paused: Lunch');
    expect(row(/Sales/)).toHaveTextContent('1 / 2');
    expect(row(/Help/)).toHaveTextContent('0 / 0');
    await given.user.selectOptions(screen.getByLabelText('In state'), 'Paused');
    expect(screen.queryByRole('row', { name: /^Ann/ })).not.toBeInTheDocument();
    await given.user.type(screen.getByLabelText('Name or extension'), 'xyz');
    expect(await screen.findByText('Nobody fits these filters.')).toBeInTheDocument();
  });

  it('calls into the conversation of an operator, whose card then chooses what the supervisor does', async () => {
    const given = setUp();
    const open = () => given.user.click(screen.getByRole('button', { name: 'State and queues of Ann' }));
    await screen.findByRole('table', { name: 'Operators' });
    await open();
    expect(await screen.findByRole('menu')).not.toHaveTextContent('Listen to the conversation');
    await given.user.keyboard('{Escape}');
    act(() => given.backend.changeCall(callSummary({ callId: 'c-1', personId: 'ann', phase: 'talking' })));
    await open();
    await given.user.click(await screen.findByRole('menuitem', { name: 'Listen to the conversation' }));
    expect(given.session.asked).toContainEqual(['call', 'supervise.c-1', 'Conversation of Ann']);
    const call = phoneCall({ status: 'active', remote: { number: 'supervise.c-1', name: '' }, digits: '5' });
    const card = renderApp(<CallCard call={call} />, given);
    act(() => given.backend.changeCall(callSummary({ callId: 'c-1', phase: 'talking', supervision: 'whisper' })));
    await waitFor(() => expect(card.getByRole('radio', { name: 'Whisper' })).toBeChecked());
    expect(card.queryByTestId('keys-sent')).toBeNull();
    await given.user.click(card.getByRole('radio', { name: 'Join' }));
    expect(given.session.asked).toContainEqual(['sendDigit', 'call', '6']);
  });

  it('pauses an operator and logs them in and out of queues', async () => {
    const given = setUp();
    await given.user.click(await screen.findByRole('button', { name: 'State and queues of Ann' }));
    const menu = await screen.findByRole('menu');
    await given.user.click(within(menu).getByRole('menuitemcheckbox', { name: 'Help' }));
    await waitFor(() => expect(given.backend.operators.get('ann')?.outOf).toEqual(['help']));
    await given.user.click(within(menu).getByRole('menuitemradio', { name: 'Training' }));
    act(() => given.clock.advance(1000));
    await waitFor(() => expect(row(/^Ann/)).toHaveTextContent('Paused: Training'));
  });
});

it('a list of who waits stays the same while nothing of it has changed', () => {
  const queued = (callId: string, queueId: string, waitingSinceMs: number) => ({
    [callId]: { summary: callSummary({ callId, queueId, phase: 'queued', waitingSinceMs }), trace: [] },
  });
  const first = waitingCallers({ calls: { ...queued('a', 'q', 2), ...queued('b', 'q', 1) } }, new Map());
  expect(first.get('q')?.map(({ callId }) => callId)).toEqual(['b', 'a']);
  expect(waitingCallers({ calls: { ...queued('a', 'q', 2), ...queued('b', 'q', 1) } }, first)).toBe(first);
  const more = waitingCallers(
    { calls: { ...queued('a', 'q', 2), ...queued('b', 'q', 1), ...queued('c', 'r', 1) } },
    first,
  );
  expect(more.get('q')).toBe(first.get('q'));
  expect(more.get('r')).toHaveLength(1);
});
