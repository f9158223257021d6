import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PublishedChip } from '../../../../../renderer/app/frame/published-chip.tsx';
import { VersionsPage } from '../../../../../renderer/app/pages/versions/versions-page.tsx';
import type { Project } from '../../../../../shared/flow/project.ts';
import { sampleProject } from '../../../../../shared/flow/samples/index.ts';
import { projectOf, renderApp, testWindow } from '../../../../support/render-app.tsx';

/** The page, over a project whose first version is what it is at the start. */
async function open(change?: (project: Project) => void) {
  const given = testWindow(sampleProject('en'));
  given.backend.keepVersion({ message: 'At first' });
  if (change) {
    given.stores.project.edit(change);
    await given.stores.sync.flush();
  }
  const view = renderApp(<VersionsPage />, given);
  const row = (await screen.findAllByRole('listitem')).at(-1)!;
  return { ...view, row: within(row) };
}

/** Key 1 of the main menu leads to the operator, and a person is gone. */
function change(project: Project): void {
  project.flows.main!.nodes.main!.connections['key:1'] = 'operator';
  project.queues.sales!.name = 'Shop';
}

describe('the page of versions', () => {
  it('keeps the saved project under a name', async () => {
    const { user, backend, stores } = await open();
    stores.project.edit((project) => {
      project.name = 'Changed just now';
    });
    const keep = screen.getByRole('button', { name: 'Keep this version' });
    expect(keep).toBeDisabled();
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'Before the fair');
    await user.click(keep);
    expect(await screen.findByDisplayValue('Before the fair')).toBeInTheDocument();
    expect(backend.versions[0]).toMatchObject({ version: { kind: 'named' }, project: { name: 'Changed just now' } });
  });

  it('publishes: keeps it, puts it on the embedded PBX, and the header tells what has changed since', async () => {
    const view = await open();
    renderApp(<PublishedChip />, view);
    expect(screen.getByText(/Nothing is published yet/)).toBeInTheDocument();
    await view.user.type(screen.getByRole('textbox', { name: 'Message' }), 'Autumn');
    await view.user.click(screen.getByRole('button', { name: 'Publish' }));
    const chip = await screen.findByRole('button', { name: 'Published: Autumn. Nothing has changed since' });
    expect(view.backend.asked.map(({ name }) => name)).toContain('pbx.deploy');
    expect(view.backend.versions[0]?.version).toMatchObject({ message: 'Autumn', published: true });
    act(() =>
      view.stores.project.edit((project) => {
        project.queues.sales!.name = 'Shop';
        project.flows.main!.nodes.main!.position = { x: 5, y: 5 };
      }),
    );
    await act(() => view.stores.sync.flush());
    await waitFor(() => expect(chip).toHaveAccessibleName('Published: Autumn. 1 change since'));
    await view.user.click(chip);
    expect(view.stores.ui.getState().page).toBe('versions');
  });

  it('does not publish what has errors, and leads to them', async () => {
    const { user, stores, backend, clock } = await open();
    act(() =>
      stores.project.edit((project) => {
        for (const id of Object.keys(project.flows.main!.nodes)) {
          if (project.flows.main!.nodes[id]?.type === 'start') delete project.flows.main!.nodes[id];
        }
      }),
    );
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'Broken');
    act(() => clock.advance(2000));
    await waitFor(() => expect(screen.queryByText(/being published/)).not.toBeNull());
    expect(screen.getByRole('button', { name: 'Publish' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Show the problems' }));
    expect(stores.ui.getState()).toMatchObject({ page: 'flows', dockOpen: true, dockTab: 'problems' });
    expect(backend.asked.map(({ name }) => name)).not.toContain('versions.markPublished');
  });

  it('tells what changed since: for callers, then in the project', async () => {
    const { user, row } = await open(change);
    await user.click(row.getByRole('button', { name: 'What changed since' }));
    const callers = await row.findByRole('region', { name: 'For callers' });
    expect(callers).toHaveTextContent('1 leads to Emma Hughes; it was the queue “Sales”');
    const drawing = row.getByRole('region', { name: 'In the project' });
    expect(drawing).toHaveTextContent('Leads elsewhere: node “Main menu”');
    expect(drawing).toHaveTextContent('Changed: queue “Shop”');
  });

  it('says when nothing changed', async () => {
    const { user, row } = await open();
    await user.click(row.getByRole('button', { name: 'What changed since' }));
    expect(await row.findByText('Nothing changed since.')).toBeInTheDocument();
  });

  it('restores, after asking; the present is kept first, and undo brings it back', async () => {
    const view = await open(change);
    await view.user.click(view.row.getByRole('button', { name: 'Restore' }));
    const dialog = screen.getByRole('dialog', { name: 'Restore this version?' });
    await view.user.click(within(dialog).getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(projectOf(view)).toEqual(sampleProject('en')));
    expect(view.backend.state.project).toEqual(sampleProject('en'));
    expect(view.backend.versions[0]).toMatchObject({
      version: { kind: 'before-restore' },
      project: { queues: { sales: { name: 'Shop' } } },
    });
    view.stores.project.undo();
    expect(projectOf(view).queues.sales?.name).toBe('Shop');
  });

  it('does nothing when the answer is no', async () => {
    const view = await open(change);
    await view.user.click(view.row.getByRole('button', { name: 'Restore' }));
    await view.user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(projectOf(view).queues.sales?.name).toBe('Shop');
    expect(view.backend.versions).toHaveLength(1);
  });

  it('renames, marks as published and deletes', async () => {
    const { user, row, backend } = await open();
    const more = async (name: string) => {
      await user.click(row.getByRole('button', { name: /^More about/ }));
      const item = await screen.findByRole('menuitem', { name });
      return item;
    };
    const name = row.getByRole('textbox', { name: /^Message of/ });
    await user.clear(name);
    await user.type(name, 'Spring{Enter}');
    await waitFor(() => expect(backend.versions[0]?.version.message).toBe('Spring'));
    await user.click(await more('This is the published version'));
    expect(await screen.findByText('Published')).toBeInTheDocument();
    expect(await more('Delete this version')).toHaveAttribute('data-disabled');
    await user.click(screen.getByRole('menuitem', { name: 'It is not published any more' }));
    await waitFor(() => expect(screen.queryByText('Published')).toBeNull());
    await user.click(await more('Delete this version'));
    expect(await screen.findByText(/There are no versions yet/)).toBeInTheDocument();
  });

  it('tells of files that are no versions', async () => {
    const given = testWindow();
    given.backend.damagedVersions = ['half.json'];
    renderApp(<VersionsPage />, given);
    expect(await screen.findByText(/half\.json/)).toBeInTheDocument();
  });

  it('compares with backups, and restores one', async () => {
    const given = testWindow(sampleProject('en'));
    const before = { ...given.backend.state.project, name: 'As it was' };
    given.backend.backups = [{ backup: { name: 'b1', kind: 'outside', madeAtMs: 1_700_000_000_000 }, project: before }];
    const view = renderApp(<VersionsPage />, given);
    const { user, backend } = view;
    const section = (await screen.findByRole('heading', { name: '1 backup' })).closest('section')!;
    const row = within(await within(section).findByRole('listitem'));
    expect(row.getByText('written by another program, not taken')).toBeInTheDocument();
    await user.click(row.getByRole('button', { name: 'What changed since' }));
    expect(await row.findByRole('region', { name: 'In the project' })).toBeInTheDocument();
    await user.click(row.getByRole('button', { name: 'Restore' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(backend.state.project.name).toBe('As it was'));
    expect(backend.versions[0]?.version.kind).toBe('before-restore');
    view.stores.project.undo();
    expect(projectOf(view).name).toBe(sampleProject('en').name);
  });

  it('says what is wrong with a backup that is no project, and changes nothing', async () => {
    const given = testWindow(sampleProject('en'));
    given.backend.backups = [
      { backup: { name: 'b1', kind: 'outside', madeAtMs: 1 }, project: given.backend.state.project },
    ];
    const { user } = renderApp(
      <>
        <VersionsPage />
        <Notifications />
      </>,
      given,
    );
    const row = within((await screen.findByText('written by another program, not taken')).closest('li')!);
    given.backend.backups = [];
    await user.click(row.getByRole('button', { name: 'Restore' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText(/There is no backup/)).toBeInTheDocument();
    expect(given.backend.versions).toEqual([]);
  });
});
