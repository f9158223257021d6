import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND, passwordOf, type WorldSketch } from '../support/pbx-world.ts';
import { Baresip, type BaresipOptions } from '../support/phones/baresip.ts';
import { findPhone, skippedText } from '../support/phones/install.ts';
import { findSound, rms, sine, toneShare } from '../support/sound.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: { type: 'menu', data: { prompt: 'Press', keys: ['3', '7'] }, to: { 'key:3': 'wait', 'key:7': 'leave' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
    leave: { type: 'voicemail', data: { mailbox: { kind: 'person', personId: 'ann' }, silenceMs: 1000 } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

const isThere = findPhone('baresip') !== undefined;
if (!isThere) console.warn(skippedText('baresip'));

let world: PbxWorld;
let phones: Baresip[];
afterEach(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await world.stop();
});

/** What the only message holds so far. */
function recorded(): Int16Array {
  const folder = join(world.directory, 'voicemail');
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.wav')) : undefined;
  const bytes = name === undefined ? Buffer.alloc(0) : readFileSync(join(folder, name));
  // The header of a file that is still written does not know its length.
  const data = bytes.subarray(Math.min(44, bytes.length));
  return new Int16Array(Uint8Array.from(data).buffer, 0, data.length >> 1);
}

async function baresip(user: string, toneHz: number, options: Partial<BaresipOptions> = {}): Promise<Baresip> {
  const phone = new Baresip({
    user,
    password: passwordOf(user),
    sipPort: world.sipPort,
    transport: 'udp',
    toneHz,
    ...options,
  });
  phones.push(phone);
  return phone.start();
}

describe.skipIf(!isThere || !hasOpenssl)('baresip over TLS', () => {
  test('registers, calls a browser and is called by it, with sound both ways', async () => {
    phones = [];
    world = await PbxWorld.start({ ...sketch, certificate: makeCertificate() });
    const ann = await world.phone('ann');
    const bob = await baresip('102', 600, { transport: 'tls', sipPort: world.tlsPort });
    bob.dial('101');
    const call = await ann.nextCall();
    await call.answer();
    await bob.until('CALL_ESTABLISHED');
    await eventually('his tone at hers', () => toneShare(call.media.heardSamples(-25), 600) > 0.8);
    call.media.speak(sine(1000, 1000));
    await call.media.listen(1000);
    call.hangUp();
    await bob.until('CALL_CLOSED');
    expect(toneShare(bob.heard().subarray(-4000), 1000)).toBeGreaterThan(0.8);
    const back = ann.call('102');
    await bob.until('CALL_INCOMING');
    bob.command('accept');
    const second = await back;
    await eventually('his tone at hers', () => toneShare(second.media.heardSamples(-25), 600) > 0.8);
    bob.command('hangup');
    await second.untilEnded();
  });
});

