import { Notifications, notifications } from '@mantine/notifications';
import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SyncIndicator } from '../../../../renderer/app/frame/sync-indicator.tsx';
import { useProjectNotices } from '../../../../renderer/app/frame/use-project-notices.ts';
import type { ProjectNotice } from '../../../../shared/bridge/notices.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';

afterEach(() => {
  act(() => {
    notifications.clean();
    notifications.cleanQueue();
  });
});

function Frame() {
  useProjectNotices();
  return <Notifications />;
}

describe('notices of the project’s files', () => {
  const cases: readonly [notice: ProjectNotice, ...texts: RegExp[]][] = [
    [{ code: 'project/recovered', params: { conflicts: 0 } }, /Unsaved work is back/, /in the project again\.$/],
    [{ code: 'project/recovered', params: { conflicts: 2 } }, /Unsaved work is back/, /yours were kept/],
    [{ code: 'project/changed-outside', params: { path: '/p/project.json' } }, /outside/, /\/p\/project\.json/],
    [
      { code: 'project/outside-refused', params: { code: 'project/not-json', message: 'Line 7.', hint: '' } },
      /not taken/,
      /Line 7\..*last good version/,
    ],
    [{ code: 'project/moved', params: { from: '/p/a.json', to: '/p/a' } }, /is a folder now/, /lies in \/p\/a\./],
  ];

  it.each(cases)('[LF5] [LF7] [LF8] [LF3] are told: %j', async (notice, ...texts) => {
    const given = testWindow();
    given.backend.notices.push(notice);
    renderApp(<Frame />, given);
    for (const text of texts) expect((await screen.findAllByText(text)).length).toBeGreaterThan(0);
    expect(given.backend.notices).toEqual([]);
  });

  it('come while the window is there, too', async () => {
    const { backend } = renderApp(<Frame />);
    backend.notices.push({ code: 'project/changed-outside', params: { path: '/p/project.json' } });
    act(() => backend.emit('project.noticed', {}));
    await screen.findByText(/Another program wrote/);
  });
});

describe('the state of the file', () => {
  it.each([
    ['project/disk-full', 'Not saved: disk full'],
    ['project/read-only', 'Not saved: read-only'],
    ['project/not-saved', 'Not saved'],
  ])('[LF9] says %s, and that it is saved when it is mended', async (code, text) => {
    const given = renderApp(<SyncIndicator />);
    given.backend.failures.set('project.save', new DialtreeError({ code, message: 'No.' }));
    await act(async () => {
      given.stores.project.replace({ ...projectOf(given), name: 'Changed' });
      await given.stores.sync.flush();
    });
    expect(screen.getByTestId('sync-state').textContent).toBe(text);
    await act(() => given.stores.sync.flush());
    expect(screen.getByTestId('sync-state').textContent).toBe('Saved');
    expect(given.backend.state.project.name).toBe('Changed');
  });
});
