import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { hasPrompt, MainJob } from '../support/main-job.ts';
import { pbxPids } from '../support/pbx-pids.ts';
import { MAIN_MENU, SALES_KEY, SALES_MEMBER } from '../support/sample-facts.ts';

const busy = sampleProject('en').flows.main?.nodes.busy;
const BUSY_TEXT = busy?.type === 'say' && busy.data.prompt.kind === 'text' ? busy.data.prompt.text : '';

describe('when things go wrong', () => {
  let job: MainJob;
  afterEach(() => job.close());

  it('says what is wrong with a broken project file, goes on with a sample, and leaves the file alone', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
    const file = join(dataDir, 'mine.dialtree.json');
    writeFileSync(file, '{"format": "dialtree", "version": 1, "flows": [}');
    writeFileSync(join(dataDir, 'recent.json'), JSON.stringify({ path: file }));
    job = await MainJob.start({ dataDir });
    const { page } = job.caller;
    await page.goto(job.host.url);
    await page.getByText('The project cannot be opened').waitFor();
    await page.getByText('project/not-json').waitFor();
    await page.getByText(file).waitFor();
    await page.getByRole('button', { name: 'Start with a sample project' }).click();
    await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().waitFor();
    expect(readFileSync(file, 'utf8')).toBe('{"format": "dialtree", "version": 1, "flows": [}');
  });

  it('says that the port of the embedded PBX is in use; designing goes on', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      job = await MainJob.start({ pbxPort: (other.address() as AddressInfo).port });
      const { page } = job.caller;
      await page.goto(job.host.url);
      await page.getByText('The port of the embedded PBX is in use').waitFor();
      await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().waitFor();
    } finally {
      other.close();
    }
  });

  it('says that a SIP password is wrong, and does not try it again', async () => {
    job = await MainJob.start();
    await job.openDesigner();
    const registered = (await job.caller.wire()).find((message) => message.text.includes('"wsUrl"'))!;
    const wsUrl = /"wsUrl":"([^"]+)"/.exec(registered.text)![1]!;
    const { page } = job.operator;
    await page.goto(job.host.url);
    await page.getByRole('radiogroup', { name: 'Role' }).getByText('Operator').click();
    await page.getByRole('button', { name: 'Use another SIP account' }).click();
    await page.getByLabel('Server').fill(wsUrl);
    await page.getByLabel('SIP user').fill('102');
    await page.getByLabel('Password').first().fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The server does not accept this user and password').waitFor();
    const tries = (await job.operator.wire()).filter(
      (message) => message.text.startsWith('REGISTER') && message.text.includes('<sip:102@'),
    );
    expect(tries.length).toBeLessThanOrEqual(2); // without and with the digest
  });

  it('tells of a prompt that cannot be read, and hands its caller to the default handling', async () => {
    job = await MainJob.start();
    await job.openDesigner();
    await job.signInOperator('Emma Hughes'); // default handling of the number
    const { page } = job.caller;
    await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().click();
    await page.getByLabel('Text of the menu').fill('…');
    await job.callFlow();
    await page.getByText('One prompt cannot be read aloud').waitFor();
    await job.operator.page.getByRole('button', { name: 'Answer' }).click();
    await job.operator.page.getByTestId('call-status').getByText('On call').waitFor();
    await job.hangUp();
    await job.operator.page.getByText('Available', { exact: true }).waitFor();
  });

  it('tells a caller whose operator is not there that everybody is busy, and ends the call', async () => {
    job = await MainJob.start();
    await job.openDesigner();
    await job.callFlow();
    await job.pressKey('0');
    await job.caller.hears('that everybody is busy', hasPrompt(await job.prompt(BUSY_TEXT)), 20_000);
    await job.caller.page.getByText('The other side hung up').waitFor();
  });

  it('ends the call of an operator whose window is gone, and of one whose caller is', async () => {
    job = await MainJob.start();
    await job.openDesigner();
    await job.signInOperator(SALES_MEMBER);
    await job.callFlow();
    await job.pressKey(SALES_KEY);
    await job.operator.page.getByRole('button', { name: 'Answer' }).click();
    await job.operator.page.getByTestId('call-status').getByText('On call').waitFor();
    await job.operator.page.goto('about:blank');
    await job.caller.page.getByText('The other side hung up').waitFor({ timeout: 15_000 });

    await job.signInOperatorAgain();
    await job.callFlow();
    await job.pressKey(SALES_KEY);
    await job.operator.page.getByRole('button', { name: 'Answer' }).click();
    await job.operator.page.getByTestId('call-status').getByText('On call').waitFor();
    await job.caller.page.goto('about:blank');
    await job.operator.page.getByText('Available', { exact: true }).waitFor({ timeout: 15_000 });
  });

  it('survives a crash of the PBX: calls end, phones come back by themselves, the next call works', async () => {
    job = await MainJob.start();
    await job.openDesigner();
    await job.callFlow();
    const { page } = job.caller;
    await page.getByTestId('call-status').getByText('On call').waitFor();
    for (const pid of pbxPids()) process.kill(pid, 'SIGKILL');
    await page.getByTestId('call-status').getByText('Connection lost').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Call this flow' }).and(page.locator(':enabled')).click({ timeout: 30_000 });
    await page.getByTestId('call-status').getByText('On call').waitFor();
  });
});
