import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProjectStore } from '../../electron/services/project/project-store.ts';
import { largeFlow } from '../bench/large-flow.ts';
import { violations } from '../support/axe.ts';
import { MainJob } from '../support/main-job.ts';
import { MAIN_MENU } from '../support/sample-facts.ts';

/** Calls that were made, as the supervisor finds them again: on the page Calls, and drawn onto the flow. */
describe('calls that were made', () => {
  let job: MainJob;
  const picture = async (name: string) => {
    const folder = process.env.DIALTREE_PICTURES;
    if (folder) await job.caller.page.screenshot({ path: join(folder, `calls-${name}.png`) });
  };
  beforeAll(async () => {
    job = await MainJob.start();
  });
  afterAll(() => job.close());

  it('are counted on the wires they took and at the nodes where the caller hung up, near and far out', async () => {
    await job.openDesigner();
    const { page } = job.caller;
    const card = page.locator('.react-flow__node', { hasText: MAIN_MENU }).first();
    for (let call = 0; call < 2; call++) {
      await job.callFlow();
      await card.getByRole('timer', { name: 'Waits for a key' }).waitFor();
      await job.hangUp();
      await page.getByRole('complementary', { name: 'Phone' }).getByText('You hung up').nth(call).waitFor();
    }
    await page.getByRole('button', { name: 'Show the calls of the last 30 days' }).click();
    await card.getByRole('img', { name: '2 callers hung up here' }).waitFor();
    const hot = page.locator('.react-flow__edge [data-hot="true"]');
    expect(await hot.count()).toBeGreaterThan(0);
    expect(await page.getByText('2 calls went this way').count()).toBe(await hot.count());
    await picture('heat-near');
    for (let step = 0; step < 6; step++) await page.getByRole('button', { name: 'Zoom out' }).click();
    await picture('heat-far');
    await page.getByRole('button', { name: 'Show the calls of the last 30 days' }).click();
    await hot.first().waitFor({ state: 'detached' });
  });

  it('are listed, and open step by step', async () => {
    const { page } = job.caller;
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Calls' }).click();
    await picture('page');
    expect(await page.getByRole('row').count()).toBeGreaterThan(2);
  });
});

/** From 150 nodes on only what is in view is in the page: the far layer draws the rest. */
const MANY_NODES = 160;

describe('calls of a large flow', () => {
  let job: MainJob;
  const picture = async (name: string) => {
    const folder = process.env.DIALTREE_PICTURES;
    if (folder) await job.caller.page.screenshot({ path: join(folder, `heat-large-${name}.png`) });
  };
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
    const store = new ProjectStore(dataDir);
    const { revision } = await store.createSample('en');
    await store.save(largeFlow(MANY_NODES), revision);
    job = await MainJob.start({ dataDir });
    await job.openDesigner();
  });
  afterAll(() => job.close());

  const zoomOut = async (steps: number) => {
    const { page } = job.caller;
    for (let step = 0; step < steps; step++) await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.waitForTimeout(400); // until it has glided there
  };

  /** How many points of the far layer have the colour of heat. */
  const heatPoints = () =>
    job.caller.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.react-flow > canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('there is no far layer');
      const token = getComputedStyle(canvas).getPropertyValue('--dt-heat').trim();
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(token.slice(at, at + 2), 16));
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [r = 0, g = 0, b = 0, a = 0] = data.subarray(at, at + 4);
        if (a > 250 && Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) < 12) found++;
      }
      return found;
    });

  it('are drawn on the cards and wires in view, and far out on the one picture, in either theme', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: 'Show or hide the inspector' }).click();
    const at = (id: string) => page.locator(`.react-flow__node[data-id="${id}"] [data-live="current"]`);
    for (const [call, keys] of [['1', '2'], ['4'], []].entries()) {
      await job.callFlow();
      await at('menu-0').waitFor();
      for (const key of keys) {
        await job.pressKey(key);
        await page.waitForTimeout(600);
      }
      await job.hangUp();
      await page.getByRole('complementary', { name: 'Phone' }).getByText('You hung up').nth(call).waitFor();
    }
    await page.getByRole('button', { name: 'Show the calls of the last 30 days' }).click();
    await page.getByText('3 calls went this way').first().waitFor({ state: 'attached' });
    await picture('near');
    expect(await violations(page)).toEqual([]);
    await zoomOut(3); // to 40 %: cards with names, and counts on the picture
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(0);
    await expect.poll(heatPoints).toBeGreaterThan(100);
    await picture('half');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(heatPoints).toBeGreaterThan(100);
    await page.waitForTimeout(400); // colours glide
    await picture('half-dark');
    await zoomOut(9);
    await expect.poll(heatPoints).toBeGreaterThan(20);
    await picture('far-dark');
    await page.mouse.move(700, 20);
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show the calls of the last 30 days' }).click();
    await expect.poll(heatPoints).toBe(0);
  });
});
