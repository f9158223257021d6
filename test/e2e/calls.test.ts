import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
