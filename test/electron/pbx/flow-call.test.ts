import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeCallerContext } from '../../../shared/bridge/caller-context.ts';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND, type WorldSketch } from '../../support/pbx-world.ts';
import type { TestCall } from '../../support/phone/test-call.ts';
import { findSound, rms, sine, toneShare } from '../../support/sound.ts';

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  // Nothing may be left behind, however the call ended.
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: {
      type: 'menu',
      data: { prompt: 'Press', keys: ['2', '3', '4', '5'], directDial: { kind: 'everyone' } },
      to: { 'key:5': 'bye', 'key:2': 'ann', 'key:3': 'wait', 'key:4': 'busy' },
    },
    bye: { type: 'hang-up' },
    busy: { type: 'hang-up', data: { cause: 'busy' } },
    ann: {
      type: 'employee',
      data: { people: ['ann', 'bob'] },
      to: { 'no-answer': 'bye', unavailable: 'bye', busy: 'bye' },
    },
    wait: { type: 'queue', data: { queueId: 'help', breakOutKey: '9' }, to: { 'key-pressed': 'bye', timeout: 'bye' } },
  },
  queues: { help: { members: [{ personId: 'ann' }, { personId: 'bob' }], strategy: 'ringall' } },
};

/** A tester in the menu, able to press keys. */
async function callMenu(displayName = '+48123456789'): Promise<TestCall> {
  const phone = await world.phone('tester', { displayName });
  const call = await phone.call('flow.main');
  await call.media.connected;
  return call;
}

const ended = () => eventually('the end of the call', () => world.lastCall?.phase === 'ended' && world.lastCall);

describe('decisions of the flow', () => {
  test.each([
    ['open', 'busy'],
    ['closed', 'rejected'],
  ])('a schedule that is %s by hand', async (override, cause) => {
    world = await PbxWorld.start({
      nodes: {
        start: { type: 'start', to: { next: 'hours' } },
        hours: { type: 'schedule', data: { scheduleId: 'office' }, to: { open: 'busy', closed: 'rejected' } },
        busy: { type: 'hang-up', data: { cause: 'busy' } },
        rejected: { type: 'hang-up', data: { cause: 'rejected' } },
      },
      schedules: { office: { name: 'Office', timeZone: 'Europe/Warsaw', weekly: [], override } },
    });
    const phone = await world.phone('tester');
    await phone.call('flow.main').catch(() => undefined);
    expect((await ended()).endCause).toBe(cause);
    expect(world.traces().map((entry) => ('output' in entry ? entry.output : entry.type))).toContain(override);
  });
});

test('[DL5] a number outside is not reachable without a trunk, which the log says', async () => {
  world = await PbxWorld.start({
    nodes: {
      start: { type: 'start', to: { next: 'out' } },
      out: { type: 'external', data: { number: '+48221234567' }, to: { unavailable: 'bye' } },
      bye: { type: 'hang-up', data: { cause: 'busy' } },
    },
  });
  const phone = await world.phone('tester');
  await phone.call('flow.main').catch(() => undefined);
  expect((await ended()).endCause).toBe('busy');
  expect(world.trace('dialled')).toMatchObject({ number: '+48221234567', people: [] });
  expect(world.logs('pbx.outside-failed')).toMatchObject([{ level: 'warn', fields: { number: '+48221234567' } }]);
});

test('[CO1] the answer about being recorded is in the record of the call', async () => {
  world = await PbxWorld.start({
    nodes: {
      start: { type: 'start', to: { next: 'ask' } },
      ask: { type: 'consent', data: { prompt: 'May we?' }, to: { agreed: 'bye', refused: 'bye', 'no-input': 'bye' } },
      bye: { type: 'hang-up' },
    },
  });
  const call = await callMenu();
  expect(world.lastCall).not.toHaveProperty('recordingConsent');
  call.media.press('1');
  expect((await ended()).recordingConsent).toBe(true);
});

