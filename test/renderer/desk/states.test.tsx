import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Desk } from '../../../renderer/desk/desk.tsx';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { callRecord } from '../../support/fake-call-log.ts';
import { phoneCall } from '../../support/phone-call.ts';
import { renderApp, testWindow } from '../../support/render-app.tsx';

const QUEUE_ID = 'sales-team';
const NUMBER = '600100200';

/** The desk of someone in a queue with codes, a script and a page. */
function setUp() {
  const project = sampleProject('en');
  const [queueId = '', queue] = Object.entries(project.queues)[0] ?? [];
  if (queue === undefined) throw new Error('the sample has no queue');
  const script = { script: 'Say hello', scriptUrl: 'https://crm.example.com/?n={number}' };
  project.queues = { [QUEUE_ID]: { ...queue, name: 'Sales', wrapUpCodes: ['Order', 'Complaint'], ...script } };
  const personId = queue.members[0]?.personId ?? queueId;
  const given = testWindow(project);
  given.session.state.setState({ owner: { kind: 'person', personId } });
  given.session.registration.setState({
    status: 'registered',
    account: { wsUrl: '', uri: '', user: '101', password: '', displayName: 'Emma', personId },
  });
  return { personId, ...renderApp(<Desk />, given) };
}

const badge = () => screen.getByRole('button', { name: 'Change state' }).parentElement;

