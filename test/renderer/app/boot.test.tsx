import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Boot } from '../../../renderer/app/boot.tsx';
import type { ConnectedBridge } from '../../../renderer/app/bridge.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { FakeBackend } from '../../support/fake-bridge.ts';
import { memoryStorage } from '../../support/memory-storage.ts';
import { sampleProject } from '../../support/sample-project.ts';

function boot(backend: FakeBackend, connect?: () => Promise<ConnectedBridge>) {
  const bridge = (): ConnectedBridge => ({
    ...backend.window(),
    connection: { get: () => 'connected', subscribe: () => () => {} },
  });
  render(
    <MantineProvider env="test">
      <Boot
        connect={connect ?? (() => Promise.resolve(bridge()))}
        clock={new ManualClock()}
        // The operator's window has no canvas, which needs a real browser.
        storage={memoryStorage({ 'dialtree.ui': '{"state":{"role":"operator"},"version":1}' })}
      />
    </MantineProvider>,
  );
  return userEvent.setup();
}

describe('start of the window', () => {
  it('connects, opens the project and shows it', async () => {
    boot(new FakeBackend(sampleProject()));
    expect(screen.getByRole('status')).toHaveTextContent('Connecting to Dialtree…');
    expect(await screen.findByDisplayValue('Garden shop')).toBeInTheDocument();
  });

  it('says why it cannot connect, and tries again by a click', async () => {
    const backend = new FakeBackend(sampleProject());
    let tries = 0;
    const user = boot(backend, async () => {
      tries++;
      throw new DialtreeError({ code: 'bridge/no-token', message: 'No token.', hint: 'Use the address.' });
    });
    expect(await screen.findByText('No token. Use the address.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Start with a sample project' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(tries).toBe(2);
  });

  it('offers a sample when the project cannot be opened', async () => {
    const backend = new FakeBackend(sampleProject());
    backend.failures.set('project.current', new DialtreeError({ code: 'project/not-json', message: 'Not JSON.' }));
    const user = boot(backend);
    expect(await screen.findByText('Not JSON.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Start with a sample project' }));
    expect(await screen.findByDisplayValue('Garden shop')).toBeInTheDocument();
    expect(backend.asked).toContainEqual({ name: 'project.createSample', input: { language: 'en' } });
  });
});