test('[LA1] an operator sees the language that the caller chose', async () => {
  world = await PbxWorld.start({
    nodes: {
      start: { type: 'start', to: { next: 'polish' } },
      polish: { type: 'language', data: { language: 'pl' }, to: { next: 'ann' } },
      ann: { type: 'employee', data: { people: ['ann'] } },
    },
  });
  const ann = await world.phone('ann');
  const call = await callMenu();
  const ringing = await ann.nextCall();
  expect(decodeCallerContext((name) => ringing.invite.headers.get(name))?.language).toBe('pl');
  call.hangUp();
  await ended();
});

describe('a call back', () => {
  const sketch: WorldSketch = {
    nodes: {
      start: { type: 'start', to: { next: 'back' } },
      back: { type: 'callback', data: { queueId: 'help' }, to: { requested: 'busy', 'not-possible': 'rejected' } },
      busy: { type: 'hang-up', data: { cause: 'busy' } },
      rejected: { type: 'hang-up', data: { cause: 'rejected' } },
    },
    queues: { help: { members: [{ personId: 'ann' }] } },
  };

  test.each([
    [true, 'busy', 0],
    [false, 'rejected', 1],
  ])('[CB1] kept: %s', async (kept, cause, warnings) => {
    world = await PbxWorld.start(sketch);
    const phone = await world.phone('tester', { displayName: '+48123456789' });
    const call = phone.call('flow.main').catch(() => undefined);
    const event = await eventually('a wish', () => world.events.find(({ type }) => type === 'keep-callback'));
    if (event.type !== 'keep-callback') throw new Error('not a wish');
    expect(event.wish).toMatchObject({ number: '+48123456789', queueId: 'help' });
    const callback = { id: 'x', ...event.wish, requestedAtMs: Date.now() };
    world.pbx.handleCallbackKept('another', kept ? null : callback);
    world.pbx.handleCallbackKept(event.requestId, kept ? callback : null);
    await call;
    expect((await ended()).endCause).toBe(cause);
    expect(world.logs('pbx.callback-not-kept')).toHaveLength(warnings);
  });
});

describe('chance', () => {
  test.each([
    [0.2, 'busy'],
    [0.9, 'rejected'],
  ])('[RN1] a drawn %s', async (drawn, cause) => {
    const branches = [
      { id: 'a', weight: 1 },
      { id: 'b', weight: 3 },
    ];
    world = await PbxWorld.start(
      {
        nodes: {
          start: { type: 'start', to: { next: 'split' } },
          split: { type: 'random', data: { branches }, to: { 'branch:a': 'busy', 'branch:b': 'rejected' } },
          busy: { type: 'hang-up', data: { cause: 'busy' } },
          rejected: { type: 'hang-up', data: { cause: 'rejected' } },
        },
      },
      { random: () => drawn },
    );
    const phone = await world.phone('tester');
    await phone.call('flow.main').catch(() => undefined);
    expect((await ended()).endCause).toBe(cause);
  });
});

