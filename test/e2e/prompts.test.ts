import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestToneMs, type Sound, soundOfWav } from '../support/audio-match.ts';
import { violations } from '../support/axe.ts';
import { CALLER_HZ, MainJob } from '../support/main-job.ts';

const LOOKS = [
  {
    theme: 'light',
    language: 'en',
    pages: 'Pages',
    page: 'Prompts',
    add: 'Add a prompt',
    file: /^Recording for/,
    record: /^Record N/,
    stop: 'Stop recording',
    trim: /^Trim /,
    trimNow: 'Trim',
  },
  {
    theme: 'dark',
    language: 'pl',
    pages: 'Strony',
    page: 'Zapowiedzi',
    add: 'Dodaj zapowiedź',
    file: /^Nagranie dla/,
    record: /^Nagraj:/,
    stop: 'Zakończ nagrywanie',
    trim: /^Przytnij:/,
    trimNow: 'Przytnij',
  },
] as const;
const STEREO = fileURLToPath(new URL('../fixtures/audio/tone-stereo.mp3', import.meta.url));
const M4A = fileURLToPath(new URL('../fixtures/audio/tone.m4a', import.meta.url));
const OPUS = fileURLToPath(new URL('../fixtures/audio/tone-opus.ogg', import.meta.url));
const MONO = fileURLToPath(new URL('../fixtures/audio/tone-mono.mp3', import.meta.url));

/** The WAV that came last into the project's media. */
function newestRecording(dataDir: string): Sound {
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => /media[\\/][0-9a-f]{64}\.wav$/.test(file))
    .map((file) => join(dataDir, file))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  return soundOfWav(readFileSync(files[0] ?? ''));
}

describe.each(LOOKS)(
  'the prompt library, $theme, $language',
  ({ theme, language, pages, page: name, add, file, record, stop, trim, trimNow }) => {
    let job: MainJob;
    let dataDir: string;
    beforeAll(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'dialtree-prompts-'));
      job = await MainJob.start({ dataDir });
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

    it('[PR8] takes recordings: a mono mp3 as it is, another after asking; and what is spoken here', async () => {
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
      await page.getByRole('button', { name: record }).last().click();
      await page.getByRole('button', { name: stop }).waitFor();
      await page.waitForTimeout(1500);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: stop }).click();
      await page.getByText(/ en\.wav · [1-9]/).waitFor();
      // What the microphone heard is in the project: the beeps of the test's caller.
      const heard = newestRecording(dataDir);
      expect(longestToneMs(heard, CALLER_HZ)).toBeGreaterThan(150);
      if (process.env.DIALTREE_PICTURES) {
        await page.screenshot({ path: `${process.env.DIALTREE_PICTURES}/prompts-${theme}-${language}.png` });
      }
    }, 60_000);

    it.each([
      ['m4a', M4A],
      ['Opus', OPUS],
    ])(
      '[PR8] takes %s, which the window decodes, after asking',
      async (_, path) => {
        const { page } = job.caller;
        await page.getByRole('button', { name: add }).click();
        await page.getByLabel(file).last().setInputFiles(path);
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.getByText(`${basename(path).replace(/\.\w+$/, '.wav')} · `).waitFor();
        const taken = newestRecording(dataDir);
        expect(longestToneMs(taken, 440)).toBeGreaterThan(440);
      },
      60_000,
    );

    it('[PR9] trims: what is cut off is gone', async () => {
      const { page } = job.caller;
      await page.getByRole('button', { name: trim }).last().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('slider').last().focus();
      for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowLeft');
      expect(await violations(page)).toEqual([]);
      if (process.env.DIALTREE_PICTURES) {
        await page.screenshot({ path: `${process.env.DIALTREE_PICTURES}/trim-${theme}-${language}.png` });
      }
      const whole = newestRecording(dataDir);
      await dialog.getByRole('button', { name: trimNow, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      const part = newestRecording(dataDir);
      const lengthMs = ({ samples, sampleRateHz }: Sound) => (samples.length / sampleRateHz) * 1000;
      expect(lengthMs(whole) - lengthMs(part)).toBeCloseTo(400, -1);
    }, 60_000);
  },
);
