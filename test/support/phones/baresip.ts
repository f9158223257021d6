import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { parseWav, type Sound, serialiseWav } from '../../../electron/media/wav.ts';
import { eventually } from '../eventually.ts';
import { sine } from '../sound.ts';
import { tempDir } from '../temp-dir.ts';
import { findPhone } from './install.ts';

export interface BaresipOptions {
  readonly user: string;
  readonly password: string;
  readonly sipPort: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** What it speaks: a tone of that frequency. */
  readonly toneHz: number;
  readonly codec?: 'pcmu' | 'pcma' | 'g722' | 'opus';
  /** It takes G.711 as well as a wideband codec, whichever is offered first. */
  readonly alsoNarrow?: boolean;
  /** It listens there and registers nowhere: the far end of a line that is known by its address. */
  readonly listenPort?: number;
}

/** How it names a codec, and the rate of its sound. */
const CODECS = {
  pcmu: { name: 'pcmu', sampleRate: 8000 },
  pcma: { name: 'pcma', sampleRate: 8000 },
  g722: { name: 'g722/16000/1', sampleRate: 16_000 },
  opus: { name: 'opus/48000/2', sampleRate: 48_000 },
} as const;

/** A baresip without a window, driven over its control port. */
export class Baresip {
  readonly #options: BaresipOptions;
  readonly #folder = tempDir();
  /** Everything that it printed. */
  output = '';
  /** What it told: `{"event":true,"type":"CALL_ESTABLISHED",…}`. */
  readonly events: { readonly type?: string }[] = [];
  #process: ChildProcess | undefined;
  #control: Socket | undefined;
  #exited = false;

  constructor(options: BaresipOptions) {
    this.#options = options;
  }

  /** Starts it and waits until it is registered. */
  async start(): Promise<this> {
    const {
      user,
      password,
      sipPort,
      transport,
      toneHz,
      codec = 'pcmu',
      alsoNarrow = false,
      listenPort,
    } = this.#options;
    const controlPort = await freePort();
    const account = [
      `<sip:${user}@127.0.0.1:${sipPort};transport=${transport}>`,
      `auth_user=${user}`,
      `auth_pass="${password}"`,
      `audio_codecs=${alsoNarrow ? 'pcmu,' : ''}${CODECS[codec].name}`,
      listenPort === undefined ? 'regint=60' : 'regint=0',
      'answermode=manual',
    ].join(';');
    writeFileSync(join(this.#folder, 'accounts'), `${account}\n`);
    writeFileSync(join(this.#folder, 'contacts'), '');
    const toneFile = join(this.#folder, 'tone.wav');
    const { sampleRate } = CODECS[codec];
    const tone = { sampleRate, samples: sine(toneHz, 30_000, sampleRate) };
    writeFileSync(toneFile, codec === 'opus' ? stereoWav(tone) : serialiseWav(tone));
    const lines = [
      'poll_method epoll',
      `sip_listen 127.0.0.1:${listenPort ?? 0}`,
      'net_interface 127.0.0.1',
      `audio_channels ${codec === 'opus' ? 2 : 1}`,
      `audio_srate ${sampleRate}`,
      // There is no loudspeaker: a bridge that nobody hears takes the sound, a filter writes it down before.
      'audio_player aubridge,nobody',
      `audio_source aufile,${toneFile}`,
      'audio_alert aubridge,nobody',
      'opus_inbandfec yes',
      `snd_path ${this.#folder}`,
      'module_path /usr/lib/baresip/modules',
      ...['g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile'].map((name) => `module ${name}.so`),
      ...['account', 'menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
      `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    ];
    writeFileSync(join(this.#folder, 'config'), `${lines.join('\n')}\n`);
    const child = spawn(findPhone('baresip') ?? 'baresip', ['-f', this.#folder, '-v'], {
      stdio: ['ignore', 'pipe', 'pipe'],
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
    await this.#connectControl(controlPort);
    // It may have been registered before anyone listened to what it tells.
    if (listenPort === undefined) {
      await eventually('the registration of baresip', () => /\} 200 OK /.test(this.output), 10_000);
    }
    return this;
  }

  /** Waits for the next event of that type. */
  async until(type: string, timeoutMs = 10_000): Promise<void> {
    try {
      const at = await eventually(
        `${type} of baresip`,
        () => {
          const index = this.events.findIndex((event) => event.type === type);
          return index === -1 ? undefined : index + 1;
        },
        timeoutMs,
      );
      this.events.splice(0, at);
    } catch (error) {
      throw new Error(`${String(error)}\n${this.output.slice(-3000)}`);
    }
  }

  dial(target: string): void {
    const { sipPort, transport } = this.#options;
    this.command('dial', `sip:${target}@127.0.0.1:${sipPort};transport=${transport}`);
  }

  /** Sends a key by RFC 4733. */
  press(key: string): void {
    this.command('sndcode', key);
  }

  command(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: command });
    this.#control?.write(`${text.length}:${text},`);
  }

  /** What it has heard so far, 8 kHz, 16 kHz with G.722, or 48 kHz with Opus. Complete once the call is over. */
  heard(): Int16Array {
    const name = readdirSync(this.#folder).find((file) => /^dump-.*dec\.wav$/.test(file));
    return name === undefined ? new Int16Array() : parseWav(readFileSync(join(this.#folder, name))).samples;
  }

  async stop(): Promise<void> {
    this.#control?.destroy();
    if (this.#process === undefined || this.#exited) return;
    this.#process.kill('SIGTERM');
    await eventually('baresip to go', () => this.#exited, 5000).catch(() => this.#process?.kill('SIGKILL'));
  }

  async #connectControl(port: number): Promise<void> {
    const untilMs = performance.now() + 5000;
    for (;;) {
      const socket = await new Promise<Socket | undefined>((resolve) => {
        const attempt = connect(port, '127.0.0.1', () => resolve(attempt));
        attempt.once('error', () => resolve(undefined));
      });
      if (socket !== undefined) {
        this.#control = socket;
        let text = '';
        socket.on('error', () => {});
        socket.on('data', (bytes) => {
          text += bytes.toString('latin1');
          for (let item = netstring(text); item !== undefined; item = netstring(text)) {
            text = item.rest;
            this.events.push(JSON.parse(item.value));
          }
        });
        return;
      }
      if (performance.now() > untilMs) throw new Error(`baresip does not start:\n${this.output}`);
    }
  }
}

/** The same on the left and on the right: what baresip takes for Opus. */
function stereoWav({ sampleRate, samples }: Sound): Buffer {
  const both = Int16Array.from({ length: 2 * samples.length }, (_, n) => samples[n >> 1] ?? 0);
  const wav = serialiseWav({ sampleRate, samples: both });
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(4 * sampleRate, 28);
  wav.writeUInt16LE(4, 32);
  return wav;
}

/** The first `length:value,` of a text. */
function netstring(text: string): { value: string; rest: string } | undefined {
  const match = /^(\d+):/.exec(text);
  if (match === null) return undefined;
  const from = match[0].length;
  const to = from + Number(match[1]);
  return text.length > to ? { value: text.slice(from, to), rest: text.slice(to + 1) } : undefined;
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
