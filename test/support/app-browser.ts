import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { encodeWav } from '../../electron/services/speech/wav.ts';
import type { Sound } from './audio-match.ts';
import { CHROMIUM_ARGS, ensureChromium } from './chromium.ts';

/**
 * Runs in the page before ours: keeps what each remote track sounds like, as the person would hear it, and when which
 * message went over which WebSocket. The page itself knows nothing of it.
 */
const EAR_SCRIPT = `(() => {
  const wire = (window.__wire = []);
  const note = (direction, text) => wire.push({ atMs: performance.now(), direction, text: String(text).slice(0, 4000) });
  const NativeSocket = window.WebSocket;
  window.WebSocket = class extends NativeSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => note('in', data));
    }
    send(data) {
      note('out', data);
      super.send(data);
    }
  };
  const insert = RTCDTMFSender.prototype.insertDTMF;
  RTCDTMFSender.prototype.insertDTMF = function (tones, ...rest) {
    note('out', 'DTMF ' + tones);
    return insert.call(this, tones, ...rest);
  };
  const ear = (window.__ear = { sampleRateHz: 0, chunks: [], peers: [], firstSoundAtMs: null });
  const Native = window.RTCPeerConnection;
  let context;
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      ear.peers.push(this);
      this.addEventListener('track', ({ track }) => {
        context ??= new AudioContext({ sampleRate: 16000 });
        ear.sampleRateHz = context.sampleRate;
        const source = context.createMediaStreamSource(new MediaStream([track]));
        const tap = context.createScriptProcessor(1024, 1, 1);
        tap.onaudioprocess = ({ inputBuffer }) => {
          // A closed connection goes on with silence, which would fall between the sounds of the next call.
          if (track.readyState === 'ended') return tap.disconnect();
          const samples = inputBuffer.getChannelData(0).slice();
          if (ear.firstSoundAtMs === null && samples.some((sample) => Math.abs(sample) > 0.01)) {
            ear.firstSoundAtMs = performance.now();
          }
          ear.chunks.push(samples);
        };
        source.connect(tap);
        tap.connect(context.destination);
      });
    }
  };
})();`;

export interface WireMessage {
  /** The page's monotonic ms. */
  readonly atMs: number;
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** A person at a browser of their own, with a microphone that says what we choose. */
export class AppBrowser {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #dir: string;
  /** What the page complained about: errors on the console and uncaught ones. */
  readonly complaints: string[];

  private constructor(page: Page, context: BrowserContext, dir: string, complaints: string[]) {
    this.page = page;
    this.#context = context;
    this.#dir = dir;
    this.complaints = complaints;
  }

  /** @param microphone What the person says, over and over; without it, Chromium's beeps. */
  static async launch(options: {
    microphone?: Int16Array;
    microphoneRateHz?: number;
    viewport?: { width: number; height: number };
    locale?: string;
    colorScheme?: 'light' | 'dark';
    extraArgs?: readonly string[];
    /** Scripts of ours may be loaded into the page, whatever its policy says: to measure, never to test. */
    bypassCSP?: boolean;
  }): Promise<AppBrowser> {
    const dir = mkdtempSync(join(tmpdir(), 'dialtree-browser-'));
    const args = [...CHROMIUM_ARGS, ...(options.extraArgs ?? [])];
    if (options.microphone) {
      const file = join(dir, 'microphone.wav');
      writeFileSync(file, encodeWav({ sampleRateHz: options.microphoneRateHz ?? 16_000, samples: options.microphone }));
      args.push(`--use-file-for-fake-audio-capture=${file}`);
    }
    const context = await chromium.launchPersistentContext(join(dir, 'profile'), {
      executablePath: ensureChromium(),
      args,
      viewport: options.viewport ?? { width: 1440, height: 900 },
      locale: options.locale ?? 'en-US',
      colorScheme: options.colorScheme ?? 'light',
      bypassCSP: options.bypassCSP ?? false,
    });
    await context.addInitScript(EAR_SCRIPT);
    const page = context.pages()[0] ?? (await context.newPage());
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return new AppBrowser(page, context, dir, complaints);
  }

  /** Forgets what was heard so far. */
  async clearHeard(): Promise<void> {
    await this.page.evaluate(() => {
      const ear = (window as unknown as { __ear: { chunks: Float32Array[]; firstSoundAtMs: number | null } }).__ear;
      ear.chunks.length = 0;
      ear.firstSoundAtMs = null;
    });
  }

  /** When the first sound above a whisper was heard since the start or `clearHeard`, in the page's ms. */
  firstSoundAtMs(): Promise<number | null> {
    return this.page.evaluate(
      () => (window as unknown as { __ear: { firstSoundAtMs: number | null } }).__ear.firstSoundAtMs,
    );
  }

  /** Every WebSocket message of the page so far, and every key it sent (`DTMF 1`), oldest first. */
  wire(): Promise<readonly WireMessage[]> {
    return this.page.evaluate(() => (window as unknown as { __wire: WireMessage[] }).__wire);
  }

  /** What the person heard since the start or `clearHeard`. */
  async heard(): Promise<Sound> {
    const { base64, sampleRateHz } = await this.page.evaluate(() => {
      const ear = (window as unknown as { __ear: { chunks: Float32Array[]; sampleRateHz: number } }).__ear;
      const length = ear.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      const bytes = new Uint8Array(length * 2);
      const view = new DataView(bytes.buffer);
      let at = 0;
      for (const chunk of ear.chunks) {
        for (const sample of chunk) {
          view.setInt16(at, Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))), true);
          at += 2;
        }
      }
      let binary = '';
      for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return { base64: btoa(binary), sampleRateHz: ear.sampleRateHz };
    });
    const bytes = Buffer.from(base64, 'base64');
    const samples = Float32Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * 2) / 32_767);
    return { sampleRateHz, samples };
  }

  /** Waits until what was heard satisfies `test`; gives the sound. Fails with the last sound's length after `limitMs`. */
  async hears(what: string, test: (sound: Sound) => boolean, limitMs = 15_000): Promise<Sound> {
    const untilMs = performance.now() + limitMs;
    for (;;) {
      const sound = await this.heard();
      if (test(sound)) return sound;
      if (performance.now() > untilMs) {
        const seconds = sound.sampleRateHz === 0 ? 0 : sound.samples.length / sound.sampleRateHz;
        throw new Error(`Did not hear ${what} in ${seconds.toFixed(1)} s of sound`);
      }
      await this.page.waitForTimeout(100);
    }
  }

  /** How many peer connections of the page are still open. */
  openPeers(): Promise<number> {
    return this.page.evaluate(
      () =>
        (window as unknown as { __ear: { peers: RTCPeerConnection[] } }).__ear.peers.filter(
          (peer) => peer.connectionState !== 'closed',
        ).length,
    );
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

/**
 * A microphone that beeps one tone: 400 ms on, 200 ms off, so that noise suppression does not take it for a hum.
 * 16 kHz, two periods.
 */
export function beeps(frequencyHz: number): Int16Array {
  return Int16Array.from({ length: 19_200 }, (_, i) =>
    i % 9600 < 6400 ? 12_000 * Math.sin((2 * Math.PI * frequencyHz * i) / 16_000) : 0,
  );
}
