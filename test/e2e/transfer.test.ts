import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { AppBrowser, beeps } from '../support/app-browser.ts';
import { CALLER_HZ, hasTone, MainJob } from '../support/main-job.ts';

const COLLEAGUE_HZ = 2300;
const [operator, colleague] = Object.values(sampleProject('en').people);
if (operator === undefined || colleague === undefined) throw new Error('the sample has two people');

/** A browser each: who calls, the operator, and the colleague whom they ask. */
describe('transfers of the softphone', () => {
  let job: MainJob;
  let third: AppBrowser;
  beforeAll(async () => {
    job = await MainJob.start();
    third = await AppBrowser.launch({ microphone: beeps(COLLEAGUE_HZ), viewport: { width: 400, height: 860 } });
    await job.openDesigner();
    await job.signInOperator(operator.name);
    await third.page.goto(job.host.url);
    await third.page.getByRole('radiogroup', { name: 'Role' }).getByText('Operator').click();
    await third.page.getByRole('button', { name: colleague.name }).click();
    await third.page.getByText('Available', { exact: true }).waitFor();
  });
  afterAll(async () => {
    await third?.close();
    await job?.close();
  });

  async function dial(browser: AppBrowser, extension: string): Promise<void> {
    const field = browser.page.getByLabel('Number or extension');
    await field.fill(extension);
    await field.press('Enter');
  }

  async function answer(browser: AppBrowser): Promise<void> {
    await browser.page.getByRole('button', { name: 'Answer' }).click();
    await browser.page.getByTestId('call-status').getByText('On call').waitFor();
  }

  async function areConnected(): Promise<void> {
    await Promise.all([job.caller.clearHeard(), third.clearHeard()]);
    await Promise.all([
      third.hears('the caller', hasTone(CALLER_HZ)),
      job.caller.hears('the colleague', hasTone(COLLEAGUE_HZ)),
    ]);
  }

  it('hands a call to a colleague, after one who declined', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: 'Show or hide the phone' }).click();
    await dial(job.caller, operator.extension);
    await answer(job.operator);
    const desk = job.operator.page;
    await desk.getByRole('button', { name: 'Transfer', exact: true }).click();
    await desk.getByRole('form', { name: 'Transfer the call' }).getByRole('button', { name: colleague.name }).click();
    await third.page.getByRole('button', { name: 'Decline' }).click();
    await desk.getByRole('alert').getByText('The call is still yours').waitFor();
    await desk.getByRole('button', { name: 'Transfer', exact: true }).click();
    await desk.getByLabel('Colleague or number').fill(colleague.extension);
    await desk.getByLabel('Colleague or number').press('Enter');
    await answer(third);
    await desk
      .getByText(/^Transferred/)
      .first()
      .waitFor();
    await areConnected();
    await job.hangUp();
  });

  it('connects the caller on hold with the colleague who was asked', async () => {
    await dial(job.caller, operator.extension);
    await answer(job.operator);
    const desk = job.operator.page;
    await desk.getByRole('button', { name: 'Hold' }).click();
    await dial(job.operator, colleague.extension);
    await answer(third);
    await desk.getByRole('button', { name: 'Connect both' }).click();
    await areConnected();
    await desk.getByRole('button', { name: 'Hang up' }).waitFor({ state: 'detached' });
    expect(await desk.getByText(/^Transferred/).count()).toBe(3);
    expect([...job.operator.complaints, ...third.complaints]).toEqual([]);
  });
});
