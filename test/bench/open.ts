import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { runHost } from '../../electron/host/run-host.ts';
import { ensureChromium } from '../support/chromium.ts';

/**
 * `npm run bench:open -- --runs N --json`: how the production bundle opens, cold, for a supervisor and for an operator:
 * first paint, when it can be used, and which scripts it loads for that. Median of the runs; times in ms.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});

/** Parts that are to be loaded when they are used, by the beginning of their file's name. */
const HEAVY = ['elk', 'holidays', 'new-flow-dialog', 'explor', 'diff', 'prove'];

const ROLES = {
  supervisor: '.react-flow__node',
  operator: '[role="main"] button, main button, button',
} as const;

interface Opened {
  readonly firstPaintMs: number;
  readonly readyMs: number;
  readonly scripts: readonly { readonly name: string; readonly bytes: number }[];
}

async function open(role: keyof typeof ROLES, url: string): Promise<Opened> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--headless=new'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: role === 'operator' ? 400 : 1440, height: 900 } });
    await page.addInitScript((as) => {
      localStorage.setItem('dialtree.ui', JSON.stringify({ state: { role: as }, version: 1 }));
    }, role);
    await page.goto(url);
    await page.locator(ROLES[role]).first().waitFor();
    return await page.evaluate(() => {
      const readyMs = performance.now();
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const scripts = loaded
        .filter(({ name }) => /\.js$/.test(name))
        .map(({ name, decodedBodySize }) => ({ name: name.split('/').at(-1) ?? '', bytes: decodedBodySize }));
      return { firstPaintMs: paint, readyMs, scripts };
    });
  } finally {
    await browser.close();
  }
}

const median = (list: readonly number[]) => Math.round([...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN);

const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-open-'));
const host = await runHost({ dataDir, port: 0, pbxPort: 0, sipPort: 0, locale: 'en', logLevel: 'error' });
const result: Record<string, object> = {};
try {
  for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
    const runs: Opened[] = [];
    for (let run = 0; run < Number(values.runs); run++) runs.push(await open(role, host.url));
    const scripts = runs[0]?.scripts ?? [];
    result[role] = {
      firstPaintMs: median(runs.map(({ firstPaintMs }) => firstPaintMs)),
      readyMs: median(runs.map(({ readyMs }) => readyMs)),
      scripts: scripts.length,
      scriptKb: Math.round(scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1024),
      loadedTooEarly: scripts.map(({ name }) => name).filter((name) => HEAVY.some((part) => name.startsWith(part))),
    };
  }
} finally {
  await host.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
if (values.json) console.log(JSON.stringify(result));
else console.table(result);
process.exit(0);
