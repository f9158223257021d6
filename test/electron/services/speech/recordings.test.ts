import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MediaFolder } from '../../../../electron/services/project/media-store.ts';
import { SpeechService } from '../../../../electron/services/speech/speech-service.ts';
import { wavDurationMs } from '../../../../electron/services/speech/wav.ts';
import { longestToneMs, soundOf, soundOfWav } from '../../../support/audio-match.ts';
import { PbxWorld, type WorldSketch } from '../../../support/pbx-world.ts';
import { recording, sourceOf, TONE_HZ, TONE_MS } from '../../../support/recordings.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function setUp() {
  const dir = tempDir();
  const media = new MediaFolder(() => join(dir, 'media'));
  return { dir, media, speech: new SpeechService(join(dir, 'cache'), media) };
}

describe('a recording as speech', () => {
  it.each(['tone-mono.mp3', 'tone-stereo.mp3', 'tone.flac', 'tone.ogg'])('[AU6] renders %s', async (fileName) => {
    const { media, speech } = setUp();
    const bytes = recording(fileName);
    await media.write(bytes);
    const wav = await speech.renderBytes(sourceOf(bytes, fileName));
    expect(wavDurationMs(wav)).toBe(TONE_MS);
    expect(longestToneMs(soundOfWav(wav), TONE_HZ)).toBeGreaterThan(TONE_MS - 60);
  });

  it('[AU6] decodes once, and again when the cache is gone', async () => {
    const { dir, media, speech } = setUp();
    const bytes = recording('tone-mono.mp3');
    const source = sourceOf(bytes, 'tone.mp3');
    await expect(speech.render(source)).rejects.toMatchObject({ code: 'speech/file-missing' });
    await media.write(bytes);
    const path = await speech.render(source);
    const first = readFileSync(path);
    rmSync(join(dir, 'cache'), { recursive: true });
    expect(await speech.render(source)).toBe(path);
    expect(readFileSync(path).equals(first)).toBe(true);
  });

  it('[AU6] is heard by who calls', async () => {
    const { media, speech } = setUp();
    const bytes = recording('tone-stereo.mp3');
    const source = sourceOf(bytes, 'tone.mp3');
    await media.write(bytes);
    const sketch: WorldSketch = {
      nodes: {
        start: { type: 'start', to: { next: 'say' } },
        say: { type: 'say', data: { prompt: source }, to: { next: 'end' } },
        end: { type: 'hang-up' },
      },
    };
    const world = await PbxWorld.start(sketch);
    onTestFinished(() => world.stop());
    const config = world.config(sketch);
    const audio = Object.fromEntries(
      await Promise.all(Object.keys(config.audio).map(async (key) => [key, await speech.render(source)] as const)),
    );
    expect(Object.keys(audio)).toHaveLength(1);
    await world.pbx.configure({ ...config, audio });
    const caller = await world.phone('tester');
    const call = await caller.call('flow.main');
    await call.media.connected;
    await call.untilEnded();
    const heard = soundOf(call.media.heardSamples(), 8000);
    expect(longestToneMs(heard, TONE_HZ)).toBeGreaterThan(TONE_MS - 100);
  }, 30_000);
});
