import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeWav } from '../../electron/services/speech/wav.ts';
import type { VoicemailMessage } from '../../shared/bridge/voicemail.ts';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { AppBrowser, beeps } from '../support/app-browser.ts';
import { violations } from '../support/axe.ts';
import { CALLER_HZ, hasTone, MainJob } from '../support/main-job.ts';

const COLLEAGUE_HZ = 2300;
const [[operatorId, operator] = [], [, colleague] = [], [, absent] = []] = Object.entries(sampleProject('en').people);
if (!operatorId || !operator || !colleague || !absent) throw new Error('the sample has three people');

/** A message for the operator that is there when the program starts. */
function leaveMessage(dataDir: string): void {
  const id = '00000000-0000-4000-8000-000000000001';
  const message: VoicemailMessage = {
    id,
    mailbox: { kind: 'person', personId: operatorId ?? '' },
    caller: { number: '+48600100200', name: '' },
    dialled: '100',
    callId: 'before',
    startedAtMs: Date.UTC(2026, 0, 5, 9),
    durationMs: 1000,
    heard: false,
  };
  const folder = join(dataDir, 'voicemail');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.json`), JSON.stringify(message));
  writeFileSync(join(folder, `${id}.wav`), encodeWav({ sampleRateHz: 8000, samples: new Int16Array(8000) }));
}

/** A browser each: who calls, the operator, and the colleague who watches them. */
describe('lights of the softphone', () => {
  let job: MainJob;
  let third: AppBrowser;
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
    leaveMessage(dataDir);
    job = await MainJob.start({ dataDir });
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

  const light = (browser: AppBrowser, name: string) =>
    browser.page.getByRole('region', { name: 'Colleagues' }).getByRole('listitem').filter({ hasText: name });

  it('tell who is free and who is away', async () => {
    await light(third, operator.name).getByText('Free').waitFor();
    await light(third, absent.name).getByText('Away').waitFor();
    await light(job.operator, colleague.name).getByText('Free').waitFor();
    expect(await violations(third.page)).toEqual([]);
  });

  it('tell who is rung and by whom; the colleague picks the call up by the keyboard', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: 'Show or hide the phone' }).click();
    const field = page.getByLabel('Number or extension');
    await field.fill(operator.extension);
    await field.press('Enter');
    await job.operator.page.getByRole('button', { name: 'Answer' }).waitFor();
    await light(third, operator.name)
      .getByText(/^Ringing · /)
      .waitFor();
    expect(await violations(third.page)).toEqual([]);
    await light(third, operator.name)
      .getByRole('button', { name: /^Pick up/ })
      .focus();
    await third.page.keyboard.press('Enter');
    await third.page.getByTestId('call-status').getByText('On call').waitFor();
    await job.operator.page.getByText('Answered by someone else').waitFor();
    await Promise.all([
      third.hears('the caller', hasTone(CALLER_HZ)),
      job.caller.hears('the colleague', hasTone(COLLEAGUE_HZ)),
    ]);
    await light(job.operator, colleague.name).getByText('On a call').waitFor();
    await light(third, operator.name).getByText('Free').waitFor();
    await job.hangUp();
    await light(job.operator, colleague.name).getByText('Free').waitFor();
  });

  it('call a colleague by a click', async () => {
    await light(third, operator.name)
      .getByRole('button', { name: `Call ${operator.name}` })
      .click();
    await job.operator.page.getByRole('button', { name: 'Answer' }).waitFor();
    await third.page.getByRole('button', { name: 'Hang up' }).click();
    await job.operator.page.getByRole('button', { name: 'Answer' }).waitFor({ state: 'detached' });
  });

  it('tell that a message waits, lead to it, and go out when it is heard', async () => {
    const desk = job.operator.page;
    await desk.getByRole('button', { name: '1 new message' }).click();
    expect(await desk.evaluate(() => document.activeElement?.textContent)).toContain('Voicemail');
    const messages = desk.getByRole('region', { name: 'Voicemail' });
    await messages.getByRole('button', { name: /Mark .* as heard|as heard/ }).click();
    await desk.getByRole('button', { name: 'No new messages' }).waitFor();
    expect(await third.page.getByRole('button', { name: /new message/ }).count()).toBe(0);
  });

  it('come back when a colleague comes back, and go when they go', async () => {
    await third.page.getByRole('button', { name: 'Sign out' }).click();
    await light(job.operator, colleague.name).getByText('Away').waitFor();
    await third.page.getByRole('button', { name: colleague.name }).click();
    await light(job.operator, colleague.name).getByText('Free').waitFor();
    expect([...job.operator.complaints, ...third.complaints]).toEqual([]);
  });
});
