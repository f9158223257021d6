import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, expect, test } from 'vitest';
import { printProject } from '../../../shared/flow/canonical.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { cli } from '../../support/cli.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ENTRY = 'electron/cli/main.ts';
/** Below the packages, so that what is built finds those it leaves out. */
const OUT_DIR = join(ROOT, 'node_modules/.cache/dialtree/cli-built');

afterAll(() => rmSync(OUT_DIR, { recursive: true, force: true }));

test('[CL11] runs as built, under the name that the package gives it', async () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const config = readFileSync(join(ROOT, 'electron.vite.config.ts'), 'utf8');
  expect(manifest.bin).toEqual({ dialtree: 'out/main/cli.js' });
  expect(config).toContain(`cli: '${ENTRY}'`);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: true, outDir: OUT_DIR, rollupOptions: { input: { cli: ENTRY } } },
  });
  const built = join(OUT_DIR, 'cli.js');
  expect(readFileSync(built, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(await cli(['check', '-'], printProject(sampleProject('en')), built)).toMatchObject({ code: 0, err: '' });
});
