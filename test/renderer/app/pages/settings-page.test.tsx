import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SettingsPage } from '../../../../renderer/app/pages/settings-page.tsx';
import { checkProject } from '../../../../shared/analyze/check.ts';
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
