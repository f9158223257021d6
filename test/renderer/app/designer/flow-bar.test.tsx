import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FlowBar } from '../../../../renderer/app/designer/flow-bar.tsx';
import { useUi } from '../../../../renderer/store/react.tsx';
import { projectOf, renderApp } from '../../../support/render-app.tsx';

function OpenFlow() {
  const flowId = useUi((state) => state.flowId);
  return flowId === null ? null : <FlowBar flowId={flowId} />;
}
const flowNames = (view: Parameters<typeof projectOf>[0]) =>
  Object.values(projectOf(view).flows).map((flow) => flow.name);

describe('flow bar', () => {
  it('makes a flow with a start, and opens it', async () => {
    const view = renderApp(<OpenFlow />);
    await view.user.click(screen.getByRole('button', { name: 'Choose a flow' }));
    await view.user.click(await screen.findByRole('menuitem', { name: 'New flow' }));
    expect(flowNames(view)).toEqual(['Main menu', 'New flow']);
    expect(screen.getByRole('heading', { name: 'New flow' })).toBeInTheDocument();
    expect(screen.getByText('no number yet')).toBeInTheDocument();
  });

  it('duplicates and deletes the open flow; undo brings it back', async () => {
    const view = renderApp(<OpenFlow />);
    await view.user.click(screen.getByRole('button', { name: 'More about this flow' }));
    await view.user.click(await screen.findByRole('menuitem', { name: 'Duplicate the flow' }));
    expect(flowNames(view)).toEqual(['Main menu', 'Main menu (copy)']);
    await view.user.click(screen.getByRole('button', { name: 'More about this flow' }));
    await view.user.click(await screen.findByRole('menuitem', { name: 'Delete the flow' }));
    expect(flowNames(view)).toEqual(['Main menu']);
    expect(screen.getByRole('heading', { name: 'Main menu' })).toBeInTheDocument();
    view.stores.project.undo();
    expect(flowNames(view)).toHaveLength(2);
  });
});
