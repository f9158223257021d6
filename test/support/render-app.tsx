import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { PhoneContextProvider } from '../../renderer/phone/phone-context.tsx';
import { proveNow } from '../../renderer/prove/prover.ts';
import { StoresProvider } from '../../renderer/store/react.tsx';
import { createStores, type Stores } from '../../renderer/store/stores.ts';
import { theme } from '../../renderer/ui/theme.ts';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Project } from '../../shared/flow/project.ts';
import { ManualClock } from '../../shared/lib/clock.ts';
import { FakeBackend } from './fake-bridge.ts';
import { memoryStorage } from './memory-storage.ts';
import { notingSession } from './phone-session.ts';
import { sampleProject } from './sample-project.ts';

export interface TestWindow {
  readonly backend: FakeBackend;
  readonly bridge: Bridge;
  readonly clock: ManualClock;
  readonly stores: Stores;
  /** The window's phone, which only notes what it is asked. */
  readonly session: ReturnType<typeof notingSession>;
}

/** The stores of a window over the main process in memory. */
export function testWindow(project: Project = sampleProject()): TestWindow {
  const backend = new FakeBackend(project);
  const bridge = backend.window();
  const clock = new ManualClock();
  backend.onCall = () => clock.advance(24);
  const stores = createStores({
    bridge,
    clock,
    storage: memoryStorage(),
    saved: backend.state,
    // There are no workers here.
    prove: async (document, reach) => JSON.parse(JSON.stringify(proveNow(document, reach))),
  });
  return { backend, bridge, clock, stores, session: notingSession() };
}

/** Draws a part of the app, as in the window, with a person to use it. */
export function renderApp(children: ReactNode, given: TestWindow = testWindow()) {
  const view = render(
    <MantineProvider theme={theme} env="test">
      <StoresProvider stores={given.stores}>
        <PhoneContextProvider value={given.session}>{children}</PhoneContextProvider>
      </StoresProvider>
    </MantineProvider>,
  );
  return { ...given, ...view, user: userEvent.setup() };
}

/** The document as it is now. */
export function projectOf({ stores }: Pick<TestWindow, 'stores'>): Project {
  return stores.project.state.getState().project;
}
