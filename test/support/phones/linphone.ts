import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWav, serialiseWav } from '../../../electron/media/wav.ts';
import { eventually } from '../eventually.ts';
import { sine } from '../sound.ts';
import { tempDir } from '../temp-dir.ts';
import { freePort } from './baresip.ts';
import { findPhone } from './install.ts';

export interface LinphoneOptions {
  readonly user: string;
  readonly password: string;
  readonly realm: string;
  readonly sipPort: number;
  readonly transport: 'udp' | 'tcp';
  /** What it speaks: a tone of that frequency. */
  readonly toneHz: number;
}

/** Linphone's console, driven as by a person who types; it speaks and hears by files. */
export class Linphone {
  readonly #options: LinphoneOptions;
  readonly #folder = tempDir();
  readonly #heardFile = join(this.#folder, 'heard.wav');
  /** Everything that it printed. */
  output = '';
  #read = 0;
  #process: ChildProcess | undefined;
  #exited = false;

  constructor(options: LinphoneOptions) {
    this.#options = options;
  }

  /** Starts it and waits until it is registered. */
  async start(): Promise<this> {
    const { user, password, realm, sipPort, transport, toneHz } = this.#options;
    const [ownPort, rtpPort] = [await freePort(), await freePort()];
    const file = join(this.#folder, 'linphonerc');
    const server = `127.0.0.1:${sipPort}`;
    const lines = [
      '[sip]',
      'bind_address=127.0.0.1',
      `sip_port=${transport === 'udp' ? ownPort : 0}`,
      `sip_tcp_port=${transport === 'tcp' ? ownPort : 0}`,
      'sip_tls_port=0',
      'default_proxy=0',
      '[rtp]',
      // Even, and not the pair of RTCP either.
      `audio_rtp_port=${rtpPort & ~1}`,
      '[proxy_0]',
      `reg_proxy=<sip:${server};transport=${transport}>`,
      `reg_identity=sip:${user}@${server}`,
      'reg_expires=60',
      'reg_sendregister=1',
      'publish=0',
      '[auth_info_0]',
      `username=${user}`,
      `passwd=${password}`,
      `realm=${realm}`,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    // Without it there is no database, and without that it opens no port.
    mkdirSync(join(this.#folder, '.local/share/linphone'), { recursive: true });
    const toneFile = join(this.#folder, 'tone.wav');
    writeFileSync(toneFile, serialiseWav({ sampleRate: 8000, samples: sine(toneHz, 30_000, 8000) }));
    const child = spawn(findPhone('linphonec') ?? 'linphonec', ['-c', file], {
      cwd: this.#folder,
      env: { ...process.env, HOME: this.#folder, XDG_DATA_HOME: '', XDG_CONFIG_HOME: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        this.output += bytes.toString();
      });
    }
    child.on('exit', () => {
      this.#exited = true;
    });
    // It says so only when it is asked.
    const asking = setInterval(() => this.command('status register'), 300);
    await this.until(/registered, identity=/, 20_000).finally(() => clearInterval(asking));
    this.command('soundcard use files');
    await this.until(/Using wav files/);
    this.command(`play ${toneFile}`);
    this.command(`record ${this.#heardFile}`);
    return this;
  }

  /** Waits until it prints something like that, after what was waited for before. */
  async until(text: RegExp, timeoutMs = 15_000): Promise<void> {
    try {
      await eventually(
        `${text.source} of linphone`,
        () => {
          const match = text.exec(this.output.slice(this.#read));
          if (match !== null) this.#read += match.index + match[0].length;
          return match !== null;
        },
        timeoutMs,
      );
    } catch (error) {
      throw new Error(`${String(error)}\n${this.output.slice(-3000)}`);
    }
  }

  dial(target: string): void {
    this.command(`call sip:${target}@127.0.0.1:${this.#options.sipPort}`);
  }

  /** Sends a key by RFC 4733. */
  press(key: string): void {
    this.command(key);
  }

  command(line: string): void {
    this.#process?.stdin?.write(`${line}\n`);
  }

  /** What it has heard, at `sampleRate`. Complete once the call is over. */
  heard(): { readonly sampleRate: number; readonly samples: Int16Array } {
    return existsSync(this.#heardFile)
      ? parseWav(readFileSync(this.#heardFile))
      : { sampleRate: 8000, samples: new Int16Array() };
  }

  async stop(): Promise<void> {
    if (this.#process === undefined || this.#exited) return;
    this.command('quit');
    await eventually('linphone to go', () => this.#exited, 5000).catch(() => this.#process?.kill('SIGKILL'));
  }
}
