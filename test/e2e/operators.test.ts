import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppBrowser, beeps } from '../support/app-browser.ts';
import { violations } from '../support/axe.ts';
import { CALLER_HZ, hasTone, hasToneAmong, MainJob, OPERATOR_HZ } from '../support/main-job.ts';
import { openOperatorsProject } from '../support/operators-project.ts';
import { pbxPids } from '../support/pbx-pids.ts';
import { SALES_KEY, SALES_MEMBER, SALES_QUEUE } from '../support/sample-facts.ts';

const SUPERVISOR_HZ = 2200;

/** A caller, the only operator of sales, and a supervisor before the wallboard: a browser each. */
describe('operators’ states', () => {
  let job: MainJob;
  let supervisor: AppBrowser;
  beforeAll(async () => {
    job = await MainJob.start();
    await openOperatorsProject(job.host.url);
    supervisor = await AppBrowser.launch({ viewport: { width: 1280, height: 800 }, microphone: beeps(SUPERVISOR_HZ) });
    await job.openDesigner();
    await job.signInOperator(SALES_MEMBER);
    await supervisor.page.goto(job.host.url);
    await supervisor.page.getByRole('button', { name: 'Wallboard', exact: true }).click();
  });
  afterAll(async () => {
    await supervisor?.close();
    await job?.close();
  });

  const desk = () => job.operator.page;
  const badge = (state: string) => desk().locator(`[data-state="${state}"]`);
  const onBoard = (state: string) =>
    supervisor.page
      .getByRole('row', { name: SALES_MEMBER })
      .locator(`[data-state="${state}"]`)
      .waitFor({ timeout: 10_000 });
  const salesRow = () => supervisor.page.getByRole('row', { name: `Callers of ${SALES_QUEUE}` });

  async function callSales(): Promise<void> {
    await job.callFlow();
    await job.caller.page.getByTestId('call-status').getByText('On call').waitFor();
    await job.pressKey(SALES_KEY);
  }

  async function choose(state: string): Promise<void> {
    await desk().getByRole('button', { name: 'Change state' }).focus();
    await desk().keyboard.press('Enter');
    await desk().getByRole('menuitemradio', { name: state }).press('Enter');
  }

  it('a pause chosen in a call comes after it and its wrap-up, whose note is kept with the call', async () => {
    await onBoard('available');
    await callSales();
    await desk().getByRole('button', { name: 'Answer' }).click();
    await badge('on-call').waitFor();
    await job.operator.hears('the caller', hasTone(CALLER_HZ));
    await onBoard('on-call');
    await choose('Lunch');
    await desk().getByText('Next: Paused: Lunch').waitFor();
    await job.hangUp();
    await badge('wrap-up').waitFor();
    await onBoard('wrap-up');
    const wrapUp = desk().getByRole('region', { name: /^Wrap-up/ });
    await wrapUp.getByText('Repair').click();
    await wrapUp.getByLabel('Note').fill('Flat tyre');
    await wrapUp.getByRole('button', { name: 'Finish' }).click();
    await badge('paused').waitFor();
    await onBoard('paused');
    await desk().getByRole('region', { name: 'Today' }).getByText('1', { exact: true }).first().waitFor();
  });

  it('who is paused is not rung: the caller waits on the wallboard until they are back', async () => {
    await callSales();
    await salesRow().locator('time').waitFor({ timeout: 10_000 });
    await salesRow().getByText('0 / 1').waitFor();
    await supervisor.page.getByRole('button', { name: `Callers of ${SALES_QUEUE}` }).click();
    const callers = supervisor.page.getByRole('list', { name: `Callers who wait in ${SALES_QUEUE}` });
    await expect.poll(() => callers.getByRole('listitem').count()).toBe(1);
    expect(await violations(supervisor.page)).toEqual([]);
    // Longer than the phone needs to ring.
    await expect
      .poll(async () => (await salesRow().locator('time').textContent()) ?? '', { timeout: 10_000 })
      .toBe('0:03');
    expect(await desk().getByRole('button', { name: 'Answer' }).count()).toBe(0);

    await choose('Available');
    await desk().getByRole('button', { name: 'Answer' }).waitFor();
    const about = desk().getByRole('region', { name: 'About the caller' });
    await about.getByText('Flat tyre').waitFor();
    await about.getByText('Repair').waitFor();
    await onBoard('ringing');
    await desk().getByRole('button', { name: 'Answer' }).click();
    await badge('on-call').waitFor();
    await job.hangUp();
    await desk().getByRole('button', { name: 'Finish' }).click();
    await badge('available').waitFor();
  });

  it('a call answers itself after a beep and the queue’s name, where that is wished', async () => {
    const settings = desk().getByRole('button', { name: 'Phone settings' });
    const wish = desk().getByRole('switch', { name: /^Answer calls of queues/ });
    await settings.click();
    await wish.press('Space');
    expect(await wish.isChecked()).toBe(true);
    await desk().mouse.move(200, 840);
    await desk().getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await violations(desk())).toEqual([]);
    await desk().keyboard.press('Escape');
    await job.operator.clearHeard();
    await callSales();
    await badge('on-call').waitFor();
    await job.operator.hears('the caller', hasTone(CALLER_HZ));
    const sent = (await job.operator.wire()).filter(({ direction }) => direction === 'out');
    const saidAt = sent.findLastIndex(({ text }) => text.includes('speech.render') && text.includes(SALES_QUEUE));
    const answeredAt = sent.findLastIndex(({ text }) => text.startsWith('SIP/2.0 200') && text.includes('INVITE'));
    expect(saidAt).toBeGreaterThan(-1);
    // The beep and the name take their time.
    expect(sent[answeredAt]?.atMs).toBeGreaterThan((sent[saidAt]?.atMs ?? 0) + 600);
    await job.hangUp();
    await desk().getByRole('button', { name: 'Finish' }).click();
    await badge('available').waitFor();
    await settings.click();
    await wish.press('Space');
    await desk().keyboard.press('Escape');
  });

  it('a supervisor listens to a conversation, whispers to the operator, and joins', async () => {
    const { page } = supervisor;
    await callSales();
    await desk().getByRole('button', { name: 'Answer' }).click();
    await badge('on-call').waitFor();
    await onBoard('on-call');
    await page.getByRole('button', { name: `State and queues of ${SALES_MEMBER}` }).click();
    await page.getByRole('menuitem', { name: 'Listen to the conversation' }).click();
    const card = page.getByRole('group', { name: new RegExp(`^Conversation of ${SALES_MEMBER}`) });
    await card.getByText('On call').waitFor();
    await supervisor.hears('the caller', hasToneAmong(CALLER_HZ));
    await supervisor.hears('the operator', hasToneAmong(OPERATOR_HZ));
    expect(await violations(page)).toEqual([]);
    for (const browser of [job.operator, job.caller]) await browser.clearHeard();
    await card.getByText('Whisper', { exact: true }).click();
    await job.operator.hears('the supervisor', hasToneAmong(SUPERVISOR_HZ));
    expect(hasToneAmong(SUPERVISOR_HZ)(await job.caller.heard())).toBe(false);
    await card.getByText('Join', { exact: true }).click();
    await job.caller.hears('the supervisor', hasToneAmong(SUPERVISOR_HZ));
    const folder = process.env.DIALTREE_PICTURES;
    if (folder) await page.screenshot({ path: `${folder}/supervision.png` });
    await job.hangUp();
    await card.getByText('The other side hung up').waitFor();
    await desk().getByRole('button', { name: 'Finish' }).click();
    await badge('available').waitFor();
  });

  it('a supervisor pauses an operator and takes them out of a queue', async () => {
    const { page } = supervisor;
    await page.getByRole('button', { name: `State and queues of ${SALES_MEMBER}` }).click();
    await page.getByRole('menuitemcheckbox', { name: SALES_QUEUE }).click();
    await expect.poll(() => desk().getByRole('switch', { name: SALES_QUEUE }).isChecked()).toBe(false);
    await page.getByRole('menuitemradio', { name: 'Training' }).click();
    await desk().getByText('Paused: Training').waitFor();
    await salesRow().getByText('0 / 0').waitFor();
  });

  it('the page of calls shows what was noted', async () => {
    const { page } = supervisor;
    await page.getByRole('button', { name: 'Calls', exact: true }).click();
    await page.getByRole('row').last().getByRole('button').click();
    await page.getByText('Flat tyre').waitFor();
  });

  it('everyone is as they were when the PBX comes back', async () => {
    for (const pid of pbxPids()) process.kill(pid, 'SIGKILL');
    await badge('offline').waitFor({ timeout: 20_000 });
    await badge('paused').waitFor({ timeout: 30_000 });
    await desk().getByText('Paused: Training').waitFor();
    expect(await desk().getByRole('switch', { name: SALES_QUEUE }).isChecked()).toBe(false);
  });

  it('nobody complained', () => {
    const complaints = [job.caller, job.operator, supervisor].flatMap((browser) => browser.complaints);
    // While the PBX was away phones tried to come back.
    expect(complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  });
});
