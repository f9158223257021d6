import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreloadApi } from '../../shared/bridge/preload-api.ts';
import { printProject } from '../../shared/flow/canonical.ts';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { ensureChromium } from '../support/chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The built Electron app, unmodified, on the stand-in for Electron (test/support/electron-stand-in). */
describe('the Electron shell', () => {
  let dataDir: string;
  let main: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'dialtree-electron-'));
    const debugPort = await freePort();
    const register = join(ROOT, 'test/support/electron-stand-in/register.ts');
    main = spawn(process.execPath, ['--import', register, join(ROOT, 'out/main/index.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DIALTREE_DATA: dataDir,
        DIALTREE_PBX_PORT: '0',
        STAND_IN_FOLDER: join(dataDir, 'chosen'),
        STAND_IN_CHROMIUM: ensureChromium(),
        STAND_IN_DEBUG_PORT: String(debugPort),
      },
    });
    await once(main.stdout!, 'data'); // its window is there
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`);
    page = browser.contexts()[0]!.pages()[0]!;
  });

  afterAll(async () => {
    await browser?.close();
    if (main.exitCode === null) {
      main.kill('SIGKILL');
      await once(main, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('shows the designer over the preload’s bridge, and its phone registers', async () => {
    await page.getByText('Harbour Bikes').or(page.getByLabel('Name of the project')).first().waitFor();
    await page.getByText('Ready', { exact: true }).first().waitFor();
    const api = await page.evaluate(() => Object.keys((window as unknown as { dialtree: PreloadApi }).dialtree));
    expect(api.sort()).toEqual(['invoke', 'onEvent']);
  });

  it('opens the folder that is chosen in the dialog of the system', async () => {
    mkdirSync(join(dataDir, 'chosen'));
    writeFileSync(
      join(dataDir, 'chosen/project.json'),
      printProject({ ...sampleProject('en'), name: 'From a folder' }),
    );
    await page.getByRole('button', { name: 'Projects', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open a folder…' }).click();
    await expect.poll(() => page.getByLabel('Name of the project').inputValue()).toBe('From a folder');
  });

  it('keeps its window above others when asked to, and remembers it', async () => {
    const told: string[] = [];
    main.stdout!.on('data', (bytes: Buffer) => told.push(...bytes.toString().trim().split('\n')));
    const menu = page.getByRole('button', { name: 'Settings of this window' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Keep this window on top' }).click();
    await expect.poll(() => told.at(-1)).toContain('"onTop":true');
    await page.reload();
    await expect.poll(() => told.filter((line) => line.includes('"onTop":true')).length).toBeGreaterThan(1);
    await menu.click();
    await page.getByRole('menuitem', { name: 'Keep this window on top' }).click();
    await expect.poll(() => told.at(-1)).toContain('"onTop":false');
  });

  describe('the operator’s desk on the desktop', () => {
    const told: Record<string, unknown>[] = [];
    const around = (what: Record<string, string>) => main.stdin!.write(`${JSON.stringify(what)}\n`);
    const tray = () => told.findLast((line) => 'tray' in line)?.tray;

    beforeAll(async () => {
      main.stdout!.on('data', (bytes: Buffer) => {
        for (const line of bytes.toString().trim().split('\n')) told.push(JSON.parse(line) as Record<string, unknown>);
      });
      await page.getByRole('radiogroup', { name: 'Role' }).getByText('Operator').click();
      await page.getByRole('button', { name: 'Emma Hughes' }).click();
      await page.getByText('Available', { exact: true }).waitFor();
    });
    it('takes keys of every program, and says which another one holds', async () => {
      await page.getByRole('button', { name: 'Phone settings' }).click();
      for (const [name, keys] of [
        ['Mute', 'Control+Alt+KeyM'],
        ['Hang up', 'Control+Alt+KeyH'],
        ['Hold', 'Control+Alt+KeyT'],
      ] as const) {
        await page.getByRole('textbox', { name, exact: true }).press(keys);
      }
      await page.getByText('Another program has these keys.').waitFor();
      expect(await page.getByText('Another program has these keys.').count()).toBe(1);
      await page.keyboard.press('Escape');
    });

    it('asks before it calls whom a link names; then keys and the tray do what they say', async () => {
      await expect.poll(tray).toBe('Dialtree: Available');
      around({ openUrl: 'tel:100' });
      await page.getByRole('dialog', { name: 'Call this number?' }).getByRole('button', { name: 'Call' }).click();
      await page.getByTestId('call-status').getByText('On call').waitFor();
      await expect.poll(tray).toBe('Dialtree: On call: 100');
      around({ press: 'Control+Alt+M' });
      await page.getByRole('button', { name: 'Unmute' }).waitFor();
      around({ tray: 'Unmute' });
      await page.getByRole('button', { name: 'Mute', exact: true }).waitFor();
      around({ tray: 'Show the window' });
      await expect.poll(() => told.at(-1)).toMatchObject({ shown: 'focused' });
      around({ press: 'Control+Alt+H' });
      await page.getByText('You hung up').waitFor();
      await expect.poll(tray).toBe('Dialtree: Available');
    });

    it('leaves the tray with the desk', async () => {
      await page.getByRole('radiogroup', { name: 'Role' }).getByText('Supervisor').click();
      await expect.poll(tray).toBeNull();
    });
  });

  it('gives the page nothing of Node or Electron but the bridge', async () => {
    const globals = await page.evaluate(() =>
      ['require', 'process', 'module', 'ipcRenderer', 'Buffer'].filter((name) => name in globalThis),
    );
    expect(globals).toEqual([]);
  });

  it('keeps to its Content Security Policy: no foreign connection, no inline script, no eval', async () => {
    const result = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.__inline = true';
      document.body.append(script);
      const fetched = await fetch('http://127.0.0.1:1/').then(
        () => 'sent',
        () => 'refused',
      );
      // Later, because the debugger's own evaluation is allowed to.
      const evaluated = await new Promise((resolve) =>
        setTimeout(() => {
          try {
            resolve(new Function('return "ran"')());
          } catch {
            resolve('refused');
          }
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { violations, fetched, evaluated, inline: '__inline' in window };
    });
    expect(result).toMatchObject({ fetched: 'refused', evaluated: 'refused', inline: false });
    expect(result.violations).toContain('connect-src');
  });

  it('refuses a call that is not in the contract, and one with bad input', async () => {
    const answers = await page.evaluate(() => {
      const { dialtree } = window as unknown as { dialtree: PreloadApi };
      return Promise.all([dialtree.invoke('shell.execute', {}), dialtree.invoke('project.open', { path: 7 })]);
    });
    expect(answers).toMatchObject([
      { ok: false, error: { code: 'bridge/unknown-call' } },
      { ok: false, error: { code: 'bridge/bad-input' } },
    ]);
  });

  it('answers only its own top frame', async () => {
    const code = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>guest</p>';
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve));
      const guest = frame.contentWindow as unknown as {
        __standInInvoke?: (channel: string, args: unknown[]) => Promise<unknown>;
      };
      const answer = (await guest.__standInInvoke?.('dialtree:call', ['app.info', {}])) as { error?: { code: string } };
      frame.remove();
      return answer?.error?.code;
    });
    expect(code).toBe('bridge/untrusted-sender');
  });

  it('opens no other windows', async () => {
    await page.evaluate(() => void window.open('https://example.invalid/'));
    await expect.poll(() => browser.contexts()[0]!.pages().length).toBe(1);
  });

  it('calls the flow: the PBX runs as a utility process, the microphone is allowed', async () => {
    await page.getByRole('button', { name: 'Call this flow' }).click();
    await page.getByTestId('call-status').getByText('On call').waitFor();
    await page.locator('.react-flow__node [data-live="current"]').waitFor();
    const phone = page.getByRole('complementary', { name: 'Phone' });
    await phone.getByText('No microphone').waitFor({ state: 'detached' });
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').last().waitFor();
  });

  it('quits by itself when its last window is closed, leaving no process behind', async () => {
    await page.close();
    await once(main, 'exit');
    expect(main.exitCode).toBe(0);
  });
});
