import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Recording, RecordingSchema } from '../../../../shared/bridge/recordings.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import type { TestPhone } from '../../../support/phone/test-phone.ts';
import { canMount, smallDisk } from '../../../support/small-disk.ts';
import { findSound, sine, toneShare } from '../../../support/sound.ts';
import { readStereo } from '../../../support/stereo.ts';

const [CALLER_HZ, OPERATOR_HZ] = [900, 600];

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const sketch = (recording: string | undefined, more: Partial<WorldSketch> = {}): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }], ...(recording && { recording }) } },
  ...more,
});

interface Talking {
  readonly ann: TestPhone;
  readonly caller: TestCall;
  readonly operator: TestCall;
  readonly callId: string;
}

/** A caller and Ann, who has just answered; each speaks with a tone of their own. */
async function talk(how: WorldSketch, options: { flow?: string } = {}): Promise<Talking> {
  world = await PbxWorld.start(how);
  const ann = await world.phone('ann');
  const tester = await world.phone('tester', { displayName: '+48600' });
  const caller = await tester.call(options.flow ?? 'flow.main');
  const operator = await ann.nextCall();
  await operator.answer();
  await Promise.all([caller.media.connected, operator.media.connected]);
  caller.media.speak(sine(CALLER_HZ, 1000));
  operator.media.speak(sine(OPERATOR_HZ, 1000));
  await eventually('the conversation', () => world.lastCall?.phase === 'talking');
  return { ann, caller, operator, callId: world.lastCall!.callId };
}

const state = () => world.lastCall?.recording;
const isIn = (wanted: string) => eventually(`the state ${wanted}`, () => state()?.state === wanted && state());
const folder = () => join(world.directory, 'recordings');
const hears = (call: TestCall, frequencyHz: number) =>
  eventually(`${frequencyHz} Hz`, () => toneShare(call.media.heardSamples(-25), frequencyHz) > 0.8);
const hearsNotice = (call: TestCall, from = 0) =>
  eventually('the notice', () => findSound(call.media.heardSamples(from), PROMPT_SOUND).match > 0.8);
/** Lets the conversation go on for so long, by what the caller hears. */
const goOn = (call: TestCall, durationMs: number) => call.media.listen(durationMs);

async function entry(id: string): Promise<Recording> {
  return RecordingSchema.parse(JSON.parse(await readFile(join(folder(), `${id}.json`), 'utf8')));
}

const complete = (id: string) =>
  eventually(`the recording ${id}`, () => world.events.some((event) => event.type === 'recording' && event.id === id));

async function finished(id: string) {
  await complete(id);
  return { entry: await entry(id), sound: await readStereo(join(folder(), `${id}.wav`)) };
}

async function hangUp({ caller, operator }: Talking): Promise<void> {
  caller.hangUp();
  await operator.untilEnded();
}

describe('[RE1] [RE2] [RE5] a queue that is always recorded', () => {
  test('both hear the notice and then one another; the caller is on the left, the operator on the right', async () => {
    const talking = await talk(sketch('always'));
    const { caller, operator, callId } = talking;
    expect(state()).toMatchObject({ mode: 'always', state: 'notice', error: null });
    await Promise.all([hearsNotice(caller), hearsNotice(operator)]);
    // Until then neither heard the other.
    await Promise.all([hears(caller, OPERATOR_HZ), hears(operator, CALLER_HZ)]);
    const { at } = findSound(caller.media.heardSamples(), PROMPT_SOUND);
    expect(toneShare(caller.media.heardSamples().subarray(0, at), OPERATOR_HZ)).toBeLessThan(0.1);
    await isIn('recording');
    await goOn(caller, 1500);
    await hangUp(talking);
    const { entry: told, sound } = await finished(callId);
    expect(sound.sampleRate).toBe(8000);
    expect(told).toMatchObject({
      id: callId,
      callId,
      projectId: 'test',
      queueId: 'help',
      personId: 'ann',
      caller: { number: '+48600' },
      pauses: [],
      endedBy: 'end',
    });
    expect(told.durationMs).toBeCloseTo(sound.durationMs, -1);
    expect(sound.durationMs).toBeGreaterThan(1400);
    const middle = (samples: Int16Array) => samples.subarray(4000, -4000);
    expect(toneShare(middle(sound.left), CALLER_HZ)).toBeGreaterThan(0.9);
    expect(toneShare(middle(sound.right), OPERATOR_HZ)).toBeGreaterThan(0.9);
    // [RE10]
    expect((await readdir(folder())).sort()).toEqual([`${callId}.json`, `${callId}.wav`]);
    for (const name of await readdir(folder())) expect((await stat(join(folder(), name))).mode & 0o777).toBe(0o600);
    expect(world.lastCall?.recording).toBeNull();
  });

  test('who hangs up during the notice was not recorded', async () => {
    const talking = await talk(sketch('always'));
    await hangUp(talking);
    await eventually('the end', () => world.lastCall?.phase === 'ended');
    await expect(readdir(folder())).rejects.toThrow('ENOENT');
    expect(world.events.filter(({ type }) => type === 'recording')).toEqual([]);
  });

  test('[RE5] who says nothing, and sends nothing, is as long as the other', async () => {
    const talking = await talk(sketch('always'));
    await isIn('recording');
    talking.operator.media.hush();
    await goOn(talking.operator, 1200);
    await hangUp(talking);
    const { sound } = await finished(talking.callId);
    expect(sound.right).toHaveLength(sound.left.length);
    expect(toneShare(sound.left.subarray(4000, -4000), CALLER_HZ)).toBeGreaterThan(0.9);
    expect(Math.max(...sound.right.subarray(-8000, -2000))).toBe(0);
  });
});

