import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Desk } from '../../../../renderer/desk/desk.tsx';
import type { DeskOptions } from '../../../../renderer/store/desk-options.ts';
import type { PhoneCommand } from '../../../../shared/bridge/desktop.ts';
import { phoneCall } from '../../../support/phone-call.ts';
import { renderApp, testWindow } from '../../../support/render-app.tsx';

/** The system's notifications, as far as the window shows and takes them back. */
class NotedNotification {
  static permission: NotificationPermission = 'granted';
  static requestPermission = vi.fn(async () => 'granted' as const);
  static shown: NotedNotification[] = [];
  onclick: (() => void) | null = null;
  isClosed = false;
  readonly title: string;
  readonly options: NotificationOptions;

  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    NotedNotification.shown.push(this);
  }

  close(): void {
    this.isClosed = true;
  }
}

afterEach(() => vi.unstubAllGlobals());

function setUp({
  host = 'electron',
  options = {},
}: {
  host?: 'electron' | 'node';
  options?: Partial<DeskOptions>;
} = {}) {
  NotedNotification.shown = [];
  vi.stubGlobal('Notification', NotedNotification);
  const given = testWindow();
  given.backend.host = host;
  const { ui } = given.stores;
  ui.setState({ deskOptions: { ...ui.getState().deskOptions, ...options } });
  const personId = Object.keys(given.backend.state.project.people)[0] ?? '';
  given.session.state.setState({ owner: { kind: 'person', personId } });
  given.session.registration.setState({
    status: 'registered',
    account: { wsUrl: '', uri: '', user: '101', password: '', displayName: 'Emma', personId },
  });
  return renderApp(<Desk />, given);
}

const ringing = phoneCall({
  id: 'r',
  direction: 'incoming',
  status: 'ringing',
  remote: { number: '600100200', name: 'Anna' },
  context: { callId: 'c', queue: 'Sales', waitedMs: 0, path: [] },
});
const talking = phoneCall({ id: 't', status: 'active', answeredAtMs: 1 });

describe('a ringing call while something else is looked at', () => {
  it('is told by a notification, which goes with the ringing; a click brings the window', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const { session, backend } = setUp();
    await waitFor(() => expect(backend.asked.some(({ name }) => name === 'desktop.presence')).toBe(true));
    act(() => session.calls.add(ringing));
    const [shown] = NotedNotification.shown;
    expect(shown).toMatchObject({ title: 'Ringing: Anna', options: { body: 'Sales', silent: true } });
    act(() => shown?.onclick?.());
    await waitFor(() =>
      expect(backend.asked).toContainEqual(expect.objectContaining({ name: 'desktop.show', input: { focus: true } })),
    );
    act(() => session.calls.change('r', { status: 'active' }));
    expect(shown?.isClosed).toBe(true);
  });

  it('brings the window into view without the focus, where that is wished', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const { session, backend } = setUp({ options: { notice: 'window' } });
    await waitFor(() => expect(backend.asked.some(({ name }) => name === 'desktop.presence')).toBe(true));
    act(() => session.calls.add(ringing));
    await waitFor(() =>
      expect(backend.asked).toContainEqual(expect.objectContaining({ name: 'desktop.show', input: { focus: false } })),
    );
  });

  it('only rings where the window is looked at, or that is wished', () => {
    const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    const { session, unmount } = setUp();
    act(() => session.calls.add(ringing));
    unmount();
    focus.mockReturnValue(false);
    const other = setUp({ options: { notice: 'none' } });
    act(() => other.session.calls.add(ringing));
    expect(NotedNotification.shown).toEqual([]);
  });
});

