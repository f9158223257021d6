import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ProofSection } from '../../../../renderer/app/designer/proof-section.tsx';
import { followedCall } from '../../../../renderer/store/live-calls-store.ts';
import { createProofStore } from '../../../../renderer/store/proof-store.ts';
import { renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

describe('proof', () => {
  it('says that every way was looked at, when it was and nothing was found', async () => {
    const project = sampleProject();
    // Nobody can be cut off where the number itself only hangs up.
    for (const number of Object.values(project.numbers)) number.defaultHandling = { kind: 'hang-up' };
    const view = renderApp(<ProofSection />, testWindow(project));
    await view.user.click(screen.getByRole('button', { name: 'Prove every way' }));
    const { result } = view.stores.proof.state.getState();
    expect(result?.complete).toBe(true);
    if (result?.findings.length === 0) expect(screen.getByText(/Every call ends well: \d+ states/)).toBeInTheDocument();
    else expect(screen.getAllByRole('listitem')).toHaveLength(result?.findings.length ?? 0);
  });

  it('shows a call that goes the way it found, and that the project has changed since', async () => {
    const view = renderApp(<ProofSection />, testWindow(sampleProject()));
    const keys = screen.getByRole('textbox', { name: 'Keys to a person at most' });
    await view.user.clear(keys);
    await view.user.type(keys, '0');
    const seconds = screen.getByRole('textbox', { name: 'Seconds to a person at most' });
    await view.user.clear(seconds);
    await view.user.type(seconds, '1');
    await view.user.click(screen.getByRole('button', { name: 'Prove every way' }));
    const tooFar = await screen.findByRole('button', { name: /^Show a call that goes this way: .*keys and/ });
    await view.user.click(tooFar);
    const shown = followedCall(view.stores.live.getState(), 'main');
    expect(shown?.summary.callId).toBe('proof:prove/person-too-far');
    expect(shown?.trace.some(({ type }) => type === 'answered')).toBe(true);
    act(() =>
      view.stores.project.edit((document) => {
        document.name = 'Changed';
      }),
    );
    expect(screen.getByText('The project has changed since.')).toBeInTheDocument();
  });

  it('can be given up, and says when it does not work', async () => {
    const given = testWindow();
    const never = createProofStore(given.stores.project, () => new Promise(() => {}));
    never.prove();
    expect(never.state.getState().status).toBe('running');
    never.cancel();
    expect(never.state.getState().status).toBe('idle');
    const broken = createProofStore(given.stores.project, () => Promise.reject(new Error('no worker')));
    broken.prove();
    await Promise.resolve();
    await Promise.resolve();
    expect(broken.state.getState()).toMatchObject({ status: 'failed', error: { message: 'no worker' } });
  });
});
