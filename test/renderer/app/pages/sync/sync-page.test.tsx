import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SyncPage } from '../../../../../renderer/app/pages/sync/sync-page.tsx';
import type { SyncConflict, SyncSettings } from '../../../../../shared/bridge/sync.ts';
import { DialtreeError } from '../../../../../shared/lib/errors.ts';
import { renderApp } from '../../../../support/render-app.tsx';

const URL = 'https://files.example/team/office.dialtree.json';
const settings: SyncSettings = { url: URL, kind: 'webdav', auth: 'none', user: '' };
const conflict: SyncConflict = {
  id: 'c1',
  kind: 'both-changed',
  path: ['flows', 'main', 'nodes', 'sales', 'name'],
  base: '"Sales queue"',
  ours: '"Sales team"',
  theirs: '"Sales desk"',
  taken: 'ours',
  message: 'Both changed it.',
};

const asked = (view: ReturnType<typeof renderApp>, name: string) =>
  view.backend.asked.filter((call) => call.name === name).map((call) => call.input);
const button = (name: string) => screen.getByRole('button', { name });

describe('the endpoint', () => {
  it('[RS12] is tried and connected with what was typed', async () => {
    const view = renderApp(<SyncPage />);
    expect(screen.getByText('Not connected')).toBeInTheDocument();
    await view.user.type(screen.getByRole('textbox', { name: 'Address of the file' }), URL);
    await view.user.click(screen.getByRole('combobox', { name: 'Sign in with' }));
    await view.user.click(screen.getByRole('option', { name: 'Password (Digest)' }));
    await view.user.type(screen.getByRole('textbox', { name: 'User' }), 'ann');
    await view.user.type(screen.getByLabelText('Password'), 'HUSH');
    await view.user.click(button('Test the connection'));
    expect(await screen.findByText(/Nothing lies there yet/)).toBeInTheDocument();
    expect(asked(view, 'sync.connect')).toEqual([]);
    await view.user.click(button('Connect'));
    expect(await screen.findByText('In step')).toBeInTheDocument();
    expect(asked(view, 'sync.connect')).toEqual([
      {
        settings: { url: URL, kind: 'webdav', auth: 'digest', user: 'ann' },
        credentials: { password: 'HUSH' },
        takeRemote: false,
      },
    ]);
    // What is kept is not shown again, and stays kept when the field is left empty.
    expect(screen.getByLabelText('Password')).toHaveValue('');
    expect(screen.getByLabelText('Password')).toHaveAttribute('placeholder', 'Kept; leave empty to go on using it');
    await view.user.click(button('Save the changes'));
    expect(asked(view, 'sync.connect').at(-1)).not.toHaveProperty('credentials');
    await view.user.click(button('Disconnect'));
    expect(await screen.findByText('Not connected')).toBeInTheDocument();
  });

  it('takes a token and certificates; warns of an open line', async () => {
    const view = renderApp(<SyncPage />);
    await view.user.type(screen.getByRole('textbox', { name: 'Address of the file' }), 'http://files.example/a.json');
    expect(screen.getByText(/Without https/)).toBeInTheDocument();
    await view.user.click(screen.getByRole('radio', { name: 'Plain HTTP' }));
    await view.user.click(screen.getByRole('combobox', { name: 'Sign in with' }));
    await view.user.click(screen.getByRole('option', { name: 'Token (Bearer)' }));
    await view.user.type(screen.getByLabelText('Token'), 'T');
    await view.user.click(screen.getByText('Certificates'));
    await view.user.type(screen.getByLabelText('Certificates of a further authority (PEM)'), 'CA');
    await view.user.type(screen.getByLabelText('Client certificate (PEM)'), 'CERT');
    await view.user.type(screen.getByLabelText('Key of the client certificate (PEM)'), 'KEY');
    await view.user.type(screen.getByLabelText('Passphrase of the key'), 'P');
    await view.user.click(button('Test the connection'));
    expect(asked(view, 'sync.test')).toEqual([
      {
        settings: { url: 'http://files.example/a.json', kind: 'http', auth: 'bearer', user: '', caPem: 'CA' },
        credentials: { token: 'T', certPem: 'CERT', keyPem: 'KEY', passphrase: 'P' },
      },
    ]);
  });

  it.each(['nonsense', 'ftp://files.example/a', 'https://ann:HUSH@files.example/a', 'https://files.example/'])(
    'says that %s is no address of a file',
    async (url) => {
      const view = renderApp(<SyncPage />);
      await view.user.type(screen.getByRole('textbox', { name: 'Address of the file' }), url);
      await view.user.click(button('Connect'));
      expect(screen.getByText(/An address that begins with/)).toBeInTheDocument();
      expect(asked(view, 'sync.test')).toEqual([]);
    },
  );

  it('says what is wrong, in words that help', async () => {
    const view = renderApp(<SyncPage />);
    view.backend.failures.set(
      'sync.test',
      new DialtreeError({ code: 'sync/tls-unknown-authority', message: 'Not safe.' }),
    );
    await view.user.type(screen.getByRole('textbox', { name: 'Address of the file' }), URL);
    await view.user.click(button('Connect'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'does not know who signed the certificate of files.example',
    );
    expect(asked(view, 'sync.connect')).toEqual([]);
  });

  it('[RS7] opens another project that lies there only when asked to', async () => {
    const view = renderApp(<SyncPage />);
    view.backend.found = { found: 'other-project', name: 'Garden' };
    await view.user.type(screen.getByRole('textbox', { name: 'Address of the file' }), URL);
    await view.user.click(button('Connect'));
    expect(await screen.findByText(/another project lies there: “Garden”/)).toBeInTheDocument();
    expect(asked(view, 'sync.connect')).toEqual([]);
    await view.user.click(button('Open “Garden” and connect it'));
    expect(asked(view, 'sync.connect')).toMatchObject([{ takeRemote: true }]);
  });
});

describe('the state', () => {
  it('[RS6] tells since when and why, and is tried at once when asked to', async () => {
    const view = renderApp(<SyncPage />);
    act(() => {
      view.backend.setRemote({
        settings,
        status: 'offline',
        sinceMs: Date.UTC(2026, 0, 5, 12),
        nextTryAtMs: Date.UTC(2026, 0, 5, 13),
        error: { code: 'sync/unreachable', message: 'files.example cannot be reached: nothing answers there.' },
      });
    });
    expect(screen.getByText('Offline')).toBeInTheDocument();
    expect(screen.getByText('files.example cannot be reached.')).toBeInTheDocument();
    expect(screen.getByText(/nothing answers there/)).toBeInTheDocument();
    expect(screen.getByText(/^Since /)).toHaveTextContent('1/5/26');
    expect(screen.getByText(/^Next try /)).toBeInTheDocument();
    await view.user.click(button('Sync now'));
    expect(asked(view, 'sync.now')).toHaveLength(1);
  });

  it('[RS7] offers to put the local copy in place of what cannot be used, and of nothing else', async () => {
    const view = renderApp(<SyncPage />);
    const blocked = (code: string) =>
      act(() => {
        view.backend.setRemote({ settings, status: 'blocked', error: { code, message: 'Bad.' } });
      });
    blocked('project/newer-version');
    expect(screen.queryByRole('button', { name: 'Put the copy of this computer there' })).not.toBeInTheDocument();
    blocked('project/not-json');
    await view.user.click(button('Put the copy of this computer there'));
    expect(asked(view, 'sync.overwriteRemote')).toHaveLength(1);
    expect(screen.getByText('In step')).toBeInTheDocument();
  });

  it('shows a code that it has no words for with the words of the main process', () => {
    const view = renderApp(<SyncPage />);
    act(() => {
      view.backend.setRemote({ settings, status: 'blocked', error: { code: 'x/y', message: 'Odd.', hint: 'Wait.' } });
    });
    expect(screen.getByText('Odd. Wait.')).toBeInTheDocument();
  });
});

describe('conflicts', () => {
  it('[RS10] stand side by side until a person chooses', async () => {
    const view = renderApp(<SyncPage />);
    const gone: SyncConflict = { ...conflict, id: 'c2', kind: 'removed-changed', ours: null, taken: 'theirs' };
    act(() => {
      view.backend.setRemote({ settings, status: 'conflict', conflicts: [conflict, gone] });
    });
    expect(screen.getByRole('heading', { name: '2 conflicts' })).toBeInTheDocument();
    const [first, second] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent('Flow “Main menu” › Node “Sales queue” › name');
    expect(within(first!).getByText('Sales team')).toBeInTheDocument();
    expect(within(first!).getByText('Sales desk')).toBeInTheDocument();
    expect(within(first!).getByText('in the project now')).toBeInTheDocument();
    expect(within(second!).getByText('Not there')).toBeInTheDocument();
    await view.user.click(within(first!).getByRole('button', { name: /^Take theirs: Flow/ }));
    expect(asked(view, 'sync.resolve')).toEqual([{ id: 'c1', pick: 'theirs' }]);
    await view.user.click(within(screen.getByRole('listitem')).getByRole('button', { name: /^Take ours/ }));
    expect(screen.queryByRole('listitem')).not.toBeInTheDocument();
    expect(screen.getByText('In step')).toBeInTheDocument();
  });

  it('[RS10] what is unsaved is saved before a choice', async () => {
    const view = renderApp(<SyncPage />);
    act(() => {
      view.backend.setRemote({ settings, status: 'conflict', conflicts: [conflict] });
      view.stores.project.edit((project) => {
        project.name = 'Typed a moment ago';
      });
    });
    await view.user.click(screen.getByRole('button', { name: /^Take ours/ }));
    const order = view.backend.asked.map(({ name }) => name).filter((name) => /save|resolve/.test(name));
    expect(order).toEqual(['project.save', 'sync.resolve']);
  });
});
