import type { Page } from 'playwright-core';
import type { Position } from '../../renderer/store/flow-edits.ts';
import { framesDuring, settled } from './frames.ts';

/** What is done to a canvas by mouse, the same in every page. Steps are as many moves of the mouse. */
const STEPS = 60;
const WHEEL_STEPS = 30;
const WHEEL_DELTA = 40;

/** React Flow's viewport on the page: where the canvas's origin is in screen pixels, and the zoom. */
interface View extends Position {
  readonly zoom: number;
}

async function viewOf(page: Page): Promise<View> {
  return page.evaluate(() => {
    const viewport = document.querySelector('.react-flow__viewport');
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    const matrix = new DOMMatrix(viewport ? getComputedStyle(viewport).transform : '');
    return { x: (pane?.x ?? 0) + matrix.e, y: (pane?.y ?? 0) + matrix.f, zoom: matrix.a };
  });
}

/** A place of a card's head on the screen, by where the card is on the canvas. */
async function placeOf(page: Page, card: Position): Promise<Position> {
  const view = await viewOf(page);
  return { x: view.x + (card.x + 120) * view.zoom, y: view.y + (card.y + 12) * view.zoom };
}

/** Somewhere on the canvas where nothing is, about its middle. */
async function emptyPlace(page: Page): Promise<Position> {
  return page.evaluate(() => {
    const box = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect();
    for (let at = 0; at < 4000; at++) {
      const x = box.x + box.width * (0.3 + 0.4 * ((at * 0.618) % 1));
      const y = box.y + box.height * (0.3 + 0.4 * ((at * 0.755) % 1));
      if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y };
    }
    throw new Error('cards everywhere');
  });
}

/** At the right edge, where no card is when everything is shown. */
async function edgePlace(page: Page): Promise<Position> {
  const box = await page.locator('.react-flow').boundingBox();
  if (!box) throw new Error('no canvas');
  return { x: box.x + box.width - 10, y: box.y + box.height * 0.4 };
}

/** Presses there and moves to and fro. */
async function sway(page: Page, from: Position, widthPx: number): Promise<readonly number[]> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames = await framesDuring(page, async () => {
    for (let step = 1; step <= STEPS; step++) {
      const turn = (step / STEPS) * 2 * Math.PI;
      await page.mouse.move(from.x - (widthPx * (1 - Math.cos(turn))) / 2, from.y + (widthPx / 4) * Math.sin(turn));
    }
  });
  await page.mouse.up();
  await settled(page);
  return frames;
}

export const panWhole = async (page: Page) => sway(page, await edgePlace(page), 400);
export const panNear = async (page: Page) => sway(page, await emptyPlace(page), 700);

/** The wheel in the middle: in and out again. */
export async function zoomWhole(page: Page): Promise<readonly number[]> {
  const box = await page.locator('.react-flow').boundingBox();
  if (!box) throw new Error('no canvas');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const frames = await framesDuring(page, async () => {
    for (const direction of [-1, 1]) {
      for (let step = 0; step < WHEEL_STEPS; step++) await page.mouse.wheel(0, direction * WHEEL_DELTA);
    }
  });
  await settled(page);
  return frames;
}

/** Drags the card that is at the given place of the canvas. */
export const drag = async (page: Page, card: Position, widthPx: number) =>
  sway(page, await placeOf(page, card), widthPx);

/** Clicks the card that is at the given place of the canvas. */
export async function clickCard(page: Page, card: Position): Promise<void> {
  const { x, y } = await placeOf(page, card);
  await page.mouse.click(x, y);
  await settled(page);
}
