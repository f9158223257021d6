import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningHost, runHost } from '../../electron/host/run-host.ts';
import { SpeechService } from '../../electron/services/speech/speech-service.ts';
import type { TextSource } from '../../shared/flow/speech.ts';
import { AppBrowser, beeps, type WireMessage } from './app-browser.ts';
import { findPrompt, longestToneMs, type Sound, soundOfWav } from './audio-match.ts';

/** What each person says, as a tone: far from each other and from the telephone's own tones. */
export const CALLER_HZ = 1000;
export const OPERATOR_HZ = 1600;
/** A prompt is the one expected from here on; other speech of the same voice stays under 0.76. */
export const PROMPT_MATCHES = 0.8;
/** A beep of the microphone lasts 400 ms; most of one must arrive whole. */
export const TONE_HEARD_MS = 240;

/** The app on the Node host with a supervisor's browser and an operator's. */
export class MainJob {
  readonly host: RunningHost;
  readonly caller: AppBrowser;
  readonly operator: AppBrowser;
  readonly #dataDir: string;
  readonly #speech: SpeechService;

  private constructor(host: RunningHost, caller: AppBrowser, operator: AppBrowser, dataDir: string) {
    this.host = host;
    this.caller = caller;
    this.operator = operator;
    this.#dataDir = dataDir;
    this.#speech = new SpeechService(join(dataDir, 'cache', 'speech'));
  }

  /** Starts everything on free ports, in a folder of its own, with the English sample project. */
  static async start(options: { dataDir?: string; pbxPort?: number; bypassCSP?: boolean } = {}): Promise<MainJob> {
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'dialtree-data-'));
    const pbxPort = options.pbxPort ?? 0;
    const host = await runHost({ dataDir, port: 0, pbxPort, sipPort: 0, locale: 'en-US', logLevel: 'error' });
    const { bypassCSP = false } = options;
    const caller = await AppBrowser.launch({ microphone: beeps(CALLER_HZ), bypassCSP });
    const operator = await AppBrowser.launch({
      microphone: beeps(OPERATOR_HZ),
      viewport: { width: 400, height: 860 },
      bypassCSP,
    });
    return new MainJob(host, caller, operator, dataDir);
  }

  /** Opens the designer and waits until its phone is registered. */
  async openDesigner(): Promise<void> {
    const { page } = this.caller;
    await page.goto(this.host.url);
    await page.getByRole('button', { name: 'Call this flow' }).and(page.locator(':enabled')).waitFor();
  }

  /** Signs the operator in as a person of the project. */
  async signInOperator(name: string): Promise<void> {
    const { page } = this.operator;
    await page.goto(this.host.url);
    await page.getByRole('radiogroup', { name: 'Role' }).getByText('Operator').click();
    await page.getByRole('button', { name }).click();
    await page.getByText('Available', { exact: true }).waitFor();
  }

  /** Opens the operator's window again after it was gone: it remembers who was signed in. */
  async signInOperatorAgain(): Promise<void> {
    const { page } = this.operator;
    await page.goto(this.host.url);
    await page.getByText('Available', { exact: true }).waitFor();
  }

  async callFlow(): Promise<void> {
    await this.caller.page.getByRole('button', { name: 'Call this flow' }).click();
  }

  async pressKey(key: string): Promise<void> {
    await this.caller.page.getByRole('button', { name: `Key ${key}`, exact: true }).click();
  }

  /** The caller hangs up, on the phone (the palette has a node of that name). */
  async hangUp(): Promise<void> {
    const phone = this.caller.page.getByRole('complementary', { name: 'Phone' });
    await phone.getByRole('button', { name: 'Hang up' }).click();
  }

  /** How a text sounds when it is read by the project's voice. */
  async prompt(text: string, language = 'en'): Promise<Sound> {
    const source: TextSource = { kind: 'text', text, language };
    return soundOfWav(await this.#speech.renderBytes(source));
  }

  async close(): Promise<void> {
    await Promise.all([this.caller.close(), this.operator.close()]);
    await this.host.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

export const hasPrompt = (prompt: Sound) => (sound: Sound) => findPrompt(sound, prompt).score >= PROMPT_MATCHES;
export const hasTone = (frequencyHz: number) => (sound: Sound) => longestToneMs(sound, frequencyHz) >= TONE_HEARD_MS;

/** The same among the voices of others. */
export const hasToneAmong = (frequencyHz: number) => (sound: Sound) =>
  longestToneMs(sound, frequencyHz, 0.2) >= TONE_HEARD_MS;

/** Time between the first message that matches `from` and the first one after it that matches `to`; null if none. */
export function wireDelayMs(
  wire: readonly WireMessage[],
  from: (message: WireMessage) => boolean,
  to: (message: WireMessage) => boolean,
): number | null {
  const start = wire.find(from);
  const end = start && wire.find((message) => message.atMs >= start.atMs && message !== start && to(message));
  return start && end ? Math.round(end.atMs - start.atMs) : null;
}

/** A SIP request that went out, by method. */
export const sent = (method: string) => (message: WireMessage) =>
  message.direction === 'out' && message.text.startsWith(`${method} sip:`);

/** A final success for a method. */
export const succeeded = (method: string) => (message: WireMessage) =>
  message.direction === 'in' &&
  message.text.startsWith('SIP/2.0 200') &&
  new RegExp(`^CSeq:\\s*\\d+ ${method}`, 'im').test(message.text);

/** A trace entry of the live call, as the bridge told it. */
export const traced = (type: string) => (message: WireMessage) =>
  message.direction === 'in' && message.text.includes('"call.trace"') && message.text.includes(`"type":"${type}"`);
