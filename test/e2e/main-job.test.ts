import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestToneMs, loudness } from '../support/audio-match.ts';
import { CALLER_HZ, hasPrompt, hasTone, MainJob, OPERATOR_HZ } from '../support/main-job.ts';
import { MAIN_MENU, MENU_PROMPT, SALES_MEMBER, SALES_NODE, SALES_QUEUE } from '../support/sample-facts.ts';

const NEW_PROMPT = 'Good evening. You have reached the bicycle museum. For tickets, press four.';
const NEW_KEY = '4';

/** The main job, once through, as a person does it: each step builds on the one before. */
describe('the first call', () => {
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
  });
  afterAll(() => job.close());

  it('opens the designer with the sample and a phone that is ready', async () => {
    await job.openDesigner();
    const { page } = job.caller;
    await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().waitFor();
    await page.getByText('No problems').waitFor();
  });

  it('changes a prompt and a key, and saves by itself', async () => {
    const { page } = job.caller;
    await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().click();
    await page.getByLabel('Text of the menu').fill(NEW_PROMPT);
    await page.getByRole('button', { name: `Key ${NEW_KEY}: no action` }).click();
    await page.getByRole('combobox', { name: `Key ${NEW_KEY}: leads to` }).click();
    await page.getByRole('option', { name: SALES_NODE, exact: true }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('signs an operator in, in a second browser', async () => {
    await job.signInOperator(SALES_MEMBER);
  });

  it('plays the new prompt to the caller, and not the old one', async () => {
    const { caller } = job;
    await job.callFlow();
    const heard = await caller.hears('the new prompt', hasPrompt(await job.prompt(NEW_PROMPT)), 20_000);
    expect(hasPrompt(await job.prompt(MENU_PROMPT))(heard)).toBe(false);
    await caller.page.locator('.react-flow__node [data-live="current"]', { hasText: MAIN_MENU }).waitFor();
  });

  it('takes the new key: the caller waits with music, and the operator rings with the path on screen', async () => {
    const { caller, operator } = job;
    await caller.clearHeard();
    await job.pressKey(NEW_KEY);
    await operator.page.getByRole('button', { name: 'Answer' }).waitFor();
    const card = operator.page.getByRole('alert');
    await expect(card.textContent()).resolves.toContain(SALES_QUEUE);
    await expect(card.textContent()).resolves.toContain('600100200');
    const path = card.getByRole('list', { name: 'Path through the menu' });
    await expect(path.textContent()).resolves.toContain(MAIN_MENU);
    await expect(path.locator('kbd').textContent()).resolves.toBe(NEW_KEY);
    const music = await caller.hears('music', (sound) => loudness(sound) > 0.005 && sound.samples.length > 16_000);
    expect(longestToneMs(music, 425)).toBeLessThan(900); // music, not ringback
  });

  it('connects both: each hears the other', async () => {
    const { caller, operator } = job;
    await operator.page.getByRole('button', { name: 'Answer' }).click();
    await operator.page.getByTestId('call-status').getByText('On call').waitFor();
    await Promise.all([caller.clearHeard(), operator.clearHeard()]);
    await Promise.all([
      operator.hears('the caller', hasTone(CALLER_HZ)),
      caller.hears('the operator', hasTone(OPERATOR_HZ)),
    ]);
  });

  it('mutes one side only', async () => {
    const { caller, operator } = job;
    await operator.page.getByRole('button', { name: 'Mute', exact: true }).click();
    await caller.page.waitForTimeout(400); // what is already on its way
    await caller.clearHeard();
    await operator.clearHeard();
    await operator.hears('the caller still', hasTone(CALLER_HZ));
    const whileMuted = await caller.heard();
    expect(longestToneMs(whileMuted, OPERATOR_HZ)).toBeLessThan(100);
    await operator.page.getByRole('button', { name: 'Unmute' }).click();
    await caller.hears('the operator again', hasTone(OPERATOR_HZ));
  });

  it('holds and resumes', async () => {
    const { caller, operator } = job;
    await operator.page.getByRole('button', { name: 'Hold' }).click();
    await caller.page
      .getByText('The other side put the call on hold')
      .or(caller.page.getByText('On call'))
      .first()
      .waitFor();
    await operator.page.getByTestId('call-status').getByText('On hold').waitFor();
    await caller.page.waitForTimeout(400);
    await caller.clearHeard();
    await caller.page.waitForTimeout(1500);
    expect(longestToneMs(await caller.heard(), OPERATOR_HZ)).toBeLessThan(100);
    await operator.page.getByRole('button', { name: 'Resume' }).click();
    await operator.clearHeard();
    await Promise.all([
      caller.hears('the operator after hold', hasTone(OPERATOR_HZ)),
      operator.hears('the caller after hold', hasTone(CALLER_HZ)),
    ]);
  });

  it('ends cleanly when the operator hangs up', async () => {
    const { caller, operator } = job;
    await operator.page.getByRole('button', { name: 'Hang up' }).click();
    await caller.page.getByText('The other side hung up').waitFor();
    await operator.page.getByText('Available', { exact: true }).waitFor();
    expect(await caller.openPeers()).toBe(0);
    expect(await operator.openPeers()).toBe(0);
    await caller.page.getByText('ended', { exact: false }).first().waitFor();
  });

  it('has nothing to complain about in either window', () => {
    expect(job.caller.complaints).toEqual([]);
    expect(job.operator.complaints).toEqual([]);
  });
});
