import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './support/chromium.ts';
import { ensurePhones } from './support/phones/install.ts';

/**
 * `npm test`: formatter and linter, types, build, then every test. The last line is "N passed, N failed"; each of the
 * checks before the tests counts as one.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE_DIR = join(ROOT, 'node_modules', '.cache', 'dialtree');
const REPORT_FILE = join(CACHE_DIR, 'test-report.json');

function run(file: string, args: readonly string[]): boolean {
  const result = spawnSync(process.execPath, [join(ROOT, 'node_modules', file), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return result.status === 0;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
}

let passed = 0;
let failed = 0;
const count = (ok: boolean) => {
  if (ok) passed++;
  else failed++;
};

ensureChromium();
ensurePhones();
mkdirSync(CACHE_DIR, { recursive: true });
rmSync(REPORT_FILE, { force: true });
count(run('@biomejs/biome/bin/biome', ['check', '.']));
count(run('typescript/bin/tsc', ['-b']));
count(run('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']));
const filters = process.argv.slice(2);
const allGreen = run('vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT_FILE}`,
  ...filters,
]);

let skipped = 0;
if (existsSync(REPORT_FILE)) {
  const report = JSON.parse(readFileSync(REPORT_FILE, 'utf8')) as Report;
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped = report.numPendingTests;
}
// A file that does not even load fails the run without a failed test.
if (!allGreen && failed === 0) failed++;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
