import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { DesignerWindow, middleOf } from '../support/designer-window.ts';
import { sampleProject } from '../support/sample-project.ts';

const pictures = process.env.DIALTREE_PICTURES;
let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(sampleProject());
});
afterAll(() => designer?.close());
beforeEach(() => designer.reload(sampleProject()));

const add = async (text: string) => {
  await designer.page.getByRole('button', { name: 'Add a note' }).click();
  await field().fill(text);
};
const field = () => designer.page.getByRole('textbox', { name: 'Text of the note' });
const note = async () => Object.values((await designer.flow()).notes ?? {})[0];

describe('notes on the canvas', () => {
  it('[NT1] are added, written and coloured, and axe finds nothing', async () => {
    await add('Ask Ann about the hours');
    await designer.page.getByRole('button', { name: 'Blue' }).click();
    expect(await note()).toMatchObject({ text: 'Ask Ann about the hours', colour: 'blue' });
    expect(await violations(designer.page)).toEqual([]);
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await designer.page.screenshot({ path: join(pictures, 'note.png') });
    }
  });

  it('[NT2] are moved by the mouse, pulled larger at a corner, and undone', async () => {
    await add('Pull me');
    const before = await note();
    const box = await field().boundingBox();
    const grip = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) - 8 };
    await designer.pull(grip, { x: grip.x + 60, y: grip.y + 40 });
    const moved = await note();
    expect(moved?.position.x).toBeGreaterThan((before?.position.x ?? 0) + 40);
    const corner = await middleOf(designer.page.locator('.react-flow__resize-control.handle.bottom.right'));
    await designer.pull(corner, { x: corner.x + 60, y: corner.y + 50 });
    const pulled = await note();
    expect(pulled?.width).toBeGreaterThan((moved?.width ?? 0) + 40);
    expect(pulled?.position).toEqual(moved?.position);
    await designer.page.locator('.react-flow__pane').click({ position: { x: 400, y: 30 } });
    await designer.page.keyboard.press('Control+z');
    expect((await note())?.width).toBe(moved?.width);
    await designer.page.keyboard.press('Control+z');
    expect((await note())?.position).toEqual(before?.position);
  });

  it('[NT3] are named for screen readers, and Delete takes them off', async () => {
    await add('Obsolete');
    const card = designer.page.locator('.react-flow__node-note');
    expect(await card.getAttribute('aria-label')).toBe('Note: Obsolete');
    await card.focus();
    await designer.page.keyboard.press('Delete');
    expect((await designer.flow()).notes).toEqual({});
  });
});