describe('the state of an operator', () => {
  it('is chosen from the menu by keyboard, and shown with its reason and its time', async () => {
    const { user, backend, clock, personId } = setUp();
    await waitFor(() => expect(badge()).toHaveTextContent('Available'));
    screen.getByRole('button', { name: 'Change state' }).focus();
    await user.keyboard('{Enter}');
    const menu = await screen.findByRole('menu');
    expect(
      within(menu)
        .getAllByRole('menuitemradio')
        .map((item) => item.textContent),
    ).toEqual(['Available', 'Break', 'Lunch', 'Training', 'Other work', 'Log out of all queues']);
    within(menu).getByRole('menuitemradio', { name: 'Lunch' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(badge()).toHaveTextContent('Paused: Lunch'));
    expect(backend.operators.get(personId)?.chosen).toEqual({ kind: 'paused', reason: 'Lunch' });
    act(() => void backend.changeOperator(personId, { sinceMs: clock.wallMs() - 61_000 }));
    await waitFor(() => expect(badge()).toHaveTextContent('1:01'));
  });

  it('shows what comes next, and who did not answer', async () => {
    const { backend, personId } = setUp();
    const chosen = { kind: 'paused', reason: '', auto: true } as const;
    act(() => void backend.changeOperator(personId, { chosen, next: { kind: 'logged-out' } }));
    await waitFor(() => expect(badge()).toHaveTextContent('Paused: did not answer'));
    expect(screen.getByText('Next: Logged out')).toBeInTheDocument();
  });

  it('has do not disturb, and where calls go meanwhile', async () => {
    const { user, backend, personId } = setUp();
    await user.click(screen.getByRole('button', { name: 'Change state' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Do not disturb' }));
    expect(await screen.findByText('Do not disturb', { selector: 'p' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Phone settings' }));
    const always = await screen.findByRole('textbox', { name: 'Always to' });
    await user.type(always, '+48 600-100 200{Enter}');
    await waitFor(() => expect(backend.operators.get(personId)?.reach.always).toBe('+48600100200'));
    expect(await screen.findByText('All calls go to +48600100200')).toBeInTheDocument();
    const busy = screen.getByRole('textbox', { name: 'When I am busy, to' });
    await user.type(busy, 'nobody');
    await user.tab();
    expect(screen.getByText(/^An extension or a number/)).toBeInTheDocument();
    expect(backend.operators.get(personId)?.reach).toMatchObject({ doNotDisturb: true, busy: '' });
    await user.type(screen.getByRole('textbox', { name: 'When I do not answer, to' }), '102{Enter}');
    await user.selectOptions(await screen.findByRole('combobox', { name: 'After seconds of ringing' }), '30');
    await waitFor(() =>
      expect(backend.operators.get(personId)?.reach).toMatchObject({ noAnswer: '102', noAnswerMs: 30_000 }),
    );
  });

  it('logs out of a queue and in again', async () => {
    const { user, backend, personId } = setUp();
    const sales = await screen.findByRole('switch', { name: 'Sales' });
    expect(sales).toBeChecked();
    await user.click(sales);
    await waitFor(() => expect(sales).not.toBeChecked());
    expect(backend.operators.get(personId)?.outOf).toEqual([QUEUE_ID]);
    await user.click(sales);
    await waitFor(() => expect(sales).toBeChecked());
  });
});

describe('wrap-up', () => {
  it('takes a code and a note, which are kept by themselves and at the end', async () => {
    const { user, backend, clock, personId } = setUp();
    const sinceMs = clock.wallMs();
    const wrapUp = { queueId: QUEUE_ID, callId: 'call-1', sinceMs, endsAtMs: sinceMs + 90_000 };
    backend.callLog.calls.push({ call: callRecord(), trace: [] });
    act(() => void backend.changeOperator(personId, { wrapUp }));
    const panel = await screen.findByRole('region', { name: 'Wrap-up · Sales' });
    expect(panel).toHaveTextContent('1:30 left');
    await user.click(within(panel).getByRole('radio', { name: 'Complaint' }));
    act(() => clock.advance(600));
    await waitFor(() => expect(backend.callLog.calls[0]?.call.note).toEqual({ code: 'Complaint', note: '' }));
    await user.type(within(panel).getByRole('textbox', { name: 'Note' }), 'Late again');
    await user.click(within(panel).getByRole('button', { name: '1 more minute' }));
    await user.click(within(panel).getByRole('button', { name: 'Finish' }));
    await waitFor(() => expect(panel).not.toBeInTheDocument());
    await waitFor(() => expect(backend.callLog.calls[0]?.call.note).toEqual({ code: 'Complaint', note: 'Late again' }));
    expect(backend.asked.filter(({ name }) => name === 'desk.wrapUp').map(({ input }) => input)).toEqual([
      { personId, change: { extendMs: 60_000 } },
      { personId, change: 'finish' },
    ]);
  });
});

it('the figures of today follow the log', async () => {
  const { backend, clock } = setUp();
  const today = await screen.findByRole('region', { name: 'Today' });
  backend.callLog.figures = { answered: 7, missed: 2, talkMs: 125_000, wrapUpMs: null };
  act(() => {
    backend.emit('callLog.changed', {});
    clock.advance(1000);
  });
  await waitFor(() => expect(today).toHaveTextContent(/answered7missed2average talk2:05average wrap-up–/));
});

describe('about the caller', () => {
  function ring(given: ReturnType<typeof setUp>, number = NUMBER) {
    given.session.calls.add(
      phoneCall({
        direction: 'incoming',
        status: 'ringing',
        remote: { number, name: '' },
        context: { callId: 'now', queue: 'Sales', waitedMs: 1000, path: [] },
      }),
    );
  }

  it('shows earlier calls with their notes, and the script', async () => {
    const given = setUp();
    const caller = { number: NUMBER, name: '' };
    const note = { code: 'Complaint', note: 'Broken chain' };
    given.backend.callLog.calls.push({ call: callRecord({ callId: 'a', caller, note }), trace: [] });
    ring(given);
    const about = await screen.findByRole('region', { name: 'About the caller' });
    await waitFor(() => expect(about).toHaveTextContent('Complaint'));
    expect(about).toHaveTextContent('Broken chain');
    expect(about).toHaveTextContent('Answered');
    expect(about).toHaveTextContent('Say hello');
  });

  it('opens the page of the queue outside, and asks once for its host', async () => {
    const given = setUp();
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    ring(given);
    const button = await screen.findByRole('button', { name: 'Open crm.example.com' });
    await given.user.click(button);
    expect(open).not.toHaveBeenCalled();
    await given.user.click(await screen.findByRole('button', { name: /^Open, and do not ask again/ }));
    const href = `https://crm.example.com/?n=${NUMBER}`;
    expect(open).toHaveBeenLastCalledWith(href, '_blank', 'noopener,noreferrer');
    await given.user.click(button);
    expect(open).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
