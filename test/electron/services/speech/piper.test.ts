import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PiperEngine } from '../../../../electron/services/speech/engines/piper.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { rms, toneShare } from '../../../support/sound.ts';
import { installPiperVoice, installProgram, runsOf } from '../../../support/speech-programs.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** A folder with voices, and another one that is the PATH. */
function machine(...voices: string[]) {
  const dir = tempDir();
  const [folder, path] = [join(dir, 'voices'), join(dir, 'bin')];
  mkdirSync(folder);
  for (const voice of voices) installPiperVoice(folder, voice);
  const clock = new ManualClock();
  return { folder, path, clock, piper: new PiperEngine({ folder: () => folder, clock, path }) };
}

const GOSIA = 'pl_PL-gosia-medium';
const text = (part: object = {}) => ({ kind: 'text', text: 'Dzień dobry', language: 'pl', ...part }) as const;

describe('voices of Piper', () => {
  test('are those of the folder and the folders in it that have a description', async () => {
    const { folder, path, piper } = machine(GOSIA);
    installProgram(path, 'piper');
    installPiperVoice(join(folder, 'en', 'en_GB'), 'en_GB-alan-low');
    installPiperVoice(folder, 'en_US-amy_x-x_low', { language: undefined, espeak: { voice: 'en-us' } });
    installPiperVoice(folder, 'en_US-lone-low', null);
    installPiperVoice(join(folder, 'a', 'b', 'c', 'd'), 'en_US-deep-low');
    writeFileSync(join(folder, 'bad.onnx'), '');
    writeFileSync(join(folder, 'bad.onnx.json'), '{"half');
    expect(await piper.voices()).toEqual([
      { id: 'piper:en_GB-alan-low', name: 'Alan (low)', language: 'en-GB', engine: 'piper' },
      { id: 'piper:en_US-amy_x-x_low', name: 'Amy x (x low)', language: 'en-us', engine: 'piper' },
      { id: 'piper:pl_PL-gosia-medium', name: 'Gosia (medium)', language: 'pl-PL', engine: 'piper' },
    ]);
    expect(await piper.problem()).toBeUndefined();
  });

  test('need the program: in the PATH, or beside them', async () => {
    const { folder, piper } = machine(GOSIA);
    expect(await piper.voices()).toEqual([]);
    expect(await piper.problem()).toMatchObject({ code: 'speech/piper-missing' });
    await expect(piper.speak(text(), `piper:${GOSIA}`, 1000)).rejects.toMatchObject({ code: 'speech/piper-missing' });
    installProgram(join(folder, 'piper'), 'piper');
    expect(await piper.voices()).toHaveLength(1);
    expect(await piper.problem()).toBeUndefined();
  });

  test('a folder without any is told, and one that is not there; no folder is none', async () => {
    const { piper, clock, path } = machine();
    expect(await piper.problem()).toMatchObject({ code: 'speech/no-piper-voices' });
    const gone = new PiperEngine({ folder: () => '/not/there', clock, path });
    expect(await gone.problem()).toMatchObject({ code: 'speech/no-piper-voices', params: { folder: '/not/there' } });
    expect(await gone.voices()).toEqual([]);
    expect(await new PiperEngine({ folder: () => null, clock, path }).problem()).toBeUndefined();
  });

  test('speak a text in one go, however many lines it has, as fast and loud as wanted', async () => {
    const { folder, path, piper } = machine(GOSIA);
    installProgram(path, 'piper');
    const natural = await piper.speak(text({ text: 'Dzień\n dobry' }), `piper:${GOSIA}`, 10_000);
    expect(natural.sampleRateHz).toBe(22_050);
    expect(natural.samples.length / 22.05).toBeCloseTo(11 * 50, -1);
    expect(toneShare(natural.samples, 440, 22_050)).toBeGreaterThan(0.9);
    const fast = await piper.speak(text({ speed: 2, volume: 0.5 }), `piper:${GOSIA}`, 10_000);
    expect(fast.samples.length / natural.samples.length).toBeCloseTo(0.5, 1);
    expect(rms(fast.samples) / rms(natural.samples)).toBeCloseTo(0.5, 1);
    const model = join(folder, `${GOSIA}.onnx`);
    const args = (scale: string) => ['--model', model, '--output_file', expect.any(String), '--length_scale', scale];
    expect(runsOf(path)).toEqual([
      { args: args('1'), lines: ['Dzień dobry'] },
      { args: args('0.5'), lines: ['Dzień dobry'] },
    ]);
  });

  test.each([
    ['en_US-fails-low', 'speech/program-failed'],
    ['en_US-silent-low', 'speech/program-failed'],
  ])('%s ends in %s', async (voice, code) => {
    const { path, piper } = machine(voice);
    installProgram(path, 'piper');
    const failure = piper.speak(text(), `piper:${voice}`, 10_000);
    await expect(failure).rejects.toMatchObject({ code, params: { program: 'piper' } });
  });

  test('a program that does not end is killed when its time is over', async () => {
    const { clock, path, piper } = machine('en_US-hangs-low');
    installProgram(path, 'piper');
    const failure = piper.speak(text(), 'piper:en_US-hangs-low', 5000);
    const told = failure.catch((error: unknown) => error);
    await eventually('the program to run', () => clock.pending === 1);
    clock.advance(5000);
    expect(await told).toMatchObject({ code: 'speech/program-timeout', params: { seconds: 5 } });
    expect(clock.pending).toBe(0);
  });

  test('a program that cannot be started is told', async () => {
    const { path, piper } = machine(GOSIA);
    mkdirSync(join(path, 'piper'), { recursive: true });
    await expect(piper.speak(text(), `piper:${GOSIA}`, 1000)).rejects.toMatchObject({ code: 'speech/program-missing' });
  });
});
