import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { PbxWorld, passwordOf, type WorldSketch } from '../support/pbx-world.ts';
import { Baresip, type BaresipOptions } from '../support/phones/baresip.ts';
import { findPhone, skippedText } from '../support/phones/install.ts';
import { chirp, findSound, sine, toneShare } from '../support/sound.ts';

const hasBaresip = findPhone('baresip') !== undefined;
if (!hasBaresip) console.warn(skippedText('baresip'));

const RATE = 48_000;

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: { type: 'menu', data: { prompt: 'Press', keys: ['3'] }, to: { 'key:3': 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

/** Another libopus at the other end. */
describe.skipIf(!hasBaresip)('baresip with Opus', () => {
  let world: PbxWorld;
  const phones: Baresip[] = [];
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((phone) => phone.stop()));
    await world.stop();
  });

  async function baresip(user: string, toneHz: number, more: Partial<BaresipOptions> = {}): Promise<Baresip> {
    const options = { user, password: passwordOf(user), sipPort: world.sipPort, transport: 'udp', toneHz } as const;
    const phone = await new Baresip({ ...options, codec: 'opus', ...more }).start();
    phones.push(phone);
    return phone;
  }

  test('[OP1][OP4][OP5] hears the prompt, presses a key, talks to an operator with G.711', async () => {
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
    expect(bob.output).toMatch(/opus/i);
    const heard = bob.heard();
    expect(findSound(every3rd(heard), chirp(300, RATE / 3)).match).toBeGreaterThan(0.9);
    expect(toneShare(heard.subarray(-24_000), 1000, RATE)).toBeGreaterThan(0.8);
  });

  test('[OP3] two of them talk far above the telephone’s band', async () => {
    world = await PbxWorld.start(sketch);
    const [ann, bob] = [await baresip('101', 9000, { alsoNarrow: true }), await baresip('102', 11_000)];
    bob.dial('101');
    await ann.until('CALL_INCOMING');
    ann.command('accept');
    await bob.until('CALL_ESTABLISHED');
    await bob.until('CALL_RTCP');
    bob.command('hangup');
    await ann.until('CALL_CLOSED');
    expect(toneShare(ann.heard().subarray(-RATE / 2), 11_000, RATE)).toBeGreaterThan(0.8);
    expect(toneShare(bob.heard().subarray(-RATE / 2), 9000, RATE)).toBeGreaterThan(0.8);
  });
});

/** 16 kHz of 48 kHz of wideband: there is nothing above 8 kHz that would be folded. */
function every3rd(samples: Int16Array): Int16Array {
  return Int16Array.from({ length: Math.floor(samples.length / 3) }, (_, n) => samples[3 * n] ?? 0);
}
