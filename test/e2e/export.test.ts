import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DesignerWindow } from '../support/designer-window.ts';
import { sampleProject } from '../support/sample-project.ts';

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(sampleProject());
});
afterAll(() => designer?.close());

async function saved(item: string): Promise<{ name: string; bytes: Buffer }> {
  await designer.page.getByRole('button', { name: 'More about this flow' }).click();
  const coming = designer.page.waitForEvent('download');
  await designer.page.getByRole('menuitem', { name: item }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('a flow is saved', () => {
  it('[XP1] as a PNG of its whole drawing', async () => {
    const { name, bytes } = await saved('Save as a picture (PNG)');
    expect(name).toBe('Main menu.png');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // Twice the drawing's size, from the header's width.
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(2400);
  });

  it('[XP2] as an SVG with its texts', async () => {
    const { bytes } = await saved('Save as a drawing (SVG)');
    expect(bytes.toString()).toMatch(/^<svg xmlns/);
    expect(bytes.toString()).toContain('Sales queue');
  });

  it('[XP3] as a description to print', async () => {
    const { name, bytes } = await saved('Save a description to print');
    expect(name).toBe('Main menu.html');
    expect(bytes.toString()).toContain('<h1>Main menu</h1>');
    expect(bytes.toString()).toContain('Key 1');
  });
});
