import { act, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { ConnectionProvider } from '../../../../renderer/app/connection.tsx';
import { Banners } from '../../../../renderer/app/frame/banners.tsx';
import { ProjectName } from '../../../../renderer/app/frame/project-name.tsx';
import { Rail } from '../../../../renderer/app/frame/rail.tsx';
import { SettingsMenu } from '../../../../renderer/app/frame/settings-menu.tsx';
import { SyncIndicator } from '../../../../renderer/app/frame/sync-indicator.tsx';
import { useAppShortcuts } from '../../../../renderer/app/frame/use-app-shortcuts.ts';
import type { ConnectionState } from '../../../../renderer/app/host-client.ts';
import { switchLanguage } from '../../../../renderer/i18n/index.ts';
import type { SyncConflict } from '../../../../shared/bridge/sync.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { projectOf, renderApp } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

const CONFLICT: SyncConflict = {
  id: 'c1',
  kind: 'both-changed',
  path: ['name'],
  base: null,
  ours: '"A"',
  theirs: '"B"',
  taken: 'ours',
  message: '',
};

/** A connection that the test cuts and mends. */
function connection() {
  let state: ConnectionState = 'connected';
  const listeners = new Set<() => void>();
  return {
    source: {
      get: () => state,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    become(next: ConnectionState) {
      state = next;
      for (const listener of listeners) listener();
    },
  };
}

function Frame({ children }: { children?: ReactNode }) {
  useAppShortcuts();
  return (
    <>
      <ProjectName />
      <SyncIndicator />
      <Banners />
      <Rail />
      <SettingsMenu />
      {children}
    </>
  );
}

function openFrame(children?: ReactNode) {
  const line = connection();
  const view = renderApp(
    <ConnectionProvider source={line.source}>
      <Frame>{children}</Frame>
    </ConnectionProvider>,
  );
  return { ...view, line };
}
const syncState = () => screen.getByTestId('sync-state').textContent;

describe('project name', () => {
  it('is renamed in place, never to nothing', async () => {
    const view = openFrame();
    const name = screen.getByRole('textbox', { name: 'Name of the project' });
    await view.user.clear(name);
    expect(name).toHaveAttribute('aria-invalid', 'true');
    await view.user.tab();
    expect(name).toHaveValue('Garden shop');
    await view.user.type(name, '!');
    expect(projectOf(view).name).toBe('Garden shop!');
    expect(syncState()).toBe('Unsaved changes');
  });
});

describe('banners', () => {
  it('[BN1] say that the connection is lost, and go when it is back', () => {
    const { line } = openFrame();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    act(() => line.become('lost'));
    expect(screen.getByRole('alert')).toHaveTextContent('Connection to Dialtree lost. Reconnecting…');
    act(() => line.become('connected'));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    act(() => line.become('refused'));
    expect(screen.getByRole('alert')).toHaveTextContent('started anew');
  });

  it('[BN2] offer both ways out of a conflict', async () => {
    const view = openFrame();
    const conflict = async (name: string) => {
      view.stores.project.edit((project) => {
        project.name += ' mine';
      });
      view.backend.saveElsewhere({ ...sampleProject(), name });
    };
    await act(() => conflict('Theirs'));
    expect(syncState()).toBe('Changed elsewhere');
    await view.user.click(screen.getByRole('button', { name: 'Load the other version' }));
    expect(projectOf(view).name).toBe('Theirs');
    await act(() => conflict('Others'));
    await view.user.click(screen.getByRole('button', { name: 'Keep mine' }));
    expect(view.backend.state.project.name).toBe('Theirs mine');
    expect(syncState()).toBe('Saved');
  });

  it('[BN3] say why saving failed, and try again by a click', async () => {
    const view = openFrame();
    view.backend.failures.set(
      'project.save',
      new DialtreeError({ code: 'project/not-writable', message: 'The disk is full.', hint: 'Make room.' }),
    );
    await act(async () => {
      view.stores.project.edit((project) => {
        project.name = 'New';
      });
      await view.stores.sync.flush();
    });
    expect(screen.getByRole('alert')).toHaveTextContent('could not be saved: The disk is full. Make room.');
    await view.user.click(screen.getByRole('button', { name: 'Save now' }));
    expect(view.backend.state.project.name).toBe('New');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('shortcuts', () => {
  it('undo and redo from anywhere, but leave fields that are not of the document alone', async () => {
    const view = openFrame(
      <div data-own-undo>
        <input aria-label="Number to dial" />
      </div>,
    );
    await view.user.type(screen.getByRole('textbox', { name: 'Name of the project' }), '!');
    await view.user.keyboard('{Control>}z{/Control}');
    expect(projectOf(view).name).toBe('Garden shop');
    await view.user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(projectOf(view).name).toBe('Garden shop!');
    await view.user.click(screen.getByRole('textbox', { name: 'Number to dial' }));
    await view.user.keyboard('{Control>}z{/Control}');
    expect(projectOf(view).name).toBe('Garden shop!');
  });

  it('save at once', async () => {
    const view = openFrame();
    await view.user.type(screen.getByRole('textbox', { name: 'Name of the project' }), '!');
    await view.user.keyboard('{Control>}s{/Control}');
    expect(view.backend.state.project.name).toBe('Garden shop!');
  });
});

describe('rail and settings', () => {
  it('goes to the pages', async () => {
    const { user, stores } = openFrame();
    await user.click(screen.getByRole('button', { name: 'Numbers' }));
    expect(stores.ui.getState().page).toBe('numbers');
    expect(screen.getByRole('button', { name: 'Numbers' })).toHaveAttribute('aria-current', 'page');
  });

  it('switches the language, and remembers it', async () => {
    const { user } = openFrame();
    await user.click(screen.getByRole('button', { name: 'Settings of this window' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Polski' }));
    expect(screen.getByRole('button', { name: 'Numery' })).toBeInTheDocument();
    expect(document.documentElement.lang).toBe('pl');
    expect(localStorage.getItem('dialtree.language')).toBe('pl');
    act(() => switchLanguage('en', localStorage));
  });

  it('switches between light and dark', async () => {
    const { user } = openFrame();
    await user.click(screen.getByRole('button', { name: 'Settings of this window' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Dark' }));
    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark');
  });
});

describe('the state of the endpoint', () => {
  it('[RS6] stands beside that of the file, and leads to its page; without an endpoint it is not there', async () => {
    const view = openFrame();
    expect(screen.queryByTestId('remote-state')).not.toBeInTheDocument();
    act(() => {
      view.backend.setRemote({ status: 'conflict', conflicts: [CONFLICT] });
    });
    expect(screen.getByRole('button', { name: /^Sync/ })).toHaveTextContent('1');
    expect(syncState()).toBe('Saved');
    const state = screen.getByRole('button', { name: 'Your choice is needed: open Sync' });
    await view.user.click(state);
    expect(view.stores.ui.getState().page).toBe('sync');
    act(() => {
      view.backend.setRemote({ status: 'offline', conflicts: [] });
    });
    expect(state).toHaveTextContent('Offline');
    act(() => view.stores.ui.setState({ role: 'operator' }));
    expect(screen.getByTestId('remote-state')).toHaveRole('status');
  });
});
