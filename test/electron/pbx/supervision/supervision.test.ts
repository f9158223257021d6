import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { superviseTarget } from '../../../../shared/bridge/supervision.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import type { TestPhone } from '../../../support/phone/test-phone.ts';
import { findSound, sine, toneShare } from '../../../support/sound.ts';
import { readStereo } from '../../../support/stereo.ts';

const [CALLER_HZ, OPERATOR_HZ, SUPERVISOR_HZ] = [900, 600, 1500];
const ALL_HZ = [CALLER_HZ, OPERATOR_HZ, SUPERVISOR_HZ];

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const sketch = (queue: object = {}): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }], ...queue } },
});

interface Talking {
  readonly ann: TestPhone;
  readonly tester: TestPhone;
  readonly caller: TestCall;
  readonly operator: TestCall;
  readonly callId: string;
}

/** A caller and Ann, who has just answered; each speaks with a tone of their own. */
async function talk(how = sketch()): Promise<Talking> {
  world = await PbxWorld.start(how);
  const ann = await world.phone('ann');
  const tester = await world.phone('tester', { displayName: '+48600' });
  const caller = await tester.call('flow.main');
  const operator = await ann.nextCall();
  await operator.answer();
  await Promise.all([caller.media.connected, operator.media.connected]);
  caller.media.speak(sine(CALLER_HZ, 1000));
  operator.media.speak(sine(OPERATOR_HZ, 1000));
  await eventually('the conversation', () => world.lastCall?.phase === 'talking');
  return { ann, tester, caller, operator, callId: world.lastCall!.callId };
}

/** A supervisor's phone calls the conversation, and speaks. */
async function supervise({ callId }: Talking): Promise<TestCall> {
  const phone = await world.phone('tester');
  const call = await phone.call(superviseTarget(callId));
  await call.media.connected;
  call.media.speak(sine(SUPERVISOR_HZ, 1000));
  return call;
}

/** Hears these tones of the three, and no other. */
function hears(call: TestCall, ...frequenciesHz: readonly number[]): Promise<unknown> {
  return eventually(`${frequenciesHz.join(' and ')} Hz alone`, () => {
    const heard = call.media.heardSamples(-25);
    const share = (frequencyHz: number) => toneShare(heard, frequencyHz);
    const wanted = frequenciesHz.map(share);
    const others = ALL_HZ.filter((frequencyHz) => !frequenciesHz.includes(frequencyHz)).map(share);
    const isAll = wanted.every((one) => one > 0.25) && wanted.reduce((a, b) => a + b, 0) > 0.75;
    return isAll && others.every((one) => one < 0.02);
  });
}

const mode = () => world.lastCall?.supervision;
const isIn = (wanted: string | null) => eventually(`the mode ${wanted}`, () => mode() === wanted);

async function hangUp({ caller, operator }: Talking): Promise<void> {
  caller.hangUp();
  await operator.untilEnded();
}

