import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { PbxTls } from '../../shared/bridge/pbx.ts';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import { defaultDataDir } from '../services/data-dir.ts';
import { environmentOfTls } from '../services/pbx/tls-settings.ts';
import { type HostOptions, runHost } from './run-host.ts';

/**
 * `npm start`: builds the app, then opens it under Electron where its binary is, or can be had; otherwise on the Node
 * host, in the browser.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOWNLOAD_TIMEOUT_MS = 120_000;

const USAGE = `Usage: npm start -- [options]
  --host            run on the Node host even where Electron is available
  --no-open         do not open a browser
  --port N          port of the window (default: a free one)
  --pbx-port N      port of the embedded PBX (default: a free one)
  --sip-port N      its port for phones by UDP and TCP (default: a free one)
  --tls-cert FILE   certificate (PEM) for phones by TLS and browsers by wss; off without it
  --tls-key FILE    its key (PEM)
  --tls-port N      port for phones by TLS (default: a free one)
  --wss-port N      port for browsers by wss (default: a free one)
  --data DIR        folder for projects and caches
  --log LEVEL       debug, info, warn or error (default: warn)`;

function readOptions() {
  return parseArgs({
    options: {
      host: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      'pbx-port': { type: 'string', default: '0' },
      'sip-port': { type: 'string', default: '0' },
      'tls-cert': { type: 'string', default: '' },
      'tls-key': { type: 'string', default: '' },
      'tls-port': { type: 'string', default: '0' },
      'wss-port': { type: 'string', default: '0' },
      data: { type: 'string', default: defaultDataDir() },
      log: { type: 'string', default: 'warn' },
      dev: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--${name} takes a number from 0 to 65535.`);
  return port;
}

function tlsOf(options: ReturnType<typeof readOptions>): PbxTls | undefined {
  const [certPath, keyPath] = [options['tls-cert'], options['tls-key']];
  if ((certPath === '') !== (keyPath === '')) fail('--tls-cert and --tls-key go together.');
  if (certPath === '') return undefined;
  return {
    // The PBX may run in another folder.
    certPath: resolve(certPath),
    keyPath: resolve(keyPath),
    sipPort: portOf('tls-port', options['tls-port']),
    wssPort: portOf('wss-port', options['wss-port']),
  };
}

function logLevelOf(text: string): HostOptions['logLevel'] {
  if (text === 'debug' || text === 'info' || text === 'warn' || text === 'error') return text;
  return fail('--log takes debug, info, warn or error.');
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function build(): void {
  const bin = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const result = spawnSync(process.execPath, [bin, 'build', '--logLevel', 'error'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) fail('The build failed; see above.');
}

/** For `npm run dev`: builds the window and goes on building it as its sources change. */
async function buildAndWatch(): Promise<void> {
  const [{ build: viteBuild }, { rendererConfig }] = await Promise.all([
    import('vite'),
    import('../../electron.vite.config.ts'),
  ]);
  await viteBuild({ ...rendererConfig, configFile: false, logLevel: 'warn' });
  await viteBuild({
    ...rendererConfig,
    configFile: false,
    logLevel: 'warn',
    build: { ...rendererConfig.build, emptyOutDir: false, watch: {} },
  });
}

/** Path of Electron's binary, fetched when this machine can show a window and reach its download; else why not. */
function findElectron(): { binary: string } | { reason: string } {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen) return { reason: 'there is no screen' };
  const electronDir = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  if (!existsSync(join(electronDir, 'path.txt'))) {
    console.log('Fetching Electron (once) …');
    spawnSync(process.execPath, [join(electronDir, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT_MS });
  }
  if (!existsSync(join(electronDir, 'path.txt'))) return { reason: "Electron's binary could not be fetched" };
  return { binary: join(electronDir, 'dist', readFileSync(join(electronDir, 'path.txt'), 'utf8')) };
}

function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no browser to open: the address is printed
  child.unref();
}

async function main(): Promise<void> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions();
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const hostOptions: HostOptions = {
    dataDir: options.data,
    port: portOf('port', options.port),
    pbxPort: portOf('pbx-port', options['pbx-port']),
    sipPort: portOf('sip-port', options['sip-port']),
    tls: tlsOf(options),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    logLevel: logLevelOf(options.log),
  };
  if (options.dev) await buildAndWatch();
  else build();

  const electron = options.host || options.dev ? { reason: 'as asked' } : findElectron();
  if ('binary' in electron) {
    const child = spawn(electron.binary, [ROOT], {
      stdio: 'inherit',
      env: {
        ...process.env,
        DIALTREE_DATA: options.data,
        DIALTREE_PBX_PORT: options['pbx-port'],
        DIALTREE_SIP_PORT: options['sip-port'],
        ...environmentOfTls(hostOptions.tls),
      },
    });
    child.on('exit', (code) => process.exit(code ?? 1));
    return;
  }
  const host = await runHost(hostOptions);
  console.log(`Dialtree runs on the Node host, in your browser (${electron.reason}): ${host.url}`);
  if (!options['no-open']) openBrowser(host.url);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      host.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error) => {
  const { code, message, hint } = toErrorDetail(error);
  console.error(`${message}${hint ? ` ${hint}` : ''} [${code}]`);
  process.exit(1);
});
