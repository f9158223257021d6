import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProjectStore } from '../../electron/services/project/project-store.ts';
import { type Project, ProjectSchema } from '../../shared/flow/project.ts';
import { longestToneMs, soundOfWav } from '../support/audio-match.ts';
import { violations } from '../support/axe.ts';
import { type NodeSketch, sketchNode } from '../support/engine-driver.ts';
import { CALLER_HZ, hasPrompt, MainJob } from '../support/main-job.ts';
import { json, startWebService } from '../support/web-service.ts';

const ASK = 'Please type your customer number.';
const CONFIRM = 'If that is right, press one.';
const GREETING = 'Nobody is here. Please leave a message after the tone.';

/** A customer number, a web service that knows the balance, a message for Anna. */
function nodes(origin: string): Record<string, NodeSketch> {
  return {
    start: { type: 'start', to: { next: 'Customer' } },
    Customer: {
      type: 'digits',
      data: {
        prompt: ASK,
        variable: 'customer',
        minDigits: 3,
        maxDigits: 3,
        confirm: { prompt: { kind: 'text', text: `You typed {customer:digits}. ${CONFIRM}` } },
      },
      to: { next: 'Lookup' },
    },
    Lookup: {
      type: 'request',
      data: {
        url: `${origin}/customers/{customer}`,
        assignments: [{ variable: 'balance', expression: 'response.body.balance' }],
      },
      to: { success: 'Rich' },
    },
    Rich: {
      type: 'condition',
      data: {
        cases: [{ id: '1', kind: 'variable', variable: 'balance', comparison: 'at-least', value: '100' }],
      },
      to: { 'case:1': 'Balance', otherwise: 'Balance' },
    },
    Balance: { type: 'say', data: { prompt: 'Your balance is {balance} euro.' }, to: { next: 'Message' } },
    Message: {
      type: 'voicemail',
      data: { greeting: { kind: 'text', text: GREETING }, silenceMs: 30_000 },
      to: { done: 'End' },
    },
    End: { type: 'hang-up' },
  };
}

function withFlow(project: Project, origin: string): Project {
  const entries = Object.entries(nodes(origin)).map(([id, sketch], index) => {
    const node = sketchNode(id, sketch);
    return [id, { ...node, position: { x: 280 * index, y: 0 } }];
  });
  return ProjectSchema.parse({
    ...project,
    variables: { customer: {}, balance: { type: 'number' } },
    flows: { main: { name: 'Balance line', nodes: Object.fromEntries(entries) } },
    numbers: {},
  });
}

/** Values in a real call: typed, asked of a web service, judged, spoken; then a message. Each step builds on the last. */
describe('a flow with values', () => {
  let job: MainJob;
  let service: Awaited<ReturnType<typeof startWebService>>;

  beforeAll(async () => {
    service = await startWebService((_request, response) => json(response, { balance: 125 }));
    const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
    const store = new ProjectStore(dataDir);
    const { project, revision } = await store.createSample('en');
    await store.save(withFlow(project, service.origin), revision);
    job = await MainJob.start({ dataDir });
    await job.openDesigner();
  });
  afterAll(async () => {
    await job.close();
    await service.stop();
  });

  it('asks for digits and reads them back one by one', async () => {
    await job.callFlow();
    await job.caller.hears('the question', hasPrompt(await job.prompt(ASK)), 20_000);
    await job.caller.clearHeard();
    for (const key of ['4', '7', '1']) await job.pressKey(key);
    await job.caller.hears('the digits read back', hasPrompt(await job.prompt(`You typed 4 7 1. ${CONFIRM}`)), 20_000);
  });

  it('asks the web service and says what it answers', async () => {
    await job.caller.clearHeard();
    await job.pressKey('1');
    await job.caller.hears('the balance', hasPrompt(await job.prompt('Your balance is 125 euro.')), 20_000);
    expect(service.asked.map(({ url }) => url)).toEqual(['/customers/471']);
  });

  it('takes a message, which the supervisor finds and can play', async () => {
    const { page } = job.caller;
    await job.caller.hears('the greeting', hasPrompt(await job.prompt(GREETING)), 20_000);
    await page.getByRole('tab', { name: 'Trace' }).click();
    await page.getByText('Message after the tone').waitFor();
    // The microphone beeps: that is what is said.
    await page.waitForTimeout(3000);
    await job.pressKey('#');
    await page.getByText('ended', { exact: false }).first().waitFor();
    const rail = page.getByRole('navigation', { name: 'Pages' });
    await rail.getByRole('button', { name: 'Voicemail 1 new message' }).click();
    const message = page.getByRole('main').getByRole('listitem');
    await message.waitFor();
    expect(await message.textContent()).toMatch(/600100200.*General mailbox.*0:0[2-5].*new/s);
    await page.getByRole('button', { name: /^Play the message/ }).click();
    await rail.getByRole('button', { name: 'Voicemail', exact: true }).waitFor();
  });

  it('is accessible where messages are, and in the settings of each node', async () => {
    const { page } = job.caller;
    await page.mouse.move(0, 0); // no tooltip over the page
    expect(await violations(page)).toEqual([]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Flows' }).click();
    for (const id of Object.keys(nodes(''))) {
      const card = page.locator('.react-flow__node', { hasText: id === 'start' ? 'Start' : id }).first();
      await card.click();
      await page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading').first().waitFor();
      expect(await violations(page), id).toEqual([]);
      if (process.env.DIALTREE_PICTURES) {
        await page.screenshot({ path: `${process.env.DIALTREE_PICTURES}/node-${id}.png` });
      }
    }
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Voicemail' }).click();
  });

  it('has recorded what was said', async () => {
    const { page } = job.caller;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save the message/ }).click(),
    ]);
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(longestToneMs(soundOfWav(Buffer.concat(chunks)), CALLER_HZ)).toBeGreaterThan(300);
    expect(job.caller.complaints).toEqual([]);
  });
});
