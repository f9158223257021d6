import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardEn } from '../../renderer/i18n/board-en.ts';
import { boardPl } from '../../renderer/i18n/board-pl.ts';
import { deskEn } from '../../renderer/i18n/desk-en.ts';
import { deskPl } from '../../renderer/i18n/desk-pl.ts';
import { phoneEn } from '../../renderer/i18n/phone-en.ts';
import { phonePl } from '../../renderer/i18n/phone-pl.ts';
import type { AppBrowser } from '../support/app-browser.ts';
import { violations } from '../support/axe.ts';
import { MainJob } from '../support/main-job.ts';
import { openOperatorsProject } from '../support/operators-project.ts';
import { SALES_KEY, SALES_MEMBER, SALES_QUEUE } from '../support/sample-facts.ts';

const LOOKS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'pl' },
] as const;
const NARROW = { width: 380, height: 860 };
const WIDE = { width: 1280, height: 860 };

/** The desk in each of its states, narrow and wide, and the wallboard; pictures where `DIALTREE_PICTURES` says. */
describe.each(LOOKS)('how operators’ states look, $theme, $language', ({ theme, language }) => {
  const texts =
    language === 'pl'
      ? { desk: deskPl, board: boardPl, phone: phonePl }
      : { desk: deskEn, board: boardEn, phone: phoneEn };
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
    await openOperatorsProject(job.host.url, language);
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
  afterAll(() => job.close());

  async function picture({ page }: AppBrowser, name: string): Promise<void> {
    if (process.env.DIALTREE_PICTURES === undefined) return;
    await page.screenshot({
      path: `${process.env.DIALTREE_PICTURES}/${name}-${theme}-${language}.png`,
      fullPage: true,
    });
  }

  /** Nothing is wrong, narrow and wide, and nothing sticks out to the side. */
  async function looks(browser: AppBrowser, name: string, sizes: readonly { width: number; height: number }[]) {
    for (const size of sizes) {
      await browser.page.setViewportSize(size);
      expect(await violations(browser.page)).toEqual([]);
      const sideways = await browser.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(sideways).toBe(false);
      await picture(browser, `${name}-${size.width}`);
    }
  }

  it('a call that rings, is talked in and is written down', async () => {
    const { page } = job.operator;
    const caller = job.caller.page;
    await page.getByRole('button', { name: texts.desk.change }).click();
    await page.getByRole('menu').waitFor();
    await looks(job.operator, 'menu', [NARROW]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: texts.phone.settings.title }).click();
    await page.getByRole('switch').first().waitFor();
    await page.mouse.move(200, 840);
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await looks(job.operator, 'settings', [NARROW]);
    await page.keyboard.press('Escape');
    for (const round of [1, 2]) {
      await caller.getByRole('button', { name: texts.phone.callFlow }).click();
      await caller.getByRole('button', { name: texts.phone.key.replace('{{key}}', SALES_KEY), exact: true }).click();
      await page.getByRole('button', { name: texts.phone.answer }).waitFor();
      if (round === 2) await looks(job.operator, 'ringing', [NARROW, WIDE]);
      await page.getByRole('button', { name: texts.phone.answer }).click();
      await page.locator('[data-state="on-call"]').waitFor();
      await page.getByRole('button', { name: texts.desk.change }).click();
      await page.getByRole('menuitemradio').nth(2).click();
      await page.getByRole('button', { name: texts.phone.hangUp }).click();
      await page.locator('[data-state="wrap-up"]').waitFor();
      await page.getByRole('radiogroup', { name: texts.desk.wrapUp.codes }).locator('label').nth(1).click();
      const note = { en: 'Flat tyre, comes by on Friday', pl: 'Przebita opona, przyjedzie w piątek' }[language];
      await page.getByLabel(texts.desk.wrapUp.note).fill(note);
      if (round === 2) await looks(job.operator, 'wrap-up', [NARROW, WIDE]);
      await page.getByRole('button', { name: texts.desk.wrapUp.finish }).click();
      await page.locator('[data-state="paused"]').waitFor();
      if (round === 2) continue;
      await page.getByRole('button', { name: texts.desk.change }).click();
      await page.getByRole('menuitemradio').first().click();
      await page.locator('[data-state="available"]').waitFor();
    }
    await looks(job.operator, 'paused', [NARROW]);
  });

  it('the wallboard with a caller who waits', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: texts.phone.callFlow }).click();
    await page.getByRole('button', { name: texts.phone.key.replace('{{key}}', SALES_KEY), exact: true }).click();
    await page.getByRole('button', { name: texts.board.title, exact: true }).click();
    const toggle = page.getByRole('button', { name: texts.board.show.replace('{{queue}}', SALES_QUEUE) });
    await toggle.click();
    await page.getByRole('list', { name: texts.board.callers.replace('{{queue}}', SALES_QUEUE) }).waitFor();
    await looks(job.caller, 'board', [{ width: 1440, height: 900 }]);
    await page.getByRole('button', { name: texts.board.act.replace('{{name}}', SALES_MEMBER) }).click();
    await page.getByRole('menu').waitFor();
    await looks(job.caller, 'board-menu', [{ width: 1440, height: 900 }]);
  });
});
