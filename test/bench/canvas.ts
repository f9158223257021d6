import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import react from '@vitejs/plugin-react';
import type { ReactFlowInstance } from '@xyflow/react';
import type { Page } from 'playwright-core';
import { build, preview } from 'vite';
import type { Flow, Project } from '../../shared/flow/project.ts';
import { DesignerWindow } from '../support/designer-window.ts';
import { clickCard, drag, panNear, panWhole, zoomWhole } from './canvas-acts.ts';
import { FRAME_SCRIPT, keysToPaint, memoryOf, openedMs, quantile, quantiles, round, settled } from './frames.ts';
import { largeFlow } from './large-flow.ts';

/**
 * `npm run bench:canvas`: our canvas and a bare React Flow page of the same flow, in turns in one real Chromium without
 * a GPU, both minified builds. Frames are times between `requestAnimationFrame`s while a real mouse acts; all in ms.
 */
const SIZES = [200, 1000, 2000];
const ROUNDS = 2;
const ACTS = ['panWhole', 'zoomWhole', 'dragWhole', 'panNear', 'dragNear', 'keyToPaint'] as const;
type Act = (typeof ACTS)[number];
type Times = Record<Act | 'open', number[]>;

interface Sample {
  readonly times: Times;
  heapMb: number;
  domNodes: number;
}

/** How a page is brought to what is measured. */
interface Subject {
  open(page: Page, project: Project): Promise<void>;
  showWhole(page: Page): Promise<void>;
  showNear(page: Page): Promise<void>;
  /** The field in which the first menu's text is typed. */
  readonly textField: string;
}

interface BareWindow {
  readonly bare: ReactFlowInstance;
}

const newSample = (): Sample => ({
  times: { open: [], panWhole: [], zoomWhole: [], dragWhole: [], panNear: [], dragNear: [], keyToPaint: [] },
  heapMb: Number.NaN,
  domNodes: Number.NaN,
});

async function measure(page: Page, subject: Subject, project: Project, { times }: Sample, sample: Sample) {
  const { nodes } = project.flows.main as Flow;
  const [start, menu] = [nodes.start, nodes['menu-0']];
  if (!start || !menu) throw new Error('the flow begins with a menu');
  await subject.open(page, project);
  times.open.push(await openedMs(page));
  await settled(page);
  Object.assign(sample, await memoryOf(page));
  await subject.showWhole(page);
  times.panWhole.push(...(await panWhole(page)));
  times.zoomWhole.push(...(await zoomWhole(page)));
  await subject.showWhole(page);
  times.dragWhole.push(...(await drag(page, start.position, -120)));
  await clickCard(page, menu.position);
  await subject.showNear(page);
  times.panNear.push(...(await panNear(page)));
  await subject.showNear(page);
  await clickCard(page, menu.position);
  await page.locator(subject.textField).first().focus();
  times.keyToPaint.push(...(await keysToPaint(page, 'For the harbour, press 8.')));
  times.dragNear.push(...(await drag(page, menu.position, -160)));
}

function report(sample: Sample) {
  const { open, ...acts } = sample.times;
  return {
    openMs: round(quantile(open, 0.5)),
    ...Object.fromEntries(ACTS.map((act) => [act, quantiles(acts[act])])),
    heapMb: sample.heapMb,
    domNodes: sample.domNodes,
  };
}

/** How many times longer the bare page takes. */
function ratio(ours: Sample, bare: Sample) {
  const times = (act: Act | 'open', q: number) => round(quantile(bare.times[act], q) / quantile(ours.times[act], q));
  return { open: times('open', 0.5), ...Object.fromEntries(ACTS.map((act) => [act, times(act, 0.95)])) };
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, sizes: { type: 'string' } } });
const sizes = values.sizes === undefined ? SIZES : values.sizes.split(',').map(Number);

const bareDir = mkdtempSync(join(tmpdir(), 'dialtree-bare-'));
const root = fileURLToPath(new URL('./bare', import.meta.url));
const built = { outDir: bareDir, emptyOutDir: true, minify: true };
await build({ root, base: './', configFile: false, logLevel: 'error', plugins: [react()], build: built });
const server = await preview({ root, configFile: false, logLevel: 'error', build: built, preview: { port: 0 } });
const bareUrl = server.resolvedUrls?.local[0];
if (bareUrl === undefined) throw new Error('the bare page is not served');
const designer = await DesignerWindow.open(largeFlow(sizes[0] ?? 200));
await designer.page.addInitScript(FRAME_SCRIPT);

const ours: Subject = {
  open: (_page, project) => designer.reload(project),
  async showWhole(page) {
    await page.getByRole('button', { name: /^Show everything/ }).click();
    await page.waitForTimeout(400);
    await settled(page);
  },
  async showNear(page) {
    // Zooms to what is selected: the first menu.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Shift+Digit2');
    await page.waitForTimeout(400);
    await settled(page);
  },
  textField: 'aside textarea',
};
const bare: Subject = {
  async open(page, project) {
    writeFileSync(join(bareDir, 'flow.json'), JSON.stringify(project.flows.main));
    await page.goto('about:blank');
    await page.goto(bareUrl);
  },
  async showWhole(page) {
    await page.evaluate(() => (window as unknown as BareWindow).bare.fitView());
    await settled(page);
  },
  async showNear(page) {
    await page.evaluate(() =>
      (window as unknown as BareWindow).bare.fitView({ nodes: [{ id: 'menu-0' }], maxZoom: 1 }),
    );
    await settled(page);
  },
  textField: 'textarea',
};

const measured = [];
for (const size of sizes) {
  const project = largeFlow(size);
  const samples = { ours: newSample(), bare: newSample() };
  for (let turn = 0; turn < ROUNDS; turn++) {
    await measure(designer.page, ours, project, samples.ours, samples.ours);
    await measure(designer.page, bare, project, samples.bare, samples.bare);
  }
  measured.push({
    nodes: Object.keys(project.flows.main?.nodes ?? {}).length,
    edges: Object.values(project.flows.main?.nodes ?? {}).flatMap((node) => Object.keys(node.connections)).length,
    ours: report(samples.ours),
    bare: report(samples.bare),
    ratio: ratio(samples.ours, samples.bare),
  });
}
const chromium = designer.page.context().browser()?.version() ?? '';
await designer.close();
await server.close();
rmSync(bareDir, { recursive: true, force: true });

if (values.json) console.log(JSON.stringify({ chromium, cores: cpus().length, rounds: ROUNDS, sizes: measured }));
else for (const one of measured) console.dir(one, { depth: 4 });
