import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHost, runHost } from '../../electron/host/run-host.ts';
import { AppBrowser } from '../support/app-browser.ts';
import { violations } from '../support/axe.ts';
import { SALES_NODE } from '../support/sample-facts.ts';
import { TinyServer } from '../support/sync/tiny-server.ts';

const TOKEN = 'not-a-secret';
const LOOKS = [
  { theme: 'light', language: 'en', sync: 'Sync', inStep: 'In step', theirs: /^Take theirs/ },
  { theme: 'dark', language: 'pl', sync: 'Zdalnie', inStep: 'Zgodny', theirs: /^Weź cudze/ },
] as const;

/** An installation with a window of its own. */
interface Person {
  readonly dataDir: string;
  readonly host: RunningHost;
  readonly browser: AppBrowser;
  readonly page: Page;
}

async function person(theme: string, language: string): Promise<Person> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-data-'));
  const host = await runHost({ dataDir, port: 0, pbxPort: 0, sipPort: 0, locale: 'en-US', logLevel: 'error' });
  const browser = await AppBrowser.launch({});
  const { page } = browser;
  await page.addInitScript(
    ([scheme = '', tongue = '']) => {
      localStorage.setItem('dialtree.theme', scheme);
      localStorage.setItem('dialtree.language', tongue);
    },
    [theme, language],
  );
  await page.goto(host.url);
  return { dataDir, host, browser, page };
}

describe.each(LOOKS)('two people at one project, $theme, $language', (look) => {
  const server = new TinyServer({
    authorize: ({ headers }) => headers.authorization === `Bearer ${TOKEN}` || 'Bearer',
  });
  const people: Person[] = [];
  const isEnglish = look.language === 'en';

  beforeAll(async () => {
    await server.start();
    for (let n = 0; n < 2; n++) people.push(await person(look.theme, look.language));
  });
  afterAll(async () => {
    for (const { browser, host, dataDir } of people) {
      await browser.close();
      await host.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
    await server.stop();
  });

  const card = (page: Page, name: string) => page.locator('.react-flow__node', { hasText: name }).first();
  const openPage = async (page: Page, index: number) => {
    const items = page.getByRole('navigation').getByRole('button');
    await items.nth(index).click();
  };
  const flows = (page: Page) => openPage(page, 0);
  const syncPage = async (page: Page) => {
    await page.getByRole('navigation').getByRole('button', { name: look.sync }).click();
    await page.getByRole('heading', { name: isEnglish ? 'Sync' : 'Synchronizacja', level: 1 }).waitFor();
  };
  const syncNow = async (page: Page) => {
    await syncPage(page);
    await page.getByRole('button', { name: isEnglish ? 'Sync now' : 'Synchronizuj teraz' }).click();
  };
  const rename = async (page: Page, from: string, to: string) => {
    await flows(page);
    await card(page, from).click();
    await page.getByRole('textbox', { name: isEnglish ? 'Name' : 'Nazwa', exact: true }).fill(to);
    await card(page, to).waitFor();
  };
  const state = (page: Page, text: string) => page.getByTestId('remote-state').getByText(text).waitFor();
  const picture = async (page: Page, name: string) => {
    const dir = process.env.DIALTREE_PICTURES;
    if (dir) await page.screenshot({ path: join(dir, `${name}-${look.theme}-${look.language}.png`) });
  };

  it('[RS6][RS12] connect with the endpoint in the window; a wrong token is told', async () => {
    for (const { page } of people) {
      await syncPage(page);
      expect(await violations(page)).toEqual([]);
      await page
        .getByRole('textbox', { name: isEnglish ? 'Address of the file' : 'Adres pliku' })
        .fill(`${server.url}/office.json`);
      await page.getByRole('radiogroup').getByText('HTTP', { exact: false }).click();
      await page.getByRole('combobox').click();
      await page.getByRole('option', { name: /Bearer/ }).click();
      await page.getByLabel('Token', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: isEnglish ? 'Connect' : 'Połącz', exact: true }).click();
      await page.getByRole('alert').waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, 'sync-refused');
      await page.getByLabel('Token', { exact: true }).fill(TOKEN);
      await page.getByRole('button', { name: isEnglish ? 'Connect' : 'Połącz', exact: true }).click();
      await state(page, look.inStep);
    }
  });

  it('[RS1] what one draws comes to the other', async () => {
    const [ann, bob] = people as [Person, Person];
    await rename(ann.page, SALES_NODE, 'Garden queue');
    await syncNow(ann.page);
    await state(ann.page, look.inStep);
    await syncNow(bob.page);
    await flows(bob.page);
    await card(bob.page, 'Garden queue').waitFor();
  });

  it('[RS10] a conflict is marked on the canvas, shown side by side, and decided there', async () => {
    const [ann, bob] = people as [Person, Person];
    await rename(ann.page, 'Garden queue', 'Tree queue');
    await syncNow(ann.page);
    await state(ann.page, look.inStep);
    await rename(bob.page, 'Garden queue', 'Flower queue');
    await syncNow(bob.page);
    const item = bob.page.getByRole('listitem').filter({ hasText: 'Tree queue' });
    await item.getByText('Flower queue', { exact: true }).waitFor();
    expect(await violations(bob.page)).toEqual([]);
    await picture(bob.page, 'sync-conflict');

    await flows(bob.page);
    const node = card(bob.page, 'Flower queue');
    await node.getByRole('img', { name: isEnglish ? '1 conflict with the server' : '1 konflikt z serwerem' }).waitFor();
    await node.click();
    await bob.page.getByRole('button', { name: look.theirs }).waitFor();
    await bob.page.mouse.move(0, 0);
    expect(await violations(bob.page)).toEqual([]);
    await picture(bob.page, 'sync-canvas');
    await bob.page.getByRole('button', { name: look.theirs }).click();
    await card(bob.page, 'Tree queue').waitFor();
    await state(bob.page, look.inStep);
    expect(server.files.get('/office.json')?.toString()).toContain('Tree queue');
    expect(bob.browser.complaints).toEqual([]);
  });

  it('[RS6] without the server the work goes on, and goes out when it is back', async () => {
    const [ann] = people as [Person, Person];
    server.intercept = (incoming) => incoming.socket.destroy() !== undefined;
    await rename(ann.page, 'Tree queue', 'Shrub queue');
    await syncNow(ann.page);
    await state(ann.page, isEnglish ? 'Offline' : 'Brak połączenia');
    await picture(ann.page, 'sync-offline');
    expect(await violations(ann.page)).toEqual([]);
    server.intercept = () => false;
    await syncNow(ann.page);
    await state(ann.page, look.inStep);
    expect(server.files.get('/office.json')?.toString()).toContain('Shrub queue');
  });
});
