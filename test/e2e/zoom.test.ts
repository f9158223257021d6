import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';

/** What a screen of 1440 × 900 shows at 200 %. */
const ZOOMED = { width: 720, height: 450 };

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(sampleProject('en'));
  await designer.page.setViewportSize(ZOOMED);
});
afterAll(() => designer?.close());

/** Controls that stick out at the sides, and whether the page as a whole scrolls. */
const misfits = () =>
  designer.page.evaluate(() => {
    const out: string[] = [];
    for (const element of document.querySelectorAll('button, input, textarea, a, h1, h2, [role="tab"]')) {
      const { left, right, width } = element.getBoundingClientRect();
      const isCanvas = element.closest('.react-flow') !== null;
      if (width > 0 && !isCanvas && (right > innerWidth + 1 || left < -1)) {
        out.push(element.getAttribute('aria-label') ?? element.textContent ?? element.tagName);
      }
    }
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) out.push(`scrolls: ${scrollWidth} × ${scrollHeight}`);
    return out;
  });

describe('at 200 %', () => {
  it('[ZM1] every page keeps its controls within the window, and is reached from the rail', async () => {
    const rail = designer.page.getByRole('navigation').getByRole('button');
    const count = await rail.count();
    expect(count).toBeGreaterThanOrEqual(9);
    for (let index = count - 1; index >= 0; index--) {
      await rail.nth(index).click();
      await designer.page.getByRole('heading').first().waitFor();
      expect(await misfits(), (await rail.nth(index).textContent()) ?? '').toEqual([]);
      expect((await rail.nth(index).boundingBox())?.y).toBeLessThan(ZOOMED.height - 20);
    }
  });

  it('[ZM2] the designer has its panels, its palette by name, and a canvas to work on', async () => {
    const { page } = designer;
    for (const name of ['Undo', 'Redo', 'Call this flow']) {
      expect(await page.getByRole('button', { name }).isVisible(), name).toBe(true);
    }
    const menu = page.getByRole('toolbar', { name: 'Add nodes' }).getByRole('button', { name: 'Menu', exact: true });
    expect((await menu.boundingBox())?.width).toBeLessThan(60);
    const canvas = page.locator('.react-flow');
    const width = async () => (await canvas.boundingBox())?.width ?? 0;
    const narrow = await width();
    expect(narrow).toBeGreaterThan(300);
    await page.getByRole('button', { name: /inspector/i, pressed: true }).click();
    await expect.poll(width).toBeGreaterThan(narrow + 200);
    await page.getByRole('button', { name: 'Undo' }).hover({ force: true });
    await page.getByRole('tooltip').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
