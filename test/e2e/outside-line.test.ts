import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHost, runHost } from '../../electron/host/run-host.ts';
import { AppBrowser } from '../support/app-browser.ts';
import { violations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { PbxWorld, passwordOf } from '../support/pbx-world.ts';
import { LINE_USER } from '../support/trunk-world.ts';

const LOOKS = [
  { theme: 'light', language: 'en', settings: 'Settings', setUp: 'Set up the outside line', save: 'Save the line' },
  { theme: 'dark', language: 'pl', settings: 'Ustawienia', setUp: 'Ustaw linię miejską', save: 'Zapisz linię' },
] as const;
const TEXTS = {
  en: { host: 'Host', port: 'Port', user: 'User', password: 'Password', ready: 'Ready', refused: 'Refused' },
  pl: { host: 'Serwer', port: 'Port', user: 'Użytkownik', password: 'Hasło', ready: 'Gotowa', refused: 'Odmowa' },
} as const;
/** Where pictures go, for whoever wants to look. */
const { DIALTREE_SCREENSHOTS: pictures } = process.env;

describe.each(LOOKS)('the outside line, $theme, $language', ({ theme, language, settings, setUp, save }) => {
  const text = TEXTS[language];
  const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
  let provider: PbxWorld;
  let host: RunningHost;
  let browser: AppBrowser;

  beforeAll(async () => {
    const nodes = { start: { type: 'start', to: { next: 'bye' } }, bye: { type: 'hang-up' } } as const;
    provider = await PbxWorld.start({ nodes });
    host = await runHost({ dataDir, port: 0, pbxPort: 0, sipPort: 0, locale: 'en-US', logLevel: 'error' });
    browser = await AppBrowser.launch({});
    await browser.page.addInitScript(
      ([scheme = '', tongue = '']) => {
        localStorage.setItem('dialtree.theme', scheme);
        localStorage.setItem('dialtree.language', tongue);
      },
      [theme, language],
    );
    await browser.page.goto(host.url);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
    await provider.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function picture(name: string): Promise<void> {
    if (pictures === undefined) return;
    await browser.page.screenshot({ path: join(pictures, `line-${name}-${theme}.png`), fullPage: true });
  }

  it('is set by the keyboard alone, signs in at a provider, and its light turns green', async () => {
    const { page } = browser;
    await page.getByRole('navigation').getByRole('button', { name: settings }).click();
    expect(await violations(page)).toEqual([]);
    await picture('settings');
    await page.getByRole('button', { name: setUp }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: text.host }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture('empty');

    // What is wrong is said in words.
    await page.getByRole('button', { name: save }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await picture('wrong');

    const fill = async (label: string, typed: string) => {
      await page.getByLabel(label, { exact: true }).focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(typed);
    };
    await fill(text.host, '127.0.0.1');
    await fill(text.port, String(provider.sipPort));
    await fill(text.user, LINE_USER);
    await fill(text.password, 'wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByRole('status').filter({ hasText: text.refused }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture('refused');

    await fill(text.password, passwordOf(LINE_USER));
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByRole('status').filter({ hasText: text.ready }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture('ready');
    await eventually('the registration', () =>
      provider.events.some(
        (event) => event.type === 'registrations' && event.registrations.some(({ contacts }) => contacts > 0),
      ),
    );
  });

  it('is in no project, and its password in no file', () => {
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(files.map(({ name }) => name)).toContain('settings.json');
    expect(texts.filter((one) => one.includes(passwordOf(LINE_USER)))).toEqual([]);
  });
});
