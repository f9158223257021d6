import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { G722Decoder, G722Encoder } from '../../electron/media/g722/g722.ts';
import { Synthesizer } from '../../electron/services/speech/synthesizer.ts';
import { resample } from '../../shared/lib/resample.ts';
import { eventually } from '../support/eventually.ts';
import { PbxWorld, passwordOf, type WorldSketch } from '../support/pbx-world.ts';
import { Baresip, type BaresipOptions } from '../support/phones/baresip.ts';
import { findPhone, skippedText } from '../support/phones/install.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { chirp, findSound, sine, snrDb, toneShare } from '../support/sound.ts';
import { tempDir } from '../support/temp-dir.ts';

const hasFfmpeg = findPhone('ffmpeg') !== undefined;
if (!hasFfmpeg) console.warn(skippedText('ffmpeg'));

const RATE = 16_000;
const random = seededRandom(11);

async function speech(): Promise<Int16Array> {
  const text = 'She sells sea shells by the sea shore. Press one for sales, or wait to speak to somebody. '.repeat(5);
  const pcm = (await Synthesizer.load()).speak({ kind: 'text', language: 'en', text });
  return resample({ sampleRate: pcm.sampleRateHz, samples: pcm.samples }, RATE);
}

describe.skipIf(!hasFfmpeg)('[GW1] G.722 of ffmpeg', () => {
  const sounds: readonly (readonly [string, () => Int16Array | Promise<Int16Array>])[] = [
    ['speech', speech],
    [
      'noise as loud as it can be',
      () => Int16Array.from({ length: 64_000 }, () => Math.round((random() - 0.5) * 65_535)),
    ],
    ['a rising tone', () => chirp(4000, RATE, 30_000)],
    ['a square wave', () => Int16Array.from({ length: 32_000 }, (_, n) => (n % 64 < 32 ? 32_767 : -32_768))],
    ['next to nothing', () => sine(300, 2000, RATE, 3)],
  ];

  test.each(sounds)('%s: the same bytes, the same sound', async (name, make) => {
    const samples = await make();
    const folder = tempDir();
    const [raw, bytes, heard] = ['in.raw', 'sound.g722', 'out.raw'].map((file) => join(folder, file)) as [
      string,
      string,
      string,
    ];
    writeFileSync(raw, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
    const pcm = ['-f', 's16le', '-ar', String(RATE), '-ac', '1'];
    const run = (...args: readonly string[]) => execFileSync(findPhone('ffmpeg') ?? '', ['-v', 'error', '-y', ...args]);
    run(...pcm, '-i', raw, '-c:a', 'g722', '-f', 'g722', bytes);
    const theirs = readFileSync(bytes);
    const ours = new G722Encoder().encode(samples);
    expect(theirs.length).toBeGreaterThanOrEqual(ours.length);
    expect(theirs.subarray(0, ours.length).equals(ours)).toBe(true);
    run('-f', 'g722', '-i', bytes, '-f', 's16le', '-ar', String(RATE), heard);
    const decoded = Buffer.from(new G722Decoder().decode(theirs).buffer);
    expect(readFileSync(heard).equals(decoded)).toBe(true);
    if (name === 'speech') {
      const copy = new G722Decoder().decode(ours);
      expect(snrDb(samples.subarray(0, -22), copy.subarray(22))).toBeGreaterThan(20);
    }
  });
});

const hasBaresip = findPhone('baresip') !== undefined;
if (!hasBaresip) console.warn(skippedText('baresip'));

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: { type: 'menu', data: { prompt: 'Press', keys: ['3'] }, to: { 'key:3': 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

describe.skipIf(!hasBaresip)('baresip with G.722', () => {
  let world: PbxWorld;
  const phones: Baresip[] = [];
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((phone) => phone.stop()));
    await world.stop();
  });

  async function baresip(user: string, toneHz: number, more: Partial<BaresipOptions> = {}): Promise<Baresip> {
    const options = { user, password: passwordOf(user), sipPort: world.sipPort, transport: 'udp', toneHz } as const;
    const phone = await new Baresip({ ...options, codec: 'g722', ...more }).start();
    phones.push(phone);
    return phone;
  }

  test('[GW2][GW4][GW5] hears the prompt, presses a key, talks to an operator in a browser', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const bob = await baresip('102', 600);
    bob.dial('100');
    await bob.until('CALL_ESTABLISHED');
    await eventually('the prompt', () => world.trace('prompt-finished'));
    bob.press('3');
    const call = await ann.nextCall();
    await call.answer();
    await call.media.connected;
    call.media.speak(sine(1000, 1000));
    await eventually('his tone at hers', () => toneShare(call.media.heardSamples(-25), 600) > 0.8);
    await call.media.listen(1000);
    call.hangUp();
    await bob.until('CALL_CLOSED');
    expect(bob.output).toMatch(/G722/);
    const heard = bob.heard();
    // The prompt of the tests, at 16 kHz.
    const prompt = chirp(300, RATE);
    expect(findSound(heard.subarray(0, 3 * RATE), prompt).match).toBeGreaterThan(0.9);
    expect(toneShare(heard.subarray(-8000), 1000, RATE)).toBeGreaterThan(0.8);
  });

  test('[GW3] two of them talk above the telephone’s band, though one would take G.711 as well', async () => {
    world = await PbxWorld.start(sketch);
    const [ann, bob] = [await baresip('101', 5000, { alsoNarrow: true }), await baresip('102', 6000)];
    bob.dial('101');
    await ann.until('CALL_INCOMING');
    ann.command('accept');
    await bob.until('CALL_ESTABLISHED');
    await bob.until('CALL_RTCP');
    bob.command('hangup');
    await ann.until('CALL_CLOSED');
    expect(toneShare(ann.heard().subarray(-RATE / 2), 6000, RATE)).toBeGreaterThan(0.8);
    expect(toneShare(bob.heard().subarray(-RATE / 2), 5000, RATE)).toBeGreaterThan(0.8);
  });
});
