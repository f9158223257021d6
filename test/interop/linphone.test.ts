import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseWav } from '../../electron/media/wav.ts';
import { resample } from '../../shared/lib/resample.ts';
import { eventually } from '../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND, passwordOf, REALM, type WorldSketch } from '../support/pbx-world.ts';
import { findPhone, skippedText } from '../support/phones/install.ts';
import { Linphone } from '../support/phones/linphone.ts';
import { findSound, sine, toneShare } from '../support/sound.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: { type: 'menu', data: { prompt: 'Press', keys: ['3', '7'] }, to: { 'key:3': 'wait', 'key:7': 'leave' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
    leave: { type: 'voicemail', data: { mailbox: { kind: 'person', personId: 'ann' }, silenceMs: 1000 } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

const isThere = findPhone('linphonec') !== undefined;
if (!isThere) console.warn(skippedText('linphonec'));

let world: PbxWorld;
let phone: Linphone | undefined;
afterEach(async () => {
  await phone?.stop();
  await world.stop();
});

/** The sound of the only message. */
function messageFile(): string | undefined {
  const folder = join(world.directory, 'voicemail');
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.wav')) : undefined;
  return name === undefined ? undefined : join(folder, name);
}
const recordedBytes = () => statSync(messageFile() ?? '', { throwIfNoEntry: false })?.size ?? 0;

const linphone = (transport: 'udp' | 'tcp', toneHz: number) => {
  const user = '102';
  phone = new Linphone({ user, password: passwordOf(user), realm: REALM, sipPort: world.sipPort, transport, toneHz });
  return phone.start();
};

describe.skipIf(!isThere).each(['udp', 'tcp'] as const)('linphone over %s', (transport) => {
  test('registers, hears the menu, presses a key, waits in the queue, talks to an operator in a browser', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const bob = await linphone(transport, 600);
    bob.dial('100');
    await bob.until(/connected/);
    await eventually('the prompt', () => world.trace('prompt-finished'));
    bob.press('3');
    const call = await ann.nextCall();
    expect(call.invite.from.uri).toContain('102');
    await call.answer();
    await call.media.connected;
    call.media.speak(sine(1000, 1500));
    await eventually('his tone at hers', () => toneShare(call.media.heardSamples(-25), 600) > 0.8, 10_000);
    await call.media.listen(1500);
    call.hangUp();
    await bob.until(/ended/);
    const { sampleRate, samples } = bob.heard();
    const heard = resample({ sampleRate, samples }, 8000);
    // Its player stretches what it plays to a clock of its own: the prompt is not found as well as with others.
    const elsewhere = findSound(heard.subarray(-8000), PROMPT_SOUND).match;
    expect(findSound(heard, PROMPT_SOUND).match).toBeGreaterThan(Math.max(0.5, 2 * elsewhere));
    expect(toneShare(heard.subarray(-6000, -2000), 1000)).toBeGreaterThan(0.8);
    expect(world.traces().filter(({ type }) => type === 'digit')).toHaveLength(1);
  });

  test('leaves a message, hangs up', async () => {
    world = await PbxWorld.start(sketch);
    const bob = await linphone(transport, 700);
    bob.dial('100');
    await bob.until(/connected/);
    await eventually('the prompt', () => world.trace('prompt-finished'));
    bob.press('7');
    await eventually('the recording', () => world.traces().some(({ type }) => type === 'recording-started'));
    await eventually('a second and a half on the disk', () => recordedBytes() >= 1.5 * 16_000);
    bob.command('terminate');
    await eventually('the message', () => world.events.some(({ type }) => type === 'voicemail'));
    expect(toneShare(parseWav(readFileSync(messageFile() ?? '')).samples, 700)).toBeGreaterThan(0.8);
  });
});