describe('[RE2] [RE6] [RE8] on request of the operator', () => {
  test('it begins after the notice, is paused, goes on, and stops', async () => {
    const talking = await talk(sketch('on-request'));
    const { caller, operator, callId } = talking;
    await Promise.all([hears(caller, OPERATOR_HZ), hears(operator, CALLER_HZ)]);
    expect(state()).toMatchObject({ mode: 'on-request', state: 'off' });
    const from = [caller.media.heard.length, operator.media.heard.length] as const;
    world.pbx.record(callId, 'start');
    expect(state()).toMatchObject({ state: 'notice' });
    await Promise.all([hearsNotice(caller, from[0]), hearsNotice(operator, from[1])]);
    await isIn('recording');
    await goOn(caller, 600);
    world.pbx.record(callId, 'pause');
    expect(state()).toMatchObject({ state: 'paused' });
    caller.media.speak(sine(1800, 1000));
    await goOn(operator, 700);
    caller.media.speak(sine(CALLER_HZ, 1000));
    await hears(operator, CALLER_HZ);
    world.pbx.record(callId, 'resume');
    await goOn(caller, 600);
    world.pbx.record(callId, 'stop');
    expect(state()).toMatchObject({ state: 'off', error: null });
    const { entry: told, sound } = await finished(callId);
    expect(told.endedBy).toBe('operator');
    expect(told.pauses).toHaveLength(1);
    const [pause] = told.pauses;
    expect(pause!.atMs).toBeGreaterThan(550);
    expect(pause!.atMs).toBeLessThan(900);
    expect(pause!.durationMs).toBeGreaterThan(650);
    expect(sound.durationMs).toBeLessThan(1800);
    expect(toneShare(sound.left, 1800)).toBeLessThan(0.02);
    expect(toneShare(sound.left.subarray(-3200), CALLER_HZ)).toBeGreaterThan(0.8);
    // Once more is another file, with another notice.
    world.pbx.record(callId, 'start');
    expect(state()).toMatchObject({ state: 'notice' });
    await isIn('recording');
    await hangUp(talking);
    expect((await finished(`${callId}_2`)).entry.endedBy).toBe('end');
  });

  test('a notice can be broken off: then they talk, unrecorded', async () => {
    const talking = await talk(sketch('on-request'));
    await hears(talking.caller, OPERATOR_HZ);
    world.pbx.record(talking.callId, 'start');
    world.pbx.record(talking.callId, 'stop');
    await hears(talking.caller, OPERATOR_HZ);
    expect(state()?.state).toBe('off');
    await hangUp(talking);
    await expect(readdir(folder())).rejects.toThrow('ENOENT');
  });

  test.each(['never', undefined])('[RE8] not where the queue says %s', async (mode) => {
    const talking = await talk(sketch(mode));
    world.pbx.record(talking.callId, 'start');
    world.pbx.record('unknown', 'start');
    expect(world.lastCall).not.toHaveProperty('recording');
    await hears(talking.caller, OPERATOR_HZ);
    await hangUp(talking);
  });

  test('[RE8] what is always recorded can be paused, not stopped', async () => {
    const talking = await talk(sketch('always'));
    await isIn('recording');
    world.pbx.record(talking.callId, 'stop');
    expect(state()?.state).toBe('recording');
    world.pbx.record(talking.callId, 'pause');
    expect(state()?.state).toBe('paused');
    await hangUp(talking);
    const { entry: told } = await finished(talking.callId);
    expect(told.pauses).toEqual([{ atMs: expect.any(Number), durationMs: null }]);
  });
});

