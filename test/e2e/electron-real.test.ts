import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ELECTRON_DIR = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const PATH_FILE = join(ELECTRON_DIR, 'path.txt');

/** Why the real Electron cannot run here, or null. */
function whyNot(): string | null {
  if (!existsSync(PATH_FILE)) return 'its binary is not installed (npm start fetches it where it can be had)';
  const needsScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  return needsScreen ? 'there is no screen (xvfb-run gives one)' : null;
}

const reason = whyNot();
if (reason !== null) {
  console.warn(`\n*** SKIPPED: the smoke test with the real Electron, because ${reason}. ***`);
  console.warn('*** The shell was tested on the stand-in only (electron-shell.test.ts). ***\n');
}

it.skipIf(reason !== null)('the real Electron shows the designer, isolated, and calls the flow', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-electron-'));
  const app = await _electron.launch({
    executablePath: join(ELECTRON_DIR, 'dist', readFileSync(PATH_FILE, 'utf8')),
    args: [ROOT, '--use-fake-device-for-media-stream', '--no-sandbox'],
    env: { ...(process.env as Record<string, string>), DIALTREE_DATA: dataDir, DIALTREE_PBX_PORT: '0' },
  });
  try {
    const page = await app.firstWindow();
    await page.getByText('Ready', { exact: true }).first().waitFor();
    expect(new URL(page.url()).protocol).toBe('dialtree:');
    expect(await page.evaluate(() => ['require', 'process'].filter((name) => name in globalThis))).toEqual([]);
    await page.getByRole('button', { name: 'Call this flow' }).click();
    await page.getByTestId('call-status').getByText('On call').waitFor();
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
