import { expect, test } from 'vitest';
import { EncodedAudio } from '../../../../electron/media/encoded-audio.ts';
import { AnnouncementSounds, SOUNDS_KEPT } from '../../../../electron/pbx/announcements/announcement-sounds.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';

const text = (words: string, language = 'en'): TextSource => ({ kind: 'text', text: words, language });

/** A speech engine that notes what it speaks, and fails while `failing`. */
function make() {
  const engine = { spoken: [] as string[], failing: false };
  const sounds = new AnnouncementSounds({
    speak: async ({ text: words, language }) => {
      engine.spoken.push(`${words} ${language}`);
      if (engine.failing) throw new Error('no voice');
      return new EncodedAudio(new Int16Array(160));
    },
  });
  return { engine, sounds };
}

test('[QA7] the same is spoken once, also for callers who are told at once; in another language anew', async () => {
  const { engine, sounds } = make();
  const [first, second] = await Promise.all([sounds.speak(text('1')), sounds.speak(text('1'))]);
  expect(second).toBe(first);
  expect(await sounds.speak(text('1'))).toBe(first);
  expect(await sounds.speak(text('1', 'pl'))).not.toBe(first);
  expect(engine.spoken).toEqual(['1 en', '1 pl']);
});

test('[QA7] what was not used for longest is forgotten first', async () => {
  const { engine, sounds } = make();
  for (let n = 0; n < SOUNDS_KEPT; n++) await sounds.speak(text(`${n}`));
  await sounds.speak(text('0'));
  await sounds.speak(text('new'));
  engine.spoken.length = 0;
  await sounds.speak(text('0'));
  await sounds.speak(text('1'));
  expect(engine.spoken).toEqual(['1 en']);
});

test('[QA6] what failed is spoken anew', async () => {
  const { engine, sounds } = make();
  engine.failing = true;
  await expect(sounds.speak(text('1'))).rejects.toThrow('no voice');
  engine.failing = false;
  await sounds.speak(text('1'));
  expect(engine.spoken).toHaveLength(2);
});
