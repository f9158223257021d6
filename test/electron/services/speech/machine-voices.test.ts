import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PiperEngine } from '../../../../electron/services/speech/engines/piper.ts';
import { MachineVoices } from '../../../../electron/services/speech/machine-voices.ts';
import { SpeechService } from '../../../../electron/services/speech/speech-service.ts';
import { SpeechSetupService } from '../../../../electron/services/speech/speech-setup.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { toneShare } from '../../../support/sound.ts';
import { installPiperVoice, installProgram } from '../../../support/speech-programs.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const GOSIA = 'piper:pl_PL-gosia-medium';
const text = (part: object = {}) => ({ kind: 'text', text: 'Dzień dobry', language: 'pl', ...part }) as const;

/** The tone that the stand-in for Piper speaks with, and no voice else. */
const isPiper = (wav: Buffer) => {
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + (wav.length & ~1)));
  return toneShare(samples, 440, wav.readUInt32LE(24)) > 0.9;
};

function machine() {
  const dir = tempDir();
  const [folder, path] = [join(dir, 'voices'), join(dir, 'bin')];
  mkdirSync(folder);
  const clock = new ManualClock();
  const logged: string[] = [];
  const logger = { log: (_level: string, event: string) => void logged.push(event) };
  const piper = new PiperEngine({ folder: () => folder, clock, path });
  const voices = new MachineVoices([piper], logger);
  const speech = new SpeechService(join(dir, 'cache'), undefined, voices);
  const install = (...names: string[]) => {
    installProgram(path, 'piper');
    for (const name of names) installPiperVoice(folder, name);
    voices.refresh();
  };
  return { dir, folder, clock, logged, logger, piper, voices, speech, install };
}

describe('a voice that only some machines have', () => {
  test('speaks where it is; where it is not the embedded voice of the language does, and that is logged once', async () => {
    const { dir, speech, logged, install } = machine();
    const without = await speech.render(text({ voice: GOSIA }));
    await speech.render(text({ voice: GOSIA, text: 'Do widzenia' }));
    expect(isPiper(readFileSync(without))).toBe(false);
    // It is the very file of the language's own voice.
    expect(await speech.render(text())).toBe(without);
    expect(logged).toEqual(['speech.voice-missing']);
    install('pl_PL-gosia-medium');
    const own = await speech.render(text({ voice: GOSIA }));
    expect(own).not.toBe(without);
    expect(isPiper(readFileSync(own))).toBe(true);
    expect(readdirSync(join(dir, 'cache'))).toHaveLength(3);
    expect((await speech.voices())[0]).toMatchObject({ id: GOSIA, engine: 'piper' });
    expect((await speech.voices()).at(-1)).toMatchObject({ engine: 'embedded' });
  });

  test('is refused nothing to say, as the embedded one is, without running anything', async () => {
    const { speech, install } = machine();
    install('pl_PL-gosia-medium');
    await expect(speech.render(text({ voice: GOSIA, text: ' ' }))).rejects.toMatchObject({ code: 'speech/empty' });
    await expect(speech.render(text({ voice: GOSIA, text: '…' }))).rejects.toMatchObject({
      code: 'speech/nothing-to-say',
    });
  });

  test('that fails is told for a prompt; on the line the embedded one speaks instead', async () => {
    const { clock, speech, install } = machine();
    install('pl_PL-fails-low', 'pl_PL-hangs-low', 'pl_PL-gosia-medium');
    const failing = text({ voice: 'piper:pl_PL-fails-low' });
    await expect(speech.render(failing)).rejects.toMatchObject({ code: 'speech/program-failed' });
    expect(isPiper(await speech.speakOnce(failing))).toBe(false);
    const slow = speech.speakOnce(text({ voice: 'piper:pl_PL-hangs-low' }));
    await eventually('the program to run', () => clock.pending === 1);
    clock.advance(3500);
    expect(isPiper(await slow)).toBe(false);
    expect(isPiper(await speech.speakOnce(text({ voice: GOSIA })))).toBe(true);
    await expect(speech.speakOnce(text({ text: ' ' }))).rejects.toMatchObject({ code: 'speech/empty' });
  });
});

describe('the settings of voices', () => {
  const setUp = (path: string) => {
    const { logged, logger, piper } = machine();
    let changes = 0;
    const service = new SpeechSetupService({ path, logger, piper, onChanged: () => changes++ });
    return { service, logged, changes: () => changes };
  };

  test('are of this machine, for this user only as its other settings, and there again after a restart', async () => {
    const path = join(tempDir(), 'speech.json');
    const { service, changes, logged } = setUp(path);
    await service.open();
    expect(service.settings).toEqual({ piperFolder: null });
    expect(logged).toEqual([]);
    expect(await service.set({ piperFolder: '/voices' })).toMatchObject({
      settings: { piperFolder: '/voices' },
      problem: { code: 'speech/no-piper-voices' },
    });
    expect(changes()).toBe(1);
    expect(statSync(path).isFile()).toBe(true);
    const again = setUp(path).service;
    await again.open();
    expect(again.settings).toEqual({ piperFolder: '/voices' });
  });

  test('a file that cannot be read is as none; a path that is no whole one, or cannot be kept, is refused', async () => {
    const path = join(tempDir(), 'speech.json');
    writeFileSync(path, '{"half');
    const { service, logged } = setUp(path);
    await service.open();
    expect(service.settings).toEqual({ piperFolder: null });
    expect(logged).toEqual(['speech.settings-unreadable']);
    await expect(service.set({ piperFolder: 'voices' })).rejects.toMatchObject({ code: 'speech/not-a-folder' });
    const unwritable = setUp(join(path, 'below-a-file.json')).service;
    await expect(unwritable.set({ piperFolder: null })).rejects.toMatchObject({ code: 'speech/not-saved' });
  });
});
