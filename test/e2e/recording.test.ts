import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsEn } from '../../renderer/i18n/calls-en.ts';
import { callsPl } from '../../renderer/i18n/calls-pl.ts';
import { en } from '../../renderer/i18n/en.ts';
import { phoneEn } from '../../renderer/i18n/phone-en.ts';
import { phonePl } from '../../renderer/i18n/phone-pl.ts';
import { pl } from '../../renderer/i18n/pl.ts';
import { recordingEn } from '../../renderer/i18n/recording-en.ts';
import { recordingPl } from '../../renderer/i18n/recording-pl.ts';
import { USUAL_NOTICES } from '../../shared/flow/recording.ts';
import { violations } from '../support/axe.ts';
import { HostWindow } from '../support/host-window.ts';
import { CALLER_HZ, hasPrompt, hasTone, MainJob, OPERATOR_HZ } from '../support/main-job.ts';
import { openOperatorsProject } from '../support/operators-project.ts';
import { SALES_KEY, SALES_MEMBER, SALES_QUEUE } from '../support/sample-facts.ts';

const LOOKS = [
  { theme: 'light', language: 'en', texts: { app: en, calls: callsEn, phone: phoneEn, recording: recordingEn } },
  { theme: 'dark', language: 'pl', texts: { app: pl, calls: callsPl, phone: phonePl, recording: recordingPl } },
] as const;

/** A caller and the operator of sales, who records the call; it is played on the page of calls and deleted. */
describe.each(LOOKS)('recording a conversation, $theme, $language', ({ theme, language, texts }) => {
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
    await openOperatorsProject(job.host.url, language);
    const window = await HostWindow.open(job.host.url);
    const { project, revision } = await window.call('project.current', {});
    const [queueId = ''] = Object.entries(project.queues).find(([, { name }]) => name === SALES_QUEUE) ?? [];
    project.queues[queueId]!.recording = 'on-request';
    await window.call('project.save', { project, baseRevision: revision });
    await window.call('pbx.deploy', {});
    window.close();
    for (const { page } of [job.caller, job.operator]) {
      await page.addInitScript(
        ([scheme, tongue]) => {
          localStorage.setItem('dialtree.theme', scheme);
          localStorage.setItem('dialtree.language', tongue);
        },
        [theme, language] as const,
      );
      await page.goto(job.host.url);
    }
    const { page } = job.operator;
    await page.getByRole('radiogroup').getByText('Operator').click();
    await page.getByRole('button', { name: SALES_MEMBER }).click();
    await page.locator('[data-state="available"]').waitFor();
  });
  afterAll(() => job?.close());

  const desk = () => job.operator.page;
  const button = (label: 'start' | 'pause' | 'resume' | 'stop') =>
    desk().getByRole('button', { name: texts.recording.phone[label], exact: true });
  const is = (state: string) => desk().locator(`[data-state="${state}"]`);
  async function picture(page: typeof job.caller.page, name: string): Promise<void> {
    const folder = process.env.DIALTREE_PICTURES;
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${theme}-${language}.png` });
  }

  it('begins after both have heard the notice, is paused, goes on and stops, by the keyboard', async () => {
    const caller = job.caller.page;
    const start = caller.getByRole('button', { name: texts.phone.callFlow });
    await start.and(caller.locator(':enabled')).click();
    await caller.getByTestId('call-status').getByText(texts.phone.status.active).waitFor();
    await caller.getByRole('button', { name: texts.phone.key.replace('{{key}}', SALES_KEY), exact: true }).click();
    await desk().getByRole('button', { name: texts.phone.answer }).click();
    await job.operator.hears('the caller', hasTone(CALLER_HZ));
    await picture(desk(), 'recording-off');
    const notice = hasPrompt(await job.prompt(USUAL_NOTICES[language], language));
    await button('start').press('Enter');
    await Promise.all([job.operator.hears('the notice', notice), job.caller.hears('the notice', notice)]);
    await is('recording').waitFor();
    await job.caller.hears('the operator', hasTone(OPERATOR_HZ));
    await is('recording').getByText('0:02').waitFor();
    expect(await violations(desk())).toEqual([]);
    await picture(desk(), 'recording-on');
    await button('pause').press('Enter');
    await is('paused').waitFor();
    await picture(desk(), 'recording-paused');
    await button('resume').press('Enter');
    await is('recording').waitFor();
    await is('recording').getByText('0:04').waitFor();
    await button('stop').press('Enter');
    await is('off').waitFor();
    await desk().getByRole('button', { name: texts.phone.hangUp }).click();
  });

  it('is played on the page of calls, with what was left out, and deleted', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: texts.app.rail.calls, exact: true }).click();
    await page
      .locator('[aria-expanded]', { has: page.locator('svg') })
      .first()
      .waitFor();
    await page.getByRole('row').nth(1).getByRole('button').click();
    const name = texts.recording.call.number.replace('{{number}}', '1');
    const named = (text: string) => text.replace('{{name}}', name);
    const play = page.getByRole('button', { name: named(texts.recording.call.play) });
    await play.waitFor();
    await page.getByText(texts.recording.call.endedBy.operator).waitFor();
    await page.getByRole('list', { name: texts.recording.call.pauses }).getByRole('button').waitFor();
    expect(await violations(page)).toEqual([]);
    await play.press('Enter');
    await page.getByRole('button', { name: named(texts.recording.call.pause) }).waitFor();
    const position = page.getByRole('slider', { name: named(texts.recording.call.position) });
    await expect
      .poll(async () => Number(await position.getAttribute('aria-valuenow')), { timeout: 10_000 })
      .toBeGreaterThan(1000);
    await picture(page, 'recording-played');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: named(texts.recording.call.download) }).click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/^[0-9a-f-]{36}\.wav$/);
    await page.getByRole('button', { name: named(texts.recording.call.remove) }).click();
    const dialog = page.getByRole('dialog', { name: texts.recording.call.removeAsk });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: texts.recording.call.removeNow, exact: true }).click();
    await play.waitFor({ state: 'detached' });
  });

  it('is set for the project on the page of settings', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: texts.app.rail.settings, exact: true }).click();
    await page.getByRole('list', { name: texts.app.speech.here.found }).waitFor();
    await picture(page, 'voices-settings');
    const days = page.getByRole('textbox', { name: texts.recording.settings.keepDays });
    await days.fill('30');
    await days.scrollIntoViewIfNeeded();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'recording-settings');
  });

  it('nobody complained', () => {
    expect([...job.caller.complaints, ...job.operator.complaints]).toEqual([]);
  });
});
