import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { proveNow } from '../../renderer/prove/prover.ts';
import { StoresProvider } from '../../renderer/store/react.tsx';
import { createStores, type Stores } from '../../renderer/store/stores.ts';
import { theme } from '../../renderer/ui/theme.ts';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Project } from '../../shared/flow/project.ts';
import { ManualClock } from '../../shared/lib/clock.ts';
import { FakeBackend } from './fake-bridge.ts';
import { sampleProject } from './sample-project.ts';

/** Storage of a browser profile, in memory. */
export function memoryStorage(initial: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

export interface TestWindow {
  readonly backend: FakeBackend;
  readonly bridge: Bridge;
  readonly clock: ManualClock;
  readonly stores: Stores;
}

/** The stores of a window over the main process in memory. */
export function testWindow(project: Project = sampleProject()): TestWindow {
  const backend = new FakeBackend(project);
  const bridge = backend.window();
  const clock = new ManualClock();
  const stores = createStores({
    bridge,
    clock,
    storage: memoryStorage(),
    saved: backend.state,
    // There are no workers here.
    prove: async (document, reach) => JSON.parse(JSON.stringify(proveNow(document, reach))),
  });
  return { backend, bridge, clock, stores };
}

/** Draws a part of the app, as in the window, with a person to use it. */
export function renderApp(children: ReactNode, given: TestWindow = testWindow()) {
  const view = render(
    <MantineProvider theme={theme} env="test">
      <StoresProvider stores={given.stores}>{children}</StoresProvider>
    </MantineProvider>,
  );
  return { ...given, ...view, user: userEvent.setup() };
}

/** The document as it is now. */
export function projectOf({ stores }: Pick<TestWindow, 'stores'>): Project {
  return stores.project.state.getState().project;
}
