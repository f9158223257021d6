import { z } from 'zod';
import type { Voice } from '../../../../shared/bridge/speech.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { Pcm } from '../wav.ts';
import { amplified, findProgram, runForSound, runProgram } from './run-program.ts';
import { oneLine, ownName, type SpeechEngine } from './speech-engine.ts';

/** PowerShell takes its time to start. */
const LIST_TIMEOUT_MS = 20_000;

const BEGIN = `
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer
`;

const LIST = `${BEGIN}
ConvertTo-Json -Compress @($speaker.GetInstalledVoices() | Where-Object { $_.Enabled } | ForEach-Object {
  @{ name = $_.VoiceInfo.Name; language = $_.VoiceInfo.Culture.Name }
})
`;

/** What belongs to the text comes by the environment and the input, so that nothing of it is ever a command. */
const SPEAK = `${BEGIN}
$speaker.SelectVoice($env:DIALTREE_VOICE)
$speaker.Rate = [int]$env:DIALTREE_RATE
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
$speaker.SetOutputToWaveFile($env:DIALTREE_WAV, $format)
$reader = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8)
$speaker.Speak($reader.ReadToEnd())
$speaker.Dispose()
`;

const ListSchema = z.array(z.object({ name: z.string().min(1), language: z.string() }));

/** The voices of Windows (SAPI), by PowerShell. */
export class WindowsSapiEngine implements SpeechEngine {
  readonly prefix = 'sapi';
  readonly #clock: Pick<Clock, 'after'>;
  readonly #path: string | undefined;

  /** `path`: in place of the PATH. */
  constructor(clock: Pick<Clock, 'after'>, path?: string) {
    this.#clock = clock;
    this.#path = path;
  }

  async voices(): Promise<readonly Voice[]> {
    const program = await this.#program();
    if (program === undefined) return [];
    try {
      const run = { program, args: argumentsOf(LIST), timeoutMs: LIST_TIMEOUT_MS, clock: this.#clock };
      const list = ListSchema.parse(JSON.parse((await runProgram(run)).toString('utf8')));
      return list.map(({ name, language }) => ({ id: `sapi:${name}`, name, language, engine: 'system' }));
    } catch {
      return [];
    }
  }

  async speak(source: TextSource, voiceId: string, timeoutMs: number): Promise<Pcm> {
    const program = (await this.#program()) ?? 'powershell';
    const spoken = await runForSound((path) => ({
      program,
      args: argumentsOf(SPEAK),
      environment: {
        DIALTREE_VOICE: ownName(voiceId),
        DIALTREE_RATE: String(rateOf(source.speed ?? 1)),
        DIALTREE_WAV: path,
      },
      input: oneLine(source.text),
      timeoutMs,
      clock: this.#clock,
    }));
    return amplified(spoken, source.volume ?? 1);
  }

  #program(): Promise<string | undefined> {
    return findProgram('powershell', [], this.#path);
  }
}

function argumentsOf(script: string): string[] {
  return ['-NoProfile', '-NonInteractive', '-Command', script];
}

/** SAPI counts from −10 to 10, where 10 is three times as fast. */
function rateOf(speed: number): number {
  return Math.max(-10, Math.min(10, Math.round((10 * Math.log(speed)) / Math.log(3))));
}
