import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EspeakNgEngine } from '../../../../electron/services/speech/engines/espeak-ng.ts';
import { MacSayEngine } from '../../../../electron/services/speech/engines/mac-say.ts';
import { findProgram } from '../../../../electron/services/speech/engines/run-program.ts';
import { WindowsSapiEngine } from '../../../../electron/services/speech/engines/windows-sapi.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { rms } from '../../../support/sound.ts';
import { installProgram, runsOf } from '../../../support/speech-programs.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const text = (part: object = {}) => ({ kind: 'text', text: 'Dzień dobry', language: 'pl', ...part }) as const;
const clock = new ManualClock();

const hasEspeak = (() => {
  try {
    execFileSync('espeak-ng', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('SKIPPED: the system has no espeak-ng (Debian: apt install espeak-ng).');
    return false;
  }
})();

describe.skipIf(!hasEspeak)('the espeak-ng of the system', () => {
  const engine = new EspeakNgEngine(clock);

  test('lists voices by ids that are the same everywhere, without those that need MBROLA', async () => {
    const voices = await engine.voices();
    expect(voices.length).toBeGreaterThan(50);
    expect(voices).toContainEqual({ id: 'espeak-ng:zlw/pl', name: 'Polish', language: 'pl', engine: 'system' });
    expect(voices.filter(({ id }) => id.includes('mb'))).toEqual([]);
    expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length);
  });

  test('speaks, as fast and loud as wanted, and takes markup and options for text', async () => {
    const natural = await engine.speak(text(), 'espeak-ng:zlw/pl', 10_000);
    expect(natural.samples.length / natural.sampleRateHz).toBeGreaterThan(0.5);
    const fast = await engine.speak(text({ speed: 2 }), 'espeak-ng:zlw/pl', 10_000);
    expect(natural.samples.length / fast.samples.length).toBeGreaterThan(1.3);
    const quiet = await engine.speak(text({ volume: 0.3 }), 'espeak-ng:zlw/pl', 10_000);
    expect(rms(quiet.samples) / rms(natural.samples)).toBeLessThan(0.6);
    const option = await engine.speak(text({ text: '--version' }), 'espeak-ng:zlw/pl', 10_000);
    expect(option.samples.length).toBeGreaterThan(5000);
  });

  test('a voice that it has not is told', async () => {
    const failure = engine.speak(text(), 'espeak-ng:xx/yy', 10_000);
    await expect(failure).rejects.toMatchObject({ code: 'speech/program-failed' });
  });
});

describe('the voices of macOS', () => {
  test('are listed with names of several words, and speak what is read from the input', async () => {
    const path = tempDir();
    installProgram(path, 'say');
    const engine = new MacSayEngine(clock, path);
    expect(await engine.voices()).toEqual([
      { id: 'say:Alex', name: 'Alex', language: 'en-US', engine: 'system' },
      { id: 'say:Eddy (German (Germany))', name: 'Eddy (German (Germany))', language: 'de-DE', engine: 'system' },
      { id: 'say:Zosia', name: 'Zosia', language: 'pl-PL', engine: 'system' },
    ]);
    const { samples } = await engine.speak(text({ text: 'Naciśnij [[slnc 900]] 1', speed: 2 }), 'say:Zosia', 10_000);
    expect(samples.length / 22.05).toBeCloseTo(500, 0);
    expect(runsOf(path)).toEqual([
      { args: expect.arrayContaining(['-v', 'Zosia', '-r', '350']), text: 'Naciśnij  slnc 900  1' },
    ]);
  });
});

describe('the voices of Windows', () => {
  test('speak what comes by the input: no word of it is in a script', async () => {
    const path = tempDir();
    installProgram(path, 'powershell');
    const engine = new WindowsSapiEngine(clock, path);
    expect(await engine.voices()).toEqual([
      { id: 'sapi:Microsoft Paulina Desktop', name: 'Microsoft Paulina Desktop', language: 'pl-PL', engine: 'system' },
      { id: 'sapi:Microsoft Zira Desktop', name: 'Microsoft Zira Desktop', language: 'en-US', engine: 'system' },
    ]);
    const spoken = text({ text: `"; Remove-Item C:\\ #'`, speed: 0.5 });
    await engine.speak(spoken, 'sapi:Microsoft Paulina Desktop', 10_000);
    expect(runsOf(path)).toEqual([
      { voice: 'Microsoft Paulina Desktop', rate: '-6', text: spoken.text, isInScript: false },
    ]);
  });
});

test('where the programs are not installed there are no voices, and no failure', async () => {
  const path = tempDir();
  for (const engine of [EspeakNgEngine, MacSayEngine, WindowsSapiEngine]) {
    expect(await new engine(clock, path).voices()).toEqual([]);
    const failure = new engine(clock, path).speak(text(), 'none:none', 1000);
    // Not to be found by its name either, unless this system has it.
    await expect(failure).rejects.toMatchObject({ code: expect.stringMatching(/^speech\/program-(missing|failed)$/) });
  }
  expect(await findProgram('piper', [join(path, 'gone')], path)).toBeUndefined();
});
