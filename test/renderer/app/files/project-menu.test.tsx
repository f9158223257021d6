import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BundleDrop } from '../../../../renderer/app/files/bundle-drop.tsx';
import { ProjectMenu } from '../../../../renderer/app/files/project-menu.tsx';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';

afterEach(() => vi.restoreAllMocks());

async function open(item: RegExp | string, folderChosen?: string | null) {
  const given = testWindow();
  given.backend.folderChosen = folderChosen;
  given.backend.recent = ['Open now', 'Before', 'Long ago'].map((name, index) => ({
    path: `/p/${name}`,
    name,
    openedAtMs: -index,
  }));
  const view = renderApp(<ProjectMenu />, given);
  await view.user.click(screen.getByRole('button', { name: 'Projects' }));
  if (item !== '') await view.user.click(await screen.findByRole('menuitem', { name: item }));
  return { ...view, asked: () => given.backend.asked.filter(({ name }) => /^(files|project\.open)/.test(name)) };
}

describe('projects', () => {
  it('that were open before are opened again; the present one is not offered', async () => {
    const { asked } = await open(/^Before/);
    await waitFor(() => expect(asked()).toContainEqual({ name: 'project.open', input: { path: '/p/Before' } }));
    expect(screen.queryByText('Open now')).toBeNull();
  });

  it('are made with a name and a language, and shown', async () => {
    const view = await open('New project…');
    view.stores.project.edit((project) => {
      project.name = 'Unsaved';
    });
    await view.user.type(await screen.findByRole('textbox', { name: 'Name of the project' }), 'Night desk{Enter}');
    await waitFor(() => expect(projectOf(view).name).toBe('Night desk'));
    expect(projectOf(view).flows).toEqual({});
    // What was unsaved was saved first, and undo does not mix two projects.
    expect(view.backend.asked.map(({ name }) => name)).toContain('project.save');
    view.stores.project.undo();
    expect(projectOf(view).name).toBe('Night desk');
  });

  it('are opened by the folder that is chosen in the dialog of the system', async () => {
    const { asked } = await open('Open a folder…', '/p/Chosen');
    await waitFor(() => expect(asked()).toContainEqual({ name: 'project.open', input: { path: '/p/Chosen' } }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stay as they are when nothing is chosen there', async () => {
    const { asked } = await open('Open a folder…', null);
    await waitFor(() => expect(asked().map(({ name }) => name)).toContain('files.chooseFolder'));
    expect(asked().map(({ name }) => name)).not.toContain('project.open');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are opened by their folder; what is wrong is told', async () => {
    const view = await open('Open a folder…');
    const path = await screen.findByRole('textbox', { name: 'Folder of the project' });
    view.backend.failures.set(
      'project.open',
      new DialtreeError({ code: 'project/not-found', message: 'There is no project file.' }),
    );
    await view.user.type(path, ' /srv/shop {Enter}');
    await waitFor(() => expect(view.asked()).toContainEqual({ name: 'project.open', input: { path: '/srv/shop' } }));
    expect(path).toBeInTheDocument();
    await view.user.type(path, '{Enter}');
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Folder of the project' })).toBeNull());
  });

  it('are exported as a file to keep', async () => {
    const names: string[] = [];
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    await open('Export as a file');
    await waitFor(() => expect(names).toEqual(['Harbour-Bikes.dialtree']));
  });

  it('are imported from a file', async () => {
    const view = await open('');
    const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
    await view.user.upload(input, new File(['PK'], 'shop.dialtree'));
    await waitFor(() => expect(projectOf(view).name).toBe('Imported'));
    expect(view.asked()).toContainEqual({ name: 'files.import', input: { zipBase64: 'UEs=' } });
  });
});

describe('a file that is dropped on the window', () => {
  const drop = (...files: File[]) => fireEvent.drop(window, { dataTransfer: { types: ['Files'], files } });

  it('is imported, after asking', async () => {
    const view = renderApp(<BundleDrop />);
    drop(new File(['PK'], 'shop.dialtree'));
    const dialog = await screen.findByRole('dialog', { name: 'Import this project?' });
    expect(projectOf(view).name).not.toBe('Imported');
    await view.user.click(within(dialog).getByRole('button', { name: 'Import' }));
    await waitFor(() => expect(projectOf(view).name).toBe('Imported'));
  });

  it('does nothing when it is another file, and the app stays', () => {
    renderApp(<BundleDrop />);
    expect(drop(new File(['x'], 'photo.png'))).toBe(false);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
