import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { MainJob } from '../support/main-job.ts';
import { MAIN_MENU, SALES_KEY, SALES_MEMBER } from '../support/sample-facts.ts';

const LOOKS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'pl' },
] as const;

describe.each(LOOKS)('accessibility, $theme, $language', ({ theme, language }) => {
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
    for (const browser of [job.caller, job.operator]) {
      await browser.page.addInitScript(
        ([scheme, tongue]) => {
          localStorage.setItem('dialtree.theme', scheme);
          localStorage.setItem('dialtree.language', tongue);
        },
        [theme, language] as const,
      );
    }
  });
  afterAll(() => job.close());

  it('finds nothing in the designer, with a menu in the inspector', async () => {
    const { page } = job.caller;
    await page.goto(job.host.url);
    await page.locator('.react-flow__node', { hasText: MAIN_MENU }).first().click();
    await page.locator('textarea').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('finds nothing in the panels below the canvas, with a call in the simulator and a proof', async () => {
    const { page } = job.caller;
    const tabs = page.getByRole('tab');
    const count = await tabs.count();
    expect(count).toBe(4);
    for (let index = 0; index < count; index++) {
      await tabs.nth(index).click();
      const panel = page.getByRole('tabpanel').and(page.locator(':visible'));
      if (index === 0) await panel.getByRole('button').first().click();
      const start = language === 'pl' ? 'Zacznij połączenie' : 'Start a call';
      if (index === 1) await panel.getByRole('button', { name: start }).click();
      await page.mouse.move(0, 0);
      if (index === 0) await panel.getByRole('listitem').first().waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await tabs.first().click();
  });

  it('finds nothing where flows are made from texts, samples and other programs', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: language === 'pl' ? 'Wybierz scenariusz' : 'Choose a flow' }).click();
    await page
      .getByRole('menuitem', { name: language === 'pl' ? 'Nowy scenariusz z tekstu…' : 'New flow from text…' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').last().fill('Hello.\n1 Sales -> queue Night sales\n  1 Wrong\n1 Twice');
    await dialog.getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('tab').nth(1).click();
    await dialog.getByRole('listitem').nth(3).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('tab').nth(2).click();
    await dialog.locator('input[type="file"]').setInputFiles('test/fixtures/import/studio-shop.json');
    await dialog.getByRole('region').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('finds nothing on the pages', async () => {
    const { page } = job.caller;
    const rail = page.getByRole('navigation');
    const pages = await rail.getByRole('button').count();
    expect(pages).toBeGreaterThanOrEqual(5);
    for (let index = 1; index < pages; index++) {
      await rail.getByRole('button').or(rail.getByRole('link')).nth(index).click();
      await page.getByRole('heading').first().waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await rail.getByRole('button').or(rail.getByRole('link')).first().click();
  });

  it('finds nothing at the operator’s desk: signing in, ringing, talking', async () => {
    const { page } = job.operator;
    await page.goto(job.host.url);
    await page.getByRole('radiogroup').getByText('Operator').click();
    await page.getByRole('button', { name: SALES_MEMBER }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: SALES_MEMBER }).click();
    await page.locator('[data-state="available"]').waitFor();
    expect(await violations(page)).toEqual([]);

    const caller = job.caller.page;
    await caller.getByRole('button', { name: language === 'pl' ? 'Zadzwoń do tego menu' : 'Call this flow' }).click();
    await caller
      .getByRole('button', { name: language === 'pl' ? `Klawisz ${SALES_KEY}` : `Key ${SALES_KEY}`, exact: true })
      .click();
    await page.getByRole('button', { name: language === 'pl' ? 'Odbierz' : 'Answer' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: language === 'pl' ? 'Odbierz' : 'Answer' }).click();
    await page.locator('[data-state="on-call"]').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await violations(caller)).toEqual([]);
    if (process.env.DIALTREE_PICTURES) {
      await caller.screenshot({ path: `${process.env.DIALTREE_PICTURES}/designer-${theme}-${language}.png` });
      await page.screenshot({ path: `${process.env.DIALTREE_PICTURES}/desk-${theme}-${language}.png` });
    }

    await caller.getByRole('button', { name: language === 'pl' ? 'Połączenia' : 'Calls', exact: true }).click();
    await caller.getByRole('row').nth(1).getByRole('button').click();
    await caller.getByRole('list', { name: language === 'pl' ? 'Przebieg' : 'What happened' }).waitFor();
    expect(await violations(caller)).toEqual([]);
    if (process.env.DIALTREE_PICTURES) {
      await caller.screenshot({ path: `${process.env.DIALTREE_PICTURES}/calls-${theme}-${language}.png` });
    }
  });
});
