import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AsteriskTree } from './install.ts';

export interface AsteriskOptions {
  /** `pjsip.conf` and `extensions.conf`; everything else is as below. */
  readonly pjsip: string;
  readonly extensions: string;
  /** Other files of its configuration, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Modules besides those below. */
  readonly modules?: readonly string[];
  /** What it is started by, e.g. `taskset -c 0`. */
  readonly prefix?: readonly string[];
}

/** What plain SIP calls with prompts need; a flow with queues and the like needs more. */
const MODULES = [
  ...['res_sorcery_config', 'res_sorcery_memory', 'res_sorcery_astdb', 'res_timing_timerfd', 'res_crypto'],
  ...['res_rtp_asterisk', 'codec_ulaw', 'codec_alaw', 'format_pcm', 'format_wav', 'format_sln'],
  ...['bridge_simple', 'bridge_softmix', 'bridge_builtin_features', 'bridge_holding', 'res_http_websocket'],
  ...['res_pjproject', 'res_pjsip', 'res_pjsip_session', 'res_pjsip_sdp_rtp', 'res_pjsip_authenticator_digest'],
  ...['res_pjsip_endpoint_identifier_user', 'res_pjsip_endpoint_identifier_ip', 'res_pjsip_registrar'],
  ...['res_pjsip_nat', 'res_pjsip_caller_id', 'res_pjsip_rfc3326', 'res_pjsip_pubsub', 'chan_pjsip'],
  ...['pbx_config', 'app_playback', 'func_callerid', 'func_channel', 'func_logic', 'func_strings'],
];

/** Files that Asterisk complains about when they are missing. */
const EMPTY_FILES = [
  'acl',
  'ccss',
  'cdr',
  'cel',
  'cli',
  'codecs',
  'features',
  'indications',
  'manager',
  'sorcery',
  'udptl',
];
const BOOT_MS = 20_000;

/** An Asterisk of a test's own: its configuration, state and logs lie in a temporary folder. */
export class Asterisk {
  readonly folder: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #control: readonly [string, ...string[]];

  private constructor(folder: string, child: ChildProcess, control: readonly [string, ...string[]]) {
    this.folder = folder;
    this.pid = child.pid ?? 0;
    this.#child = child;
    this.#control = control;
  }

  /** Starts it and waits until it takes calls. */
  static async start(tree: AsteriskTree, options: AsteriskOptions): Promise<Asterisk> {
    const folder = mkdtempSync(join(tmpdir(), 'dialtree-asterisk-'));
    writeConfiguration(tree, folder, options);
    const libraries = join(tree.root, 'usr/lib/x86_64-linux-gnu');
    const program = [
      join(tree.root, 'usr/lib64/ld-linux-x86-64.so.2'),
      ...['--argv0', 'asterisk', '--library-path', libraries, join(tree.root, 'usr/sbin/asterisk')],
      ...['-C', join(folder, 'etc/asterisk.conf')],
    ] as [string, ...string[]];
    const [command = '', ...args] = [...(options.prefix ?? []), ...program, '-f', '-g', '-n'];
    const child = spawn(command, args, { stdio: 'ignore' });
    const asterisk = new Asterisk(folder, child, program);
    const deadline = performance.now() + BOOT_MS;
    while (!(await asterisk.tell('core waitfullybooted')).includes('fully booted')) {
      if (child.exitCode !== null || performance.now() > deadline) {
        const said = asterisk.log();
        await asterisk.stop();
        throw new Error(`Asterisk did not start:\n${said}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return asterisk;
  }

  /** A command of its console; gives what it says, also when it refuses. */
  async tell(command: string): Promise<string> {
    const [program, ...args] = this.#control;
    try {
      return (await promisify(execFile)(program, [...args, '-rx', command])).stdout;
    } catch (error) {
      return String((error as { stdout?: string }).stdout ?? error);
    }
  }

  log(): string {
    return readFileSync(join(this.folder, 'log/messages'), 'utf8');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function writeConfiguration(tree: AsteriskTree, folder: string, options: AsteriskOptions): void {
  const of = (name: string) => join(folder, name);
  for (const name of ['etc', 'lib', 'db', 'keys/keys', 'spool', 'run', 'log', 'cache'])
    mkdirSync(of(name), { recursive: true });
  const modules = [...MODULES, ...(options.modules ?? [])];
  const files: Record<string, string> = {
    ...Object.fromEntries(EMPTY_FILES.map((name) => [`${name}.conf`, ''])),
    'asterisk.conf': `[directories]
astetcdir => ${of('etc')}
astmoddir => ${join(tree.root, 'usr/lib/x86_64-linux-gnu/asterisk/modules')}
astvarlibdir => ${of('lib')}
astdbdir => ${of('db')}
astkeydir => ${of('keys')}
astdatadir => ${join(tree.root, 'usr/share/asterisk')}
astspooldir => ${of('spool')}
astrundir => ${of('run')}
astlogdir => ${of('log')}
astcachedir => ${of('cache')}
[options]
dontwarn = yes
nocolor = yes
`,
    'modules.conf': `[modules]\nautoload=no\n${modules.map((name) => `load=${name}.so`).join('\n')}\n`,
    'logger.conf': '[logfiles]\nmessages => notice,warning,error\n',
    'rtp.conf': '[general]\nrtpstart=20000\nrtpend=29999\n',
    'http.conf': '[general]\nenabled=no\n',
    'pjproject.conf': '[log_mappings]\ntype=log_mappings\nasterisk_error=0\nasterisk_warning=1,2\n',
    'pjsip.conf': options.pjsip,
    'extensions.conf': options.extensions,
    ...options.files,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'etc', name), text);
  writeFileSync(of('log/messages'), '');
}