describe('in the menu', () => {
  test('the prompt is heard from its beginning, a key by RFC 4733 acts once and at once', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    const heard = await call.media.listen(400);
    expect(findSound(heard, PROMPT_SOUND.subarray(160, 960)).match).toBeGreaterThan(0.97);
    call.media.press('5');
    expect(await call.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
    expect((await ended()).endCause).toBe('normal');
    expect(world.traces().filter((entry) => entry.type === 'digit')).toHaveLength(1);
  });

  test('a key by INFO acts too', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    expect((await call.pressByInfo('4')).status).toBe(200);
    await call.untilEnded();
    expect((await ended()).endCause).toBe('busy');
  });

  test('what is heard is one RTP stream, 50 packets a second, without a gap', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    await call.media.listen(600);
    const { heard } = call.media;
    const steps = heard.slice(1).map((packet, at) => {
      const before = heard[at];
      return [
        (packet.sequence - (before?.sequence ?? 0)) & 0xffff,
        (packet.timestamp - (before?.timestamp ?? 0)) >>> 0,
      ];
    });
    expect(new Set(steps.map(String))).toEqual(new Set(['1,160']));
    const [first, last] = [heard[0]?.atMs ?? 0, heard.at(-1)?.atMs ?? 0];
    expect((last - first) / (heard.length - 1)).toBeCloseTo(20, 0);
  });

  test('the caller hangs up', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    call.hangUp();
    expect((await ended()).endCause).toBe('caller-hung-up');
    expect(world.trace('ended')).toMatchObject({ by: 'caller' });
  });

  test('a caller whose connection is gone ends after the grace', async () => {
    world = await PbxWorld.start(sketch, { reconnectGraceMs: 50 });
    const call = await callMenu();
    call.phone.flow.close();
    expect((await ended()).endCause).toBe('connection-lost');
  });

  test('a browser whose media never comes up is hung up, with the cause', async () => {
    world = await PbxWorld.start(sketch, { connectTimeoutMs: 200 });
    const phone = await world.phone('tester');
    const call = await phone.dial('flow.main');
    await eventually('an answer', () => call.answeredAtMs !== undefined);
    await call.media.close();
    await call.untilEnded();
    expect((await ended()).endCause).toBe('media-failed');
    expect(phone.received.at(-1)).toContain('Q.850;cause=41');
  });

  test('a prompt whose file is gone is an error, not silence', async () => {
    world = await PbxWorld.start(sketch);
    await rm(join(world.directory, 'prompt.wav'));
    const phone = await world.phone('tester');
    await phone.call('flow.main');
    await ended();
    expect(world.trace('prompt-failed')).toMatchObject({ nodeId: 'menu', reason: 'audio/missing' });
    expect(world.logs('pbx.prompt-failed')).toHaveLength(1);
  });

  test('a supervisor ends the call', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    world.pbx.hangUp('unknown');
    world.pbx.hangUp(world.lastCall?.callId ?? '');
    await call.untilEnded();
    expect((await ended()).endCause).toBe('hung-up-by-supervisor');
  });

  test('a call keeps the program it began with', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    await world.pbx.configure(
      world.config({ nodes: { start: { type: 'start', to: { next: 'bye' } }, bye: { type: 'hang-up' } } }),
    );
    call.media.press('4');
    await call.untilEnded();
    expect((await ended()).endCause).toBe('busy');
  });
});

