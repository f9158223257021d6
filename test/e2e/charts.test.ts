import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTables } from '../../electron/services/calls/call-tables.ts';
import { CallWriter } from '../../electron/services/calls/call-writer.ts';
import { ProjectStore } from '../../electron/services/project/project-store.ts';
import { callsEn } from '../../renderer/i18n/calls-en.ts';
import { callsPl } from '../../renderer/i18n/calls-pl.ts';
import { violations } from '../support/axe.ts';
import { callRecord } from '../support/fake-call-log.ts';
import { MainJob } from '../support/main-job.ts';
import { seededRandom } from '../support/seeded-random.ts';

const DAYS = 60;
const HOUR_MS = 3_600_000;

/** Some weeks of calls: more at noon, less at weekends, a fifth of them lost. */
function fill(dataDir: string, queueIds: readonly string[]): void {
  const random = seededRandom(7);
  const db = openTables(join(dataDir, 'calls.sqlite'));
  const writer = new CallWriter(db);
  const today = new Date();
  writer.inOne(() => {
    for (let day = 0; day < DAYS; day++) {
      for (let hour = 8; hour < 18; hour++) {
        const start = new Date(today.getFullYear(), today.getMonth(), today.getDate() - day, hour);
        const isWeekend = start.getDay() % 6 === 0;
        for (let call = 0; call < (isWeekend ? 1 : 8 - Math.abs(hour - 12)); call++) {
          const startedMs = start.getTime() + Math.floor(random() * HOUR_MS);
          const lost = random() < 0.2 ? ({ answeredMs: null, outcome: 'missed', talkedMs: 0 } as const) : {};
          writer.keep(
            callRecord({
              callId: `${day}-${hour}-${call}`,
              startedMs,
              queueId: queueIds[Math.floor(random() * queueIds.length)] ?? null,
              waitedMs: Math.floor(random() * 60_000),
              talkedMs: Math.floor(random() * 300_000),
              ...lost,
            }),
            [],
          );
        }
      }
    }
  });
  db.close();
}

describe('charts of the log', () => {
  let job: MainJob;
  const picture = async (name: string) => {
    const folder = process.env.DIALTREE_PICTURES;
    if (folder) await job.caller.page.screenshot({ path: join(folder, `charts-${name}.png`), fullPage: true });
  };
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
    const { project } = await new ProjectStore(dataDir).createSample('en');
    fill(dataDir, Object.keys(project.queues));
    job = await MainJob.start({ dataDir });
  });
  afterAll(() => job.close());

  it.each([
    { theme: 'light', language: 'en', texts: callsEn },
    { theme: 'dark', language: 'pl', texts: callsPl },
  ])('are drawn and can be read, $theme, $language', async ({ theme, language, texts }) => {
    const { page } = job.caller;
    await page.addInitScript(
      ([scheme, tongue]) => {
        localStorage.setItem('dialtree.theme', scheme);
        localStorage.setItem('dialtree.language', tongue);
      },
      [theme, language] as const,
    );
    await page.goto(job.host.url);
    await page.getByRole('button', { name: texts.title, exact: true }).click();
    await page.getByText(texts.views.charts, { exact: true }).click();
    for (const period of ['week', 'month', 'year'] as const) {
      await page.getByText(texts.charts.periods[period], { exact: true }).click();
      await page.locator('.recharts-bar-rectangle path').first().waitFor();
      await picture(`${period}-${theme}-${language}`);
    }
    expect(await page.locator('.recharts-line-curve').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 900, height: 800 });
    await page.getByText(texts.charts.asTable, { exact: true }).first().click();
    const byQueue = page.getByRole('table', { name: texts.charts.queues });
    await byQueue.getByRole('button').first().click();
    await byQueue.waitFor({ state: 'detached' });
    await picture(`queue-${theme}-${language}`);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
