import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';
import { sampleProject } from '../support/sample-project.ts';

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(sampleProject());
});
afterAll(() => designer?.close());

const flows = () => Object.values(designer.backend.state.project.flows).map(({ name }) => name);

describe('folding', () => {
  it('[FO6] by the keyboard, of what is selected; the node that stands for it unfolds again', async () => {
    const { page } = designer;
    const before = Object.keys((await designer.flow()).nodes).sort();
    const [chosen = ''] = Object.entries((await designer.flow()).nodes).find(([, node]) => node.type === 'queue') ?? [];
    await designer.card(chosen).click();
    await page.keyboard.press('Control+g');
    const after = await designer.flow();
    const [folded] = Object.values(after.nodes).filter((node) => node.type === 'sub-flow');
    expect(folded?.name).toBe('Folded part');
    expect(after.nodes[chosen]).toBeUndefined();
    expect(flows()).toHaveLength(2);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Unfold it here' }).click();
    expect(Object.keys((await designer.flow()).nodes)).toHaveLength(before.length);
    expect(flows()).toHaveLength(1);
  });

  it('[FO6] says why not, and leaves everything as it is', async () => {
    const { page } = designer;
    const before = await designer.flow();
    await designer.card('start').click();
    await page.keyboard.press('Control+g');
    await page.getByText('Nothing leads into them: callers would never come there.').waitFor();
    expect(await designer.flow()).toEqual(before);
  });

  it('[FO6] by the bar above several nodes', async () => {
    const { page } = designer;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page
      .getByRole('toolbar', { name: 'What is selected' })
      .getByRole('button', { name: /^Fold into/ })
      .click();
    // All but the start, which leads to one of them.
    expect(Object.values((await designer.flow()).nodes).map((node) => node.type)).toEqual(['start', 'sub-flow']);
  });
});