describe('an operator is rung', () => {
  test('with the caller’s number, the way through the menu and the keys; both hear each other; the operator hangs up', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const call = await callMenu();
    call.media.press('2');
    const ringing = await ann.nextCall();
    expect(ringing.invite.from).toMatchObject({ uri: 'sip:+48123456789@dialtree.test' });
    const context = decodeCallerContext((name) => ringing.invite.headers.get(name));
    expect(context).toMatchObject({
      queue: null,
      path: [{ node: 'Node start' }, { node: 'Node menu', digits: '2' }, { node: 'Node ann' }],
    });
    expect(context?.callId).toBe(world.lastCall?.callId);
    expect(world.lastCall?.phase).toBe('ringing');

    const ringback = await call.media.listen(300);
    expect(toneShare(ringback.subarray(800), 425)).toBeGreaterThan(0.9);

    await ringing.answer();
    await ringing.media.connected;
    await eventually('talking', () => world.lastCall?.phase === 'talking');
    call.media.speak(sine(600, 200));
    ringing.media.speak(sine(1000, 200));
    await call.media.listen(100);
    const [atCaller, atAnn] = await Promise.all([call.media.listen(200), ringing.media.listen(200)]);
    expect(toneShare(atCaller, 1000)).toBeGreaterThan(0.95);
    expect(toneShare(atAnn, 600)).toBeGreaterThan(0.95);

    ringing.hangUp();
    await call.untilEnded();
    expect(await ended()).toMatchObject({ endCause: 'far-end-hung-up', personId: 'ann' });
    expect(world.trace('answered')).toMatchObject({ by: 'ann' });
  });

  test('the caller hangs up: the operator is told', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const call = await callMenu();
    call.media.press('2');
    const ringing = await ann.nextCall();
    await ringing.answer();
    await eventually('talking', () => world.lastCall?.phase === 'talking');
    call.hangUp();
    expect(await ringing.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
    expect((await ended()).endCause).toBe('caller-hung-up');
  });

  test('the caller gives up while it rings: it stops', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const call = await callMenu();
    call.media.press('2');
    const ringing = await ann.nextCall();
    call.hangUp();
    expect(await ringing.untilEnded()).toEqual({ by: 'remote', cause: 'cancel' });
  });

  test('who declines is passed over; nobody registered is unavailable', async () => {
    world = await PbxWorld.start(sketch);
    const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
    const call = await callMenu();
    call.media.press('2');
    (await ann.nextCall()).reject(603);
    (await bob.nextCall()).reject(486);
    await call.untilEnded();
    expect(
      world
        .traces()
        .filter((entry) => entry.type === 'outcome')
        .at(-1),
    ).toMatchObject({ output: 'busy' });
  });

  test('an extension dialled in the menu reaches that person', async () => {
    world = await PbxWorld.start(sketch);
    const eve = await world.phone('eve');
    const call = await callMenu();
    for (const digit of ['1', '0', '3'] as const) call.media.press(digit);
    await (await eve.nextCall()).answer();
    await eventually('talking', () => world.lastCall?.phase === 'talking');
    expect(world.lastCall?.personId).toBe('eve');
    expect(world.trace('answered')).toMatchObject({ by: 'eve' });
    call.hangUp();
    await ended();
  });

  test('hold: the caller hears music, the operator nothing; then both each other again', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const call = await callMenu();
    call.media.press('2');
    const ringing = await ann.nextCall();
    await ringing.answer();
    await ringing.media.connected;
    call.media.speak(sine(600, 200));
    ringing.media.speak(sine(1000, 200));
    await ringing.media.listen(100);

    expect(await ringing.setDirection('sendonly')).toBe('recvonly');
    const before = ringing.media.heard.length;
    const music = await call.media.listen(400);
    expect(rms(music.subarray(800))).toBeGreaterThan(300);
    expect(toneShare(music.subarray(1600), 1000)).toBeLessThan(0.5);
    expect(ringing.media.heard.length - before).toBeLessThanOrEqual(2);

    expect(await ringing.setDirection('inactive')).toBe('inactive');
    expect(await ringing.setDirection('sendrecv')).toBe('sendrecv');
    await call.media.listen(60);
    expect(toneShare(await call.media.listen(200), 1000)).toBeGreaterThan(0.95);
    expect(toneShare(await ringing.media.listen(100), 600)).toBeGreaterThan(0.95);
    call.hangUp();
    await ended();
  });

  test('an operator whose connection is gone may come back; the conversation goes on meanwhile', async () => {
    world = await PbxWorld.start(sketch, { reconnectGraceMs: 2000 });
    const ann = await world.phone('ann');
    const call = await callMenu();
    call.media.press('2');
    const ringing = await ann.nextCall();
    await ringing.answer();
    await ringing.media.connected;
    ringing.media.speak(sine(1000, 200));
    ann.flow.close();
    await eventually('the loss', () => world.logs('sip.connection-lost').length > 0);
    expect(toneShare(await call.media.listen(200), 1000)).toBeGreaterThan(0.5);
    await ann.connect();
    expect(await ann.register()).toBe(200);
    expect((await ringing.request('UPDATE', '')).status).toBe(200);
    call.hangUp();
    expect(await ringing.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
  });

  test('an operator who stays away does not leave the caller in silence', async () => {
    world = await PbxWorld.start(sketch, { reconnectGraceMs: 50 });
    const ann = await world.phone('ann');
    const call = await callMenu();
    call.media.press('2');
    await (await ann.nextCall()).answer();
    await eventually('talking', () => world.lastCall?.phase === 'talking');
    ann.flow.close();
    await call.untilEnded();
    expect((await ended()).endCause).toBe('connection-lost');
  });
});

