import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPrompt, MainJob } from '../support/main-job.ts';
import { MAIN_MENU, MENU_PROMPT } from '../support/sample-facts.ts';

/** A call that was tried in the simulator, made for real: nobody touches a key of the phone. */
describe('the same call for real', () => {
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
  });
  afterAll(() => job.close());

  it('presses the keys at the same places, with what runs down shown on the node', async () => {
    await job.openDesigner();
    const { page } = job.caller;
    await page.getByRole('tab', { name: 'Simulator' }).click();
    await page.getByRole('button', { name: 'Start a call' }).click();
    await page.getByText('20×', { exact: true }).click();
    await page.getByRole('timer', { name: 'Waits for a key' }).waitFor();
    await page.getByRole('button', { name: 'Press 9' }).click();
    await page.getByRole('button', { name: 'Press 2' }).click();
    await page.getByLabel('Lower panel').getByRole('button', { name: 'Hang up' }).click();
    await job.caller.clearHeard();
    await page.getByRole('button', { name: 'Call it for real, with the same keys' }).click();
    const card = page.locator('.react-flow__node', { hasText: MAIN_MENU }).first();
    const menu = hasPrompt(await job.prompt(MENU_PROMPT));
    await Promise.all([
      job.caller.hears('the menu', menu, 20_000),
      card.getByRole('timer', { name: 'Waits for a key' }).waitFor(),
    ]);
    // The caller of the simulation hung up after the keys; so does this one.
    await page.getByRole('complementary', { name: 'Phone' }).getByText('You hung up').waitFor();
    const keys = (await job.caller.wire()).map(({ text }) => text).filter((text) => text.startsWith('DTMF'));
    expect(keys).toEqual(['DTMF 9', 'DTMF 2']);
    expect(await page.getByText('The call went another way').count()).toBe(0);
  });
});