describe('a supervisor', () => {
  test('[SU2] [SU3] [SU4] [SU8] listens, whispers to the operator, joins, and listens again', async () => {
    const talking = await talk();
    const { caller, operator, callId } = talking;
    const supervisor = await supervise(talking);
    await hears(supervisor, CALLER_HZ, OPERATOR_HZ);
    const sourceOf = (call: TestCall) => call.media.heard.at(-1)?.ssrc;
    const [callerHeard, operatorHeard] = [sourceOf(caller), sourceOf(operator)];
    await Promise.all([hears(caller, OPERATOR_HZ), hears(operator, CALLER_HZ)]);
    expect([sourceOf(caller), sourceOf(operator)]).toEqual([callerHeard, operatorHeard]);
    expect(mode()).toBe('listen');

    supervisor.media.press('5');
    await isIn('whisper');
    await Promise.all([
      hears(caller, OPERATOR_HZ),
      hears(operator, CALLER_HZ, SUPERVISOR_HZ),
      hears(supervisor, CALLER_HZ, OPERATOR_HZ),
    ]);
    supervisor.media.press('6');
    await isIn('join');
    await Promise.all([
      hears(caller, OPERATOR_HZ, SUPERVISOR_HZ),
      hears(operator, CALLER_HZ, SUPERVISOR_HZ),
      hears(supervisor, CALLER_HZ, OPERATOR_HZ),
    ]);
    supervisor.media.press('4');
    await isIn('listen');
    await Promise.all([hears(caller, OPERATOR_HZ), hears(operator, CALLER_HZ)]);
    const told = world.events.flatMap((event) =>
      event.type === 'log' && event.event === 'pbx.supervised' ? [event.fields] : [],
    );
    expect(told).toEqual(['listen', 'whisper', 'join', 'listen'].map((now) => ({ callId, user: 'tester', mode: now })));

    await hangUp(talking);
    await supervisor.untilEnded(); // [SU6]
    expect(world.lastCall).toMatchObject({ phase: 'ended', supervision: null });
  });

  test('[SU6] who goes leaves the two as they were, whatever the mode', async () => {
    const talking = await talk();
    const supervisor = await supervise(talking);
    supervisor.media.press('6');
    await hears(talking.caller, OPERATOR_HZ, SUPERVISOR_HZ);
    supervisor.hangUp();
    await isIn(null);
    await Promise.all([hears(talking.caller, OPERATOR_HZ), hears(talking.operator, CALLER_HZ)]);
    // The next one may come.
    const next = await supervise(talking);
    await hears(next, CALLER_HZ, OPERATOR_HZ);
    await hangUp(talking);
    await next.untilEnded();
  });

  test('[SU5] hears nothing of a hold, and is back in their mode after it', async () => {
    const talking = await talk();
    const { caller, operator } = talking;
    const supervisor = await supervise(talking);
    supervisor.media.press('6');
    await hears(caller, OPERATOR_HZ, SUPERVISOR_HZ);
    await operator.setDirection('sendonly');
    await eventually('silence', () => Math.max(...supervisor.media.heardSamples(-25)) < 100);
    // Music, and neither of the two.
    await eventually('music', () => {
      const heard = caller.media.heardSamples(-25);
      return ALL_HZ.every((hz) => toneShare(heard, hz) < 0.2) && Math.max(...heard) > 300;
    });
    await operator.setDirection('sendrecv');
    await Promise.all([hears(caller, OPERATOR_HZ, SUPERVISOR_HZ), hears(operator, CALLER_HZ, SUPERVISOR_HZ)]);
    await hangUp(talking);
    await supervisor.untilEnded();
  });

  test('[SU5] goes with a transfer to who talks then; ringback stays ringback', async () => {
    const talking = await talk();
    const { caller, operator } = talking;
    const supervisor = await supervise(talking);
    supervisor.media.press('5');
    await hears(operator, CALLER_HZ, SUPERVISOR_HZ);
    const bob = await world.phone('bob');
    expect(await operator.transfer('sip:102@dialtree.test')).toBe(202);
    const colleague = await bob.nextCall();
    await eventually('ringback', () => toneShare(caller.media.heardSamples(-10), 425) > 0.8);
    await colleague.answer();
    await colleague.media.connected;
    colleague.media.speak(sine(OPERATOR_HZ, 1000));
    await Promise.all([hears(colleague, CALLER_HZ, SUPERVISOR_HZ), hears(supervisor, CALLER_HZ, OPERATOR_HZ)]);
    expect(mode()).toBe('whisper');
    caller.hangUp();
    await Promise.all([colleague.untilEnded(), supervisor.untilEnded()]);
  });

  test('[SU7] the notice of a recording is heard to its end, and the recording has the two only', async () => {
    const talking = await talk(sketch({ recording: 'on-request' }));
    const { caller, operator, callId } = talking;
    const supervisor = await supervise(talking);
    await hears(supervisor, CALLER_HZ, OPERATOR_HZ);
    const from = operator.media.heard.length;
    world.pbx.record(callId, 'start');
    supervisor.media.press('6');
    await isIn('join');
    await eventually('the notice', () => findSound(operator.media.heardSamples(from), PROMPT_SOUND).match > 0.8);
    await eventually('the recording', () => world.lastCall?.recording?.state === 'recording');
    await hears(caller, OPERATOR_HZ, SUPERVISOR_HZ);
    await caller.media.listen(700);
    await hangUp(talking);
    await supervisor.untilEnded();
    await eventually('the file', () => world.events.some(({ type }) => type === 'recording'));
    const sound = await readStereo(join(world.directory, 'recordings', `${callId}.wav`));
    for (const [samples, hz] of [
      [sound.left, CALLER_HZ],
      [sound.right, OPERATOR_HZ],
    ] as const) {
      expect(toneShare(samples.subarray(1600, -1600), hz)).toBeGreaterThan(0.9);
    }
  });
});

describe('[SU1] who may', () => {
  test('not an operator, not where nobody talks, not twice', async () => {
    const talking = await talk();
    const { ann, tester, callId } = talking;
    const status = async (phone: TestPhone, target: string) => (await phone.call(target)).rejectedWith;
    expect(await status(ann, superviseTarget(callId))).toBe(403);
    expect(await status(tester, superviseTarget('unknown'))).toBe(404);
    const supervisor = await supervise(talking);
    expect(await status(tester, superviseTarget(callId))).toBe(486);
    const second = await tester.call('flow.main');
    await eventually('the queue', () => world.lastCall?.phase === 'queued');
    expect(await status(tester, superviseTarget(world.lastCall!.callId))).toBe(480);
    second.hangUp();
    await hangUp(talking);
    await supervisor.untilEnded();
    expect(await status(tester, superviseTarget(callId))).toBe(404);
  });
});