describe('in a queue', () => {
  test('music while waiting; the members ring together; the loser is told it was answered elsewhere', async () => {
    world = await PbxWorld.start(sketch);
    const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
    const call = await callMenu();
    call.media.press('3');
    const [atAnn, atBob] = await Promise.all([ann.nextCall(), bob.nextCall()]);
    expect(world.lastCall).toMatchObject({ phase: 'queued', queueId: 'help' });
    expect(rms((await call.media.listen(400)).subarray(1600))).toBeGreaterThan(300);
    expect(decodeCallerContext((name) => atAnn.invite.headers.get(name))?.queue).toBe('help');
    await atBob.answer();
    expect(await atAnn.untilEnded()).toEqual({ by: 'remote', cause: 'cancel' });
    expect(ann.received.find((text) => text.startsWith('CANCEL'))).toContain(
      'Reason: SIP;cause=200;text="Call completed elsewhere"',
    );
    await eventually('talking', () => world.lastCall?.phase === 'talking');
    atBob.hangUp();
    await call.untilEnded();
    expect(world.trace('answered')).toMatchObject({ by: 'bob' });
  });

  test('a member who registers while someone waits is rung at once', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    call.media.press('3');
    await eventually('queued', () => world.lastCall?.phase === 'queued');
    const ann = await world.phone('ann');
    await (await ann.nextCall()).answer();
    await eventually('talking', () => world.lastCall?.phase === 'talking');
    call.hangUp();
    await ended();
  });

  test('two callers, one member: first come, first served, the second when the first is done', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const first = await callMenu('+481');
    first.media.press('3');
    const ringing = await ann.nextCall();
    const second = await callMenu('+482');
    second.media.press('3');
    await eventually('both queued', () => world.traces().filter((entry) => entry.type === 'queued').length === 2);
    await ringing.answer();
    expect(ringing.invite.from.uri).toContain('+481');
    await eventually('talking', () => world.trace('answered'));
    expect(ann.incoming).toHaveLength(0);
    first.hangUp();
    const next = await ann.nextCall();
    expect(next.invite.from.uri).toContain('+482');
    second.hangUp();
    await next.untilEnded();
  });

  test('the break-out key leaves it, other keys do not', async () => {
    world = await PbxWorld.start(sketch);
    const call = await callMenu();
    call.media.press('3');
    await eventually('queued', () => world.lastCall?.phase === 'queued');
    call.media.press('5');
    call.media.press('9');
    await call.untilEnded();
    expect(
      world
        .traces()
        .filter((entry) => entry.type === 'outcome')
        .at(-1),
    ).toMatchObject({ output: 'key-pressed' });
  });
});

test('a number that only rings somebody is answered when they answer; the caller may hear ringback by 180', async () => {
  world = await PbxWorld.start({
    nodes: { start: { type: 'start', to: { next: 'bye' } }, bye: { type: 'hang-up' } },
  });
  const config = world.config({ nodes: { start: { type: 'start' } } });
  const dial = {
    op: 'dial',
    origin: { flowId: '', nodeId: 'default:n' },
    people: ['ann'],
    mode: 'all',
    ringMs: 5000,
  } as const;
  const exit = { output: 'x', to: null };
  const ops = { ...config.program.ops, 'default:n': { ...dial, noAnswer: exit, busy: exit, unavailable: exit } };
  const numbers = { n: { number: '100', entry: null, defaultHandling: 'default:n' } };
  await world.pbx.configure({ ...config, program: { ...config.program, ops, numbers } });
  const ann = await world.phone('ann');
  const tester = await world.phone('tester');
  const call = await tester.dial('100');
  const ringing = await ann.nextCall();
  await eventually('180', () => call.rang);
  expect(call.answeredAtMs).toBeUndefined();
  await ringing.answer();
  await eventually('the answer', () => call.answeredAtMs !== undefined);
  await eventually('talking', () => world.lastCall?.phase === 'talking');
  call.hangUp();
  await ringing.untilEnded();

  // Nobody there: refused, never answered.
  await ann.close();
  await eventually('ann gone', () => world.events.at(-1)?.type === 'registrations');
  const refused = await tester.call('100');
  expect([refused.rejectedWith, refused.answeredAtMs]).toEqual([500, undefined]);
});

test('tells what runs down while it waits for a key, and nothing after', async () => {
  world = await PbxWorld.start(sketch);
  const call = await callMenu();
  const waiting = await eventually('the wait for a key', () => world.lastCall?.countdown && world.lastCall);
  expect(waiting.countdown).toMatchObject({ flowId: 'main', nodeId: 'menu', wait: 'digit' });
  const { endsAtMs, durationMs } = waiting.countdown!;
  expect(endsAtMs - durationMs).toBeGreaterThanOrEqual(waiting.startedAtMs);
  call.media.press('5');
  expect((await ended()).countdown).toBeNull();
});
