import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SettingsPage } from '../../../../renderer/app/pages/settings-page.tsx';
import { checkProject } from '../../../../shared/analyze/check.ts';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';
import { node, sampleProject } from '../../../support/sample-project.ts';

describe('settings of the project', () => {
  it('chooses the plan, which is enforced (S14)', async () => {
    const project = sampleProject();
    const flow = project.flows.main!;
    // A third menu below the two that the sample has below each other.
    flow.nodes.deep = node('menu', { data: { keys: ['1'] }, connections: { 'key:1': 'ann' } });
    flow.nodes.deeper = node('menu', { data: { keys: ['1'] }, connections: { 'key:1': 'deep' } });
    const menus = Object.entries(flow.nodes).filter(([, one]) => one.type === 'menu');
    for (const [id, one] of menus) {
      if (id !== 'deep' && id !== 'deeper') one.connections['no-input'] = 'deeper';
    }
    const view = renderApp(<SettingsPage />, testWindow(project));
    const deep = () => checkProject(projectOf(view)).filter(({ code }) => code === 'check/too-deep');
    expect(deep()).toEqual([]);
    await view.user.click(screen.getByRole('radio', { name: 'Standard' }));
    expect(projectOf(view).settings.plan).toBe('standard');
    expect(deep().map(({ severity }) => severity)).toContain('error');
    expect(screen.getByText(/at most two levels/)).toBeInTheDocument();
  });

  it('sets language and voice together, and how long a ring is', async () => {
    const view = renderApp(<SettingsPage />);
    await view.user.click(await screen.findByRole('combobox', { name: 'Voice' }));
    await view.user.click(await screen.findByRole('option', { name: 'English, female' }));
    expect(projectOf(view).settings.speech).toEqual({ voice: 'en+f2' });
    await view.user.click(screen.getByRole('combobox', { name: 'Language' }));
    await view.user.click(screen.getByRole('option', { name: 'Polish' }));
    expect(projectOf(view).settings).toMatchObject({ language: 'pl', speech: {} });
    const ring = screen.getByRole('textbox', { name: 'One ring lasts' });
    await view.user.clear(ring);
    await view.user.type(ring, '6');
    expect(projectOf(view).settings.ringMs).toBe(6000);
  });

  it('tells an address of new messages: set, named a secret, tested, shown how it goes, taken out', async () => {
    const view = renderApp(<SettingsPage />);
    const webhook = () => projectOf(view).settings.voicemailWebhook;
    const url = screen.getByRole('textbox', { name: 'Address that is told of new messages' });
    await view.user.click(url);
    await view.user.paste('https://ann:secret@crm.example');
    expect(screen.getByText('An http or https address without a user or password')).toBeInTheDocument();
    expect(webhook()).toBeUndefined();
    await view.user.clear(url);
    await view.user.paste('http://crm.example/voicemail');
    expect(webhook()).toEqual({ url: 'http://crm.example/voicemail', secretName: 'voicemail' });
    expect(screen.getByText('Numbers of callers are sent without encryption: use https')).toBeInTheDocument();
    await view.user.clear(url);
    expect(webhook()).toBeUndefined();
    await view.user.paste('https://crm.example/voicemail');
    const secret = screen.getByRole('textbox', { name: 'Name of the secret that signs it' });
    await view.user.clear(secret);
    await view.user.type(secret, 'crm_hook');
    expect(webhook()).toEqual({ url: 'https://crm.example/voicemail', secretName: 'crm_hook' });
    expect(screen.getByText('The secret itself is in the environment: DIALTREE_SECRET_CRM_HOOK.')).toBeInTheDocument();
    ProjectSchema.parse(projectOf(view));

    await view.user.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText('The test has arrived.')).toBeInTheDocument();
    const refused = {
      code: 'webhook/refused',
      message: 'The address answered with status 401.',
      params: { status: 401 },
    };
    view.backend.failures.set('webhook.test', new DialtreeError(refused));
    await view.user.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText(refused.message)).toBeInTheDocument();
    act(() => view.backend.setWebhook({ waiting: 2, nextTryAtMs: 1_700_000_000_000, error: refused }));
    expect(await screen.findByText(/2 messages are not told yet\..*The next attempt is on/)).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(refused.message);
    await view.user.clear(url);
    expect(projectOf(view).settings).not.toHaveProperty('voicemailWebhook');
    expect(screen.queryByRole('button', { name: 'Send a test' })).toBeNull();
  });

  it('sets the notice of recordings and for how long they are kept; what is as usual is not in the document', async () => {
    const view = renderApp(<SettingsPage />);
    const notice = screen.getByRole('textbox', { name: 'Notice in English' });
    expect(notice).toHaveAttribute('placeholder', 'This call is being recorded.');
    await view.user.type(notice, 'We record this.');
    const days = screen.getByRole('textbox', { name: 'Keep recordings for' });
    await view.user.type(days, '30');
    expect(projectOf(view).settings.recording).toEqual({ notices: { en: 'We record this.' }, keepDays: 30 });
    await view.user.clear(days);
    await view.user.clear(notice);
    expect(projectOf(view).settings).not.toHaveProperty('recording');
  });
});