describe.skipIf(!isThere).each(['udp', 'tcp'] as const)('baresip over %s', (transport) => {
  test('registers, hears the menu, presses a key, waits in the queue, talks to an operator in a browser', async () => {
    phones = [];
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const bob = await baresip('102', 600, { transport });
    bob.dial('100');
    await bob.until('CALL_ESTABLISHED');
    await eventually('the prompt', () => world.trace('prompt-finished'));
    bob.press('3');
    const call = await ann.nextCall();
    expect(call.invite.from.uri).toContain('102');
    await call.answer();
    await call.media.connected;
    call.media.speak(sine(1000, 1000));
    await eventually('his tone at hers', () => toneShare(call.media.heardSamples(-25), 600) > 0.8);
    await call.media.listen(1000);
    call.hangUp();
    await bob.until('CALL_CLOSED');
    await eventually('the end of the call', () => world.lastCall?.phase === 'ended');
    const heard = bob.heard();
    expect(findSound(heard, PROMPT_SOUND).match).toBeGreaterThan(0.9);
    expect(toneShare(heard.subarray(-4000), 1000)).toBeGreaterThan(0.8);
    expect(world.traces().filter(({ type }) => type === 'digit')).toHaveLength(1);
  });

  test('[RC4] tells and is told how the sound comes through', async () => {
    phones = [];
    world = await PbxWorld.start(sketch);
    const bob = await baresip('102', 600, { transport });
    bob.dial('100');
    await bob.until('CALL_ESTABLISHED');
    await eventually('the prompt', () => world.trace('prompt-finished'));
    bob.press('3');
    // It reports every 5 s: the third of ours comes after one of its that answers another.
    for (let report = 0; report < 3; report++) await bob.until('CALL_RTCP');
    bob.command('hangup');
    const [line] = await eventually('the log', () => {
      const lines = world.logs('pbx.media-quality');
      return lines.length > 0 && lines;
    });
    expect(line?.fields).toMatchObject({ user: '102', lossIn: 0, lossOut: 0, rttMs: expect.any(Number) });
    for (const name of ['rttMs', 'jitterInMs', 'jitterOutMs']) {
      expect(line?.fields[name]).toBeGreaterThanOrEqual(0);
      expect(line?.fields[name]).toBeLessThan(40);
    }
  });

  test('leaves a message, hangs up', async () => {
    phones = [];
    world = await PbxWorld.start(sketch);
    const bob = await baresip('102', 700, { transport, codec: 'pcma' });
    bob.dial('100');
    await bob.until('CALL_ESTABLISHED');
    await eventually('the prompt', () => world.trace('prompt-finished'));
    bob.press('7');
    await eventually('the recording', () => world.traces().some(({ type }) => type === 'recording-started'));
    await eventually('a second and a half on the disk', () => recorded().length >= 1.5 * 8000);
    bob.command('hangup');
    await eventually('the message', () => world.events.some(({ type }) => type === 'voicemail'));
    expect(toneShare(recorded(), 700)).toBeGreaterThan(0.8);
  });

  test('is rung, answers, hears and is heard, hangs up', async () => {
    phones = [];
    world = await PbxWorld.start(sketch);
    const ann = await baresip('101', 500, { transport });
    const eve = await world.phone('eve');
    const calling = eve.call('101');
    await ann.until('CALL_INCOMING');
    ann.command('accept');
    const call = await calling;
    await call.media.connected;
    call.media.speak(sine(900, 1000));
    await eventually('her tone', () => toneShare(call.media.heardSamples(-25), 500) > 0.8);
    await call.media.listen(600);
    ann.command('hangup');
    await call.untilEnded();
    await ann.until('CALL_CLOSED');
    expect(rms(ann.heard().subarray(-4000))).toBeGreaterThan(1000);
    expect(toneShare(ann.heard().subarray(-4000), 900)).toBeGreaterThan(0.8);
  });

  test('holds the other, who hears music, and takes them back', async () => {
    phones = [];
    world = await PbxWorld.start(sketch);
    const ann = await baresip('101', 500, { transport });
    const eve = await world.phone('eve');
    const calling = eve.call('101');
    await ann.until('CALL_INCOMING');
    ann.command('accept');
    const call = await calling;
    await call.media.connected;
    await eventually('her tone', () => toneShare(call.media.heardSamples(-25), 500) > 0.8);
    ann.command('hold');
    await eventually('music', () => {
      const heard = call.media.heardSamples(-25);
      return toneShare(heard, 500) < 0.2 && rms(heard) > 300;
    });
    ann.command('resume');
    await eventually('her tone again', () => toneShare(call.media.heardSamples(-25), 500) > 0.8);
    call.hangUp();
    await ann.until('CALL_CLOSED');
  });

  test('transfers the other to a colleague', async () => {
    phones = [];
    world = await PbxWorld.start(sketch);
    const ann = await baresip('101', 500, { transport });
    const [bob, eve] = [await world.phone('bob'), await world.phone('eve')];
    const calling = eve.call('101');
    await ann.until('CALL_INCOMING');
    ann.command('accept');
    const call = await calling;
    await ann.until('CALL_ESTABLISHED');
    ann.command('transfer', `sip:102@127.0.0.1:${world.sipPort}`);
    const rung = await bob.nextCall();
    await rung.answer();
    await ann.until('CALL_CLOSED');
    await Promise.all([call.media.connected, rung.media.connected]);
    rung.media.speak(sine(900, 1000));
    await eventually('his tone', () => toneShare(call.media.heardSamples(-25), 900) > 0.8);
    call.hangUp();
    await rung.untilEnded();
  });
});
