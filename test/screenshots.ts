import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MainJob } from './support/main-job.ts';
import { MAIN_MENU, SALES_KEY, SALES_MEMBER } from './support/sample-facts.ts';

/** `npm run screenshots`: makes the README's pictures from the running app, during a real call. */
const OUT_DIR = fileURLToPath(new URL('../assets/screenshots', import.meta.url));

mkdirSync(OUT_DIR, { recursive: true });
const job = await MainJob.start();
try {
  const { page } = job.caller;
  await page.setViewportSize({ width: 1600, height: 940 });
  await job.openDesigner();
  await job.signInOperator(SALES_MEMBER);
  await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().click();
  await page.screenshot({ path: join(OUT_DIR, 'inspector.png') });

  await job.callFlow();
  await job.caller.hears('the prompt', (sound) => sound.samples.length > 3 * sound.sampleRateHz);
  await job.pressKey(SALES_KEY);
  await job.operator.page.getByRole('button', { name: 'Answer' }).waitFor();
  await page.waitForTimeout(1200); // waited a little, as callers do
  await job.operator.page.screenshot({ path: join(OUT_DIR, 'operator.png') });
  await job.operator.page.getByRole('button', { name: 'Answer' }).click();
  await job.operator.page.getByTestId('call-status').getByText('On call').waitFor();
  await page.getByRole('button', { name: 'Show or hide the inspector' }).click();
  await page.getByRole('tab', { name: 'Trace' }).click();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.waitForTimeout(1500); // the view settles, the levels move
  await page.screenshot({ path: join(OUT_DIR, 'designer.png') });
  await job.hangUp();
} finally {
  await job.close();
}