describe('[RE7] hold and transfer', () => {
  test('finish the file; the next one begins after a hold without a notice, after a transfer with one', async () => {
    const talking = await talk(sketch('always'));
    const { caller, operator, callId } = talking;
    await isIn('recording');
    await goOn(caller, 300);
    await operator.setDirection('sendonly');
    await eventually('the hold', () => state()?.state === 'off');
    expect((await finished(callId)).entry.endedBy).toBe('hold');
    await operator.setDirection('sendrecv');
    expect((await isIn('recording'))?.recordedMs).toBeGreaterThan(200);
    await goOn(caller, 300);
    const bob = await world.phone('bob');
    expect(await operator.transfer('sip:102@dialtree.test')).toBe(202);
    const colleague = await bob.nextCall();
    expect((await finished(`${callId}_2`)).entry.endedBy).toBe('transfer');
    await colleague.answer();
    await colleague.media.connected;
    colleague.media.speak(sine(1500, 1000));
    await hearsNotice(colleague);
    await isIn('recording');
    await hears(caller, 1500);
    await goOn(caller, 700);
    caller.hangUp();
    await colleague.untilEnded();
    const { entry: last, sound } = await finished(`${callId}_3`);
    expect(last).toMatchObject({ endedBy: 'end', personId: 'bob' });
    expect(toneShare(sound.right.subarray(-4800, -800), 1500)).toBeGreaterThan(0.8);
  });

  test('an attended transfer: whom the caller comes to hears the notice with them, and is recorded', async () => {
    const { ann, caller, operator, callId } = await talk(sketch('always'));
    await isIn('recording');
    const bob = await world.phone('bob');
    const consulting = await ann.dial('102');
    const asked = await bob.nextCall();
    await asked.answer();
    await Promise.all([consulting.media.connected, asked.media.connected]);
    const from = [caller.media.heard.length, asked.media.heard.length] as const;
    const target = `<sip:102@dialtree.test?Replaces=${encodeURIComponent(consulting.replaces)}>`;
    expect(await operator.transfer(target)).toBe(202);
    expect((await finished(callId)).entry).toMatchObject({ endedBy: 'transfer', personId: 'ann' });
    asked.media.speak(sine(1500, 1000));
    await Promise.all([hearsNotice(caller, from[0]), hearsNotice(asked, from[1])]);
    await isIn('recording');
    await Promise.all([hears(caller, 1500), hears(asked, CALLER_HZ)]);
    asked.hangUp();
    await caller.untilEnded();
    expect((await finished(`${callId}_2`)).entry).toMatchObject({ endedBy: 'end', personId: 'bob' });
  });

  test('a caller who is given into another call is recorded no more', async () => {
    const { ann, caller, operator, callId } = await talk(sketch('always'));
    await isIn('recording');
    const tester = await world.phone('eve');
    // Another caller whom Ann talks with; both callers' far end is Ann.
    const second = await ann.dial('103');
    const eve = await tester.nextCall();
    await eve.answer();
    await Promise.all([second.media.connected, eve.media.connected]);
    const target = `<sip:101@dialtree.test?Replaces=${encodeURIComponent(operator.replaces)}>`;
    expect(await second.transfer(target)).toBe(202);
    expect((await finished(callId)).entry.endedBy).toBe('transfer');
    caller.hangUp();
    await eve.untilEnded();
  });

  test('[RE6] [RE7] what is paused before a hold is paused after it', async () => {
    const talking = await talk(sketch('always'));
    await isIn('recording');
    world.pbx.record(talking.callId, 'pause');
    await talking.operator.setDirection('sendonly');
    await eventually('the hold', () => state()?.state === 'off');
    await talking.operator.setDirection('sendrecv');
    await isIn('paused');
    await hangUp(talking);
    const { entry: told, sound } = await finished(`${talking.callId}_2`);
    expect(told.pauses).toEqual([{ atMs: 0, durationMs: null }]);
    expect(sound.durationMs).toBe(0);
  });

  test('[RE1] a hold during the notice: no recording; with always the notice comes again', async () => {
    const talking = await talk(sketch('always'));
    await talking.operator.setDirection('sendonly');
    expect(state()?.state).toBe('off');
    const from = talking.operator.media.heard.length;
    await talking.operator.setDirection('sendrecv');
    expect(state()?.state).toBe('notice');
    await hearsNotice(talking.operator, from);
    await isIn('recording');
    await hangUp(talking);
    await complete(talking.callId);
  });
});

