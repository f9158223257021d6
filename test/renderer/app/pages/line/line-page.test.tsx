import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { LinePage } from '../../../../../renderer/app/pages/line/line-page.tsx';
import { SettingsPage } from '../../../../../renderer/app/pages/settings-page.tsx';
import { DEFAULT_TRUNK_SETTINGS, type TrunkSettings } from '../../../../../shared/bridge/trunk.ts';
import { DialtreeError } from '../../../../../shared/lib/errors.ts';
import { renderApp, testWindow } from '../../../../support/render-app.tsx';

const settings: TrunkSettings = { ...DEFAULT_TRUNK_SETTINGS, enabled: true, host: 'sip.example', user: 'acme' };
const field = (name: string | RegExp) => screen.getByRole('textbox', { name });
const save = () => screen.getByRole('button', { name: 'Save the line' });
const asked = (view: ReturnType<typeof renderApp>) =>
  view.backend.asked.filter(({ name }) => name === 'trunk.set').map(({ input }) => input);

async function windowWithLine(kept: TrunkSettings | null = settings) {
  const given = testWindow();
  given.backend.line = { ...given.backend.line, settings: kept, hasPassword: kept !== null };
  await given.stores.line.refresh();
  return given;
}

it('is set by typing, with the password apart, which is not shown again', async () => {
  const view = renderApp(<LinePage />);
  expect(screen.getByRole('status')).toHaveTextContent('Off');
  await view.user.type(field('Host'), 'sip.example');
  await view.user.type(field('User'), 'acme');
  await view.user.type(screen.getByLabelText('Password'), 'hush');
  await view.user.type(field('Number that outside sees'), '+48 22 123 45 67');
  await view.user.click(save());
  expect(asked(view)).toEqual([{ settings: { ...settings, callerId: '+48221234567' }, password: 'hush' }]);
  const password = await screen.findByPlaceholderText('Kept; leave empty to go on using it');
  expect(password).toHaveValue('');
  await view.user.click(save());
  expect(asked(view).at(-1)).not.toHaveProperty('password');
});

it('says what is wrong, once saving was tried, and sends nothing', async () => {
  const view = renderApp(<LinePage />);
  expect(screen.queryByText(/A host name or an address/)).toBeNull();
  await view.user.click(save());
  expect(field('Host')).toBeInvalid();
  expect(field('User')).toHaveAccessibleDescription(/The user at the provider; letters/);
  expect(asked(view)).toEqual([]);
  await view.user.type(field('Host'), 'sip.example');
  expect(field('Host')).toBeValid();
});

it('tells what the main process refuses, in words', async () => {
  const view = renderApp(<LinePage />, await windowWithLine());
  view.backend.failures.set('trunk.set', new DialtreeError({ code: 'trunk/password-missing', message: 'No.' }));
  await view.user.type(field('User'), '2');
  await view.user.click(save());
  expect(await screen.findByRole('alert')).toHaveTextContent('Type the password: one of another user or host');
});

it('by address asks for its own port in place of a password', async () => {
  const view = renderApp(<LinePage />, await windowWithLine());
  await view.user.click(screen.getByRole('radio', { name: 'By address' }));
  await view.user.click(screen.getByRole('radio', { name: 'TCP' }));
  const port = field('Own port');
  await view.user.clear(port);
  await view.user.type(port, '5070');
  await view.user.clear(field('User'));
  await view.user.click(save());
  expect(asked(view).at(-1)).toMatchObject({
    settings: { mode: 'ip', transport: 'tcp', localPort: 5070, user: '' },
  });
});

it('limits and prefixes are part of it', async () => {
  const view = renderApp(<LinePage />, await windowWithLine());
  const allowed = field('Calls may go to');
  expect(allowed).toHaveValue('+48');
  await view.user.type(allowed, ' +49');
  const hourly = field('Calls per hour at most');
  await view.user.clear(hourly);
  await view.user.type(hourly, '7');
  await view.user.click(save());
  expect(asked(view).at(-1)).toMatchObject({
    settings: { limits: { allowedPrefixes: ['+48', '+49'], maxCallsPerHour: 7, maxCallsPerDay: 150 } },
  });
});

it('the light follows the line, with the reason', async () => {
  const view = renderApp(<LinePage />, await windowWithLine());
  act(() => view.backend.setLineState({ status: 'registered', calls: 2 }));
  expect(screen.getByRole('status')).toHaveTextContent('Ready');
  expect(screen.getByText('2 calls now')).toBeInTheDocument();
  act(() => view.backend.setLineState({ status: 'refused', sipStatus: 403, reason: 'Forbidden', calls: 0 }));
  expect(screen.getByRole('status')).toHaveTextContent('Refused');
  expect(screen.getByText('Reason: 403 Forbidden')).toBeInTheDocument();
});

it('is reached from the settings, and leads back', async () => {
  const view = renderApp(<SettingsPage />, await windowWithLine());
  act(() => view.backend.setLineState({ status: 'unreachable', reason: 'no answer' }));
  expect(screen.getByText('Not reached')).toBeInTheDocument();
  await view.user.click(screen.getByRole('button', { name: 'Set up the outside line' }));
  expect(view.stores.ui.getState().page).toBe('line');
});