describe('commands from keys, tray and headset', () => {
  const run = async (command: PhoneCommand, ...calls: (typeof ringing)[]) => {
    const { session, backend, unmount } = setUp();
    for (const call of calls) act(() => session.calls.add(call));
    session.asked.length = 0;
    act(() => backend.emit('desktop.command', { command }));
    unmount();
    return session.asked.filter(([name]) => name !== 'watch');
  };

  it('do what they say to the call that is meant, and nothing without one', async () => {
    expect(await run('answer', talking, ringing)).toEqual([['answer', 'r']]);
    expect(await run('hang-up', talking, ringing)).toEqual([['hangUp', 't']]);
    expect(await run('hang-up', ringing)).toEqual([['hangUp', 'r']]);
    expect(await run('mute', talking)).toEqual([['setMuted', 't', true]]);
    expect(await run('mute', { ...talking, muted: true })).toEqual([['setMuted', 't', false]]);
    expect(await run('hold', { ...talking, held: true })).toEqual([['setHeld', 't', false]]);
    expect(await run('mute', ringing)).toEqual([]);
    expect(await run('answer', talking)).toEqual([]);
    expect(await run('hang-up')).toEqual([]);
  });
});

describe('the options of the desk', () => {
  it('take keys as they are pressed, tell of those that another program has, and are remembered', async () => {
    const { user, backend, stores } = setUp();
    backend.refusedHotkeys = ['mute'];
    await user.click(screen.getByRole('button', { name: 'Phone settings' }));
    const field = await screen.findByRole('textbox', { name: 'Mute' });
    fireEvent.keyDown(field, { code: 'KeyM', key: 'µ', ctrlKey: true, altKey: true });
    expect(field).toHaveValue('Control + Alt + M');
    expect(await screen.findByText('Another program has these keys.')).toBeInTheDocument();
    expect(stores.ui.getState().deskOptions.hotkeys).toEqual({ mute: 'Control+Alt+M' });
    fireEvent.keyDown(field, { code: 'KeyM', key: 'm' });
    expect(field).toHaveValue('Control + Alt + M');
    fireEvent.keyDown(field, { code: 'Backspace', key: 'Backspace' });
    expect(stores.ui.getState().deskOptions.hotkeys).toEqual({});
    await user.click(screen.getByRole('switch', { name: /^Open telephone links/ }));
    expect(await screen.findByRole('switch', { name: /Open telephone links/ })).toBeChecked();
  });

  it('of a browser have nothing that only a desktop can do', async () => {
    const { user } = setUp({ host: 'node' });
    await user.click(screen.getByRole('button', { name: 'Phone settings' }));
    await user.click(await screen.findByRole('switch', { name: /^Answer calls of queues/ }));
    expect(screen.queryByRole('textbox', { name: 'Mute' })).toBeNull();
    expect(screen.queryByRole('option', { name: 'Bring this window into view' })).toBeNull();
  });
});

describe('a number from outside', () => {
  it('that is pasted beside fields is asked about before it is called', async () => {
    const { user, session } = setUp();
    const paste = (at: Element, text: string) => fireEvent.paste(at, { clipboardData: { getData: () => text } });
    paste(screen.getByRole('textbox', { name: 'Number or extension' }), '600 100 200');
    paste(document.body, 'no number');
    expect(screen.queryByRole('dialog')).toBeNull();
    paste(document.body, ' (22) 123-45-67 ');
    await user.click(await screen.findByRole('button', { name: 'Not now' }));
    expect(session.asked.some(([name]) => name === 'call')).toBe(false);
    paste(document.body, 'tel:+48-600');
    const dialog = await screen.findByRole('dialog', { name: 'Call this number?' });
    expect(dialog).toHaveTextContent('+48600');
    await user.click(screen.getAllByRole('button', { name: 'Call' }).at(-1) as HTMLElement);
    expect(session.asked.filter(([name]) => name === 'call')).toEqual([['call', '+48600']]);
  });

  it('that a link brought is asked about, whether the desk was open or not', async () => {
    const given = setUp();
    given.backend.dial = '112';
    act(() => given.backend.emit('desktop.dial', {}));
    expect(await screen.findByRole('dialog')).toHaveTextContent('112');
  });
});
