import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Position } from '../../renderer/store/flow-edits.ts';
import { largeFlow } from '../bench/large-flow.ts';
import { violations } from '../support/axe.ts';
import { DesignerWindow } from '../support/designer-window.ts';

const NODES = 400;
const pictures = process.env.DIALTREE_PICTURES;

let designer: DesignerWindow;
beforeAll(async () => {
  designer = await DesignerWindow.open(largeFlow(NODES));
});
afterAll(() => designer?.close());
beforeEach(() => designer.reload(largeFlow(NODES)));

const place = (id: string): Position => {
  const node = largeFlow(NODES).flows.main?.nodes[id];
  if (!node) throw new Error(`no node ${id}`);
  return node.position;
};

/** Where a place of the canvas is on the screen now. */
async function onScreen({ x, y }: Position): Promise<Position> {
  const view = await designer.page.evaluate(() => {
    const matrix = new DOMMatrix(
      getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform,
    );
    const box = (document.querySelector('.react-flow') as Element).getBoundingClientRect();
    return { x: box.x + matrix.e, y: box.y + matrix.f, zoom: matrix.a };
  });
  return { x: view.x + x * view.zoom, y: view.y + y * view.zoom };
}
const middle = (id: string) => onScreen({ x: place(id).x + 120, y: place(id).y + 50 });
const cards = () => designer.page.locator('.react-flow__node');
const nameField = () => designer.page.getByRole('textbox', { name: 'Name', exact: true });

async function showAll(): Promise<void> {
  await designer.page.getByRole('button', { name: /^Show everything/ }).click();
  await expect.poll(() => cards().count()).toBe(0);
  await steady();
}

/** Until the viewport stands still. */
async function steady(): Promise<void> {
  const at = () => designer.page.locator('.react-flow__viewport').getAttribute('style');
  let before = '';
  await expect
    .poll(async () => {
      const now = (await at()) ?? '';
      const same = now === before;
      before = now;
      return same;
    })
    .toBe(true);
}

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await designer.page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Colour of one point of the far layer, as `r,g,b,a`. */
const layerColour = (at: Position) =>
  designer.page.evaluate(({ x, y }) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.react-flow > canvas');
    const box = canvas?.getBoundingClientRect();
    const context = canvas?.getContext('2d');
    const scale = window.devicePixelRatio;
    return [
      ...(context?.getImageData((x - (box?.x ?? 0)) * scale, (y - (box?.y ?? 0)) * scale, 1, 1).data ?? []),
    ].join();
  }, at);

describe('a large flow', () => {
  it('[LF1] opens at its start with real cards of what is in view only', async () => {
    await picture('large-opening');
    const shown = await cards().count();
    expect(shown).toBeGreaterThan(2);
    expect(shown).toBeLessThan(80);
    expect(await designer.handle('start', 'next').count()).toBe(1);
  });

  it('[LF2] is one picture far out, in which a click selects, and with Shift adds', async () => {
    await showAll();
    const at = await middle('menu-0');
    await designer.page.mouse.click(at.x, at.y);
    expect(await nameField().inputValue()).toBe('Menu 0');
    const other = await middle('menu-1');
    await designer.page.keyboard.down('Shift');
    await designer.page.mouse.click(other.x, other.y);
    await designer.page.keyboard.up('Shift');
    await designer.page.getByText('2 nodes').first().waitFor();
    await picture('large-whole');
    expect(await cards().count()).toBe(0);
  });

  it('[LF3] far out, dragging moves what is selected, as one undo step', async () => {
    await showAll();
    const from = await middle('menu-0');
    await designer.pull(from, { x: from.x + 30, y: from.y + 20 });
    const moved = (await designer.flow()).nodes['menu-0']?.position ?? { x: 0, y: 0 };
    expect(moved.x).toBeGreaterThan(place('menu-0').x + 100);
    expect(moved.y).toBeGreaterThan(place('menu-0').y + 60);
    await designer.page.keyboard.press('Control+z');
    expect((await designer.flow()).nodes['menu-0']?.position).toEqual(place('menu-0'));
  });

  it('[LF4] a double click goes near, where the card is real', async () => {
    await showAll();
    const at = await middle('queue-20');
    await designer.page.mouse.dblclick(at.x, at.y);
    await designer.card('queue-20').waitFor();
    await designer.card('queue-20').getByText('Waits in').waitFor();
    await steady();
    await picture('large-near');
  });

  it('[LF5] far out, a box selects everything in it', async () => {
    await showAll();
    const from = await onScreen({ x: place('menu-0').x - 40, y: place('menu-0').y - 40 });
    const to = await onScreen({ x: place('end-0').x + 260, y: place('exit-0').y + 200 });
    await designer.page.keyboard.down('Shift');
    await designer.pull(from, to);
    await designer.page.keyboard.up('Shift');
    await designer.page.getByText('8 nodes').first().waitFor();
  });

  it('[LF6] a click beside cards selects a connection, and one on nothing selects nothing', async () => {
    await showAll();
    const start = place('start');
    // Half way between the start node and the first menu.
    const at = await onScreen({ x: start.x + 300, y: start.y + 70 });
    await designer.page.mouse.click(at.x, at.y);
    await designer.page.keyboard.press('Delete');
    expect((await designer.flow()).nodes.start?.connections).toEqual({});
  });

  it('[LF7] every node has a name that says where it leads, and the keyboard goes along', async () => {
    const { page } = designer;
    await showAll();
    const first = page.getByRole('button', { name: /^Start\. .*Then leads to Menu 0/ });
    await first.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const named = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(named).toMatch(/^Menu: Menu 1\. .*Key 1 leads to Menu 4; .*No key leads to Operator 1/);
    await page.keyboard.press('Enter');
    expect(await nameField().inputValue()).toBe('Menu 1');
    expect(
      await page
        .getByRole('navigation', { name: /not drawn/ })
        .getByRole('button')
        .count(),
    ).toBe(NODES + 1);
  });

  it('[LF8] near, what the keyboard goes to comes into view', async () => {
    const { page } = designer;
    await designer.card('start').focus();
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowRight');
    const focused = await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset.id);
    expect(focused).toBeDefined();
    await expect.poll(() => designer.card(focused ?? '').isVisible()).toBe(true);
    const isOnCard = () => designer.card(focused ?? '').evaluate((card) => card === document.activeElement);
    await expect.poll(isOnCard).toBe(true);
  });

  it('[LF9] the picture has the selection and both themes, and axe finds nothing', async () => {
    await showAll();
    const dot = await onScreen({ x: place('menu-0').x + 200, y: place('menu-0').y + 200 });
    const light = await layerColour(dot);
    await designer.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => layerColour(dot)).not.toBe(light);
    await picture('large-dark');
    await designer.page.mouse.move(0, 0);
    await designer.page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await violations(designer.page)).toEqual([]);
    await designer.page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => layerColour(dot)).toBe(light);
  });

  it('[LF10] half way out cards have their icon and name in the picture', async () => {
    await showAll();
    await designer.page.mouse.move((await middle('menu-0')).x, (await middle('menu-0')).y);
    for (let step = 0; step < 9; step++) await designer.page.mouse.wheel(0, -60);
    await steady();
    await picture('large-half');
    expect(await cards().count()).toBe(0);
  });
});
