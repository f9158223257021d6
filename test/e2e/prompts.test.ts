import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { MainJob } from '../support/main-job.ts';

const LOOKS = [
  { theme: 'light', language: 'en', pages: 'Pages', page: 'Prompts', add: 'Add a prompt', file: /^Recording for/ },
  { theme: 'dark', language: 'pl', pages: 'Strony', page: 'Zapowiedzi', add: 'Dodaj zapowiedź', file: /^Nagranie dla/ },
] as const;
const STEREO = fileURLToPath(new URL('../fixtures/audio/tone-stereo.mp3', import.meta.url));
const MONO = fileURLToPath(new URL('../fixtures/audio/tone-mono.mp3', import.meta.url));

describe.each(LOOKS)('the prompt library, $theme, $language', ({ theme, language, pages, page: name, add, file }) => {
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
    await job.caller.page.addInitScript(
      ([scheme, tongue]) => {
        localStorage.setItem('dialtree.theme', scheme);
        localStorage.setItem('dialtree.language', tongue);
      },
      [theme, language] as const,
    );
    await job.caller.page.goto(job.host.url);
  }, 60_000);
  afterAll(() => job.close());

  it('[PR8] takes recordings: a mono mp3 as it is, another after asking', async () => {
    const { page } = job.caller;
    await page.getByRole('navigation', { name: pages }).getByRole('button', { name }).click();
    await page.getByRole('button', { name: add }).click();
    await page.getByLabel(file).last().setInputFiles(MONO);
    await page.getByText('tone-mono.mp3 · ').waitFor();
    await page.getByRole('button', { name: add }).click();
    await page.getByLabel(file).last().setInputFiles(STEREO);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('tone-stereo.wav · ').waitFor();
    await page.locator('svg path[d^="M0.5"]').nth(1).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: add }).click();
    expect(await violations(page)).toEqual([]);
    if (process.env.DIALTREE_PICTURES) {
      await page.screenshot({ path: `${process.env.DIALTREE_PICTURES}/prompts-${theme}-${language}.png` });
    }
  }, 60_000);
});
