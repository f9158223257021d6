import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';
import { sampleProject } from '../../support/sample-project.ts';

function openMessage(prompts: ReturnType<typeof sampleProject>['prompts']) {
  const project = { ...sampleProject(), prompts };
  const given = testWindow(project);
  given.stores.ui.select(['hours']);
  const view = renderApp(<Inspector flowId="main" />, given);
  return { ...view, prompt: () => projectOf(view).flows.main?.nodes.hours?.data };
}

describe('choosing a prompt of the library', () => {
  it('[PR11] takes it in place of the text, and a text again', async () => {
    const { user, prompt } = openMessage({ hi: { name: 'Hello', sources: { en: { kind: 'text', text: 'Hi' } } } });
    await user.click(screen.getByRole('button', { name: /from the library/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Hello' }));
    expect(prompt()).toMatchObject({ prompt: { kind: 'prompt', promptId: 'hi' } });
    expect(screen.getByText('Hello')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Use a text instead' }));
    expect(prompt()).toMatchObject({ prompt: { kind: 'text', text: '' } });
  });

  it('[PR11] is not offered while there is none', () => {
    openMessage({});
    expect(screen.queryByRole('button', { name: /from the library/ })).toBeNull();
  });
});