describe('[RE3] the notice', () => {
  test('that was not rendered means no recording, and is told; they talk', async () => {
    const talking = await talk(sketch('always', { recording: { notices: { en: null, pl: null } } }));
    await eventually('the reason', () => state()?.error?.code === 'recording/no-notice');
    expect(state()?.state).toBe('off');
    await Promise.all([hears(talking.caller, OPERATOR_HZ), hears(talking.operator, CALLER_HZ)]);
    await hangUp(talking);
    expect(world.logs('recording.failed')).toHaveLength(1);
  });

  test('is in the language of the caller, else of the project', async () => {
    const inPolish: WorldSketch = {
      ...sketch('always'),
      nodes: {
        start: { type: 'start', to: { next: 'pl' } },
        pl: { type: 'language', data: { language: 'pl' }, to: { next: 'wait' } },
        wait: { type: 'queue', data: { queueId: 'help' } },
      },
    };
    // Only the notice that is to be heard can be.
    for (const [how, language] of [
      [inPolish, 'pl'],
      [sketch('always'), 'de'],
    ] as const) {
      const path = join(import.meta.dirname, '../../../fixtures');
      const notices = { en: null, pl: null, de: null, [language]: join(path, 'missing.wav') };
      const talking = await talk({ ...how, recording: { language: 'de', notices } });
      await eventually('the reason', () => state()?.error?.code === 'recording/no-notice');
      // It was looked for, in place of being known not to be there.
      expect(state()?.error).toMatchObject({ hint: expect.any(String) });
      await hangUp(talking);
      if (language === 'pl') await world.stop();
    }
  });
});

test('[RE4] a caller who refused is not recorded, always or on request', async () => {
  for (const mode of ['always', 'on-request']) {
    world = await PbxWorld.start({
      ...sketch(mode),
      nodes: {
        start: { type: 'start', to: { next: 'ask' } },
        ask: {
          type: 'consent',
          data: { prompt: { kind: 'text', text: 'May we record?' } },
          to: { agreed: 'wait', refused: 'wait' },
        },
        wait: { type: 'queue', data: { queueId: 'help' } },
      },
    });
    const ann = await world.phone('ann');
    const tester = await world.phone('tester');
    const caller = await tester.call('flow.main');
    await caller.media.connected;
    await goOn(caller, 100);
    caller.media.press('2');
    const operator = await ann.nextCall();
    await operator.answer();
    operator.media.speak(sine(OPERATOR_HZ, 1000));
    await hears(caller, OPERATOR_HZ);
    expect(state()).toMatchObject({ state: 'off', error: { code: 'recording/refused' } });
    world.pbx.record(world.lastCall!.callId, 'start');
    expect(state()?.state).toBe('off');
    caller.hangUp();
    await operator.untilEnded();
    await expect(readdir(folder())).rejects.toThrow('ENOENT');
    if (mode === 'always') await world.stop();
  }
});

describe('[RE11] a disk that takes no more', () => {
  test.skipIf(!canMount)('ends the recording, not the call; the operator is told, what was written stays', async () => {
    const disk = smallDisk(64);
    const talking = await talk(sketch('always', { recording: { directory: disk } }));
    const { caller, operator, callId } = talking;
    await isIn('recording');
    await eventually('the reason', () => state()?.error?.code === 'recording/disk-full', 10_000);
    expect(state()).toMatchObject({ state: 'off', error: { hint: expect.stringContaining('Free space') } });
    await Promise.all([hears(caller, OPERATOR_HZ), hears(operator, CALLER_HZ)]);
    const sound = await readStereo(join(disk, `${callId}.wav`));
    expect(sound.durationMs).toBeGreaterThan(900);
    expect(toneShare(sound.left.subarray(4000), CALLER_HZ)).toBeGreaterThan(0.9);
    expect(toneShare(sound.right.subarray(4000), OPERATOR_HZ)).toBeGreaterThan(0.9);
    // It may be tried again, though here it ends the same way.
    world.pbx.record(callId, 'start');
    expect(state()).toMatchObject({ state: 'notice', error: null });
    await hangUp(talking);
  });

  test('a folder that cannot be made: the call goes on', async () => {
    const directory = join(import.meta.filename, 'x');
    const talking = await talk(sketch('always', { recording: { directory } }));
    await eventually('the reason', () => state()?.error?.code === 'recording/not-written');
    await hears(talking.caller, OPERATOR_HZ);
    await hangUp(talking);
  });
});

test('[RE10] the PBX does not stop before the recording is on the disk', async () => {
  const talking = await talk(sketch('always'));
  await isIn('recording');
  await goOn(talking.caller, 500);
  await world.pbx.stop();
  const sound = await readStereo(join(folder(), `${talking.callId}.wav`));
  expect(sound.durationMs).toBeGreaterThan(400);
  expect((await entry(talking.callId)).endedBy).toBe('end');
});
