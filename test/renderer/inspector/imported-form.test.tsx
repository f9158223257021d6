import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../renderer/inspector/inspector.tsx';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';
import { node, sampleProject } from '../../support/sample-project.ts';

function open(id: string, project = sampleProject()) {
  const given = testWindow(project);
  given.stores.ui.select([id]);
  const view = renderApp(<Inspector flowId="main" />, given);
  return { ...view, data: () => projectOf(view).flows.main?.nodes[id]?.data };
}

describe('imported step', () => {
  it('shows what it was, and lets choose how calls go on meanwhile', async () => {
    const project = sampleProject();
    project.flows.main!.nodes.old = node('imported');
    const { user, data } = open('old', project);
    expect(screen.getByText('A step of Twilio Studio')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'As it was written there' })).toHaveTextContent('{}');
    await user.click(screen.getByRole('combobox', { name: 'Meanwhile calls go on by' }));
    await user.click(screen.getByRole('option', { name: 'fail' }));
    expect(data()).toMatchObject({ goOn: '2' });
  });
});
