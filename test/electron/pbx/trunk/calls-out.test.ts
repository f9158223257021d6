import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../electron/pbx/system-clock.ts';
import { outsideFailureOf } from '../../../../electron/pbx/trunk/outside-call.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { passwordOf, type WorldSketch } from '../../../support/pbx-world.ts';
import { UdpPeer } from '../../../support/sip/udp-peer.ts';
import { sine, toneShare } from '../../../support/sound.ts';
import { TrunkWorld } from '../../../support/trunk-world.ts';

let trunks: TrunkWorld;
afterEach(async () => {
  await trunks.stop();
  for (const { pbx } of [trunks.world, trunks.provider]) {
    expect(pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
  }
});

/** The flow calls that number; each outcome ends it in a way that can be told. */
const calling = (number: string, data: object = {}): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'out' } },
    out: {
      type: 'external',
      data: { number, ...data },
      to: { 'no-answer': 'none', busy: 'busy', unavailable: 'away' },
    },
    none: { type: 'hang-up', data: { cause: 'normal' } },
    busy: { type: 'hang-up', data: { cause: 'busy' } },
    away: { type: 'hang-up', data: { cause: 'rejected' } },
  },
});

const ended = () => eventually('the end of the call', () => trunks.world.lastCall?.phase === 'ended');
/** How the node that calls outside was left. */
const outcome = () => trunks.world.traces().find((entry) => entry.type === 'outcome' && entry.nodeId === 'out');

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  test('[TO1] who answers outside and the caller hear each other; the caller hangs up', async () => {
    trunks = await TrunkWorld.start(calling('101'));
    const ann = await trunks.provider.phone('ann');
    await trunks.connect({ transport });
    const caller = await trunks.world.phone('tester');
    const dialling = caller.call('flow.main');
    const far = await ann.nextCall();
    await far.answer();
    const near = await dialling;
    await Promise.all([near.media.connected, far.media.connected]);
    near.media.speak(sine(600, 1000));
    far.media.speak(sine(1000, 1000));
    await eventually('the caller, outside', () => toneShare(far.media.heardSamples(-25), 600) > 0.8);
    await eventually('who is outside, at the caller', () => toneShare(near.media.heardSamples(-25), 1000) > 0.8);
    expect(trunks.states().at(-1)).toMatchObject({ status: 'registered', calls: 1 });
    expect(trunks.world.trace('answered')).toMatchObject({ by: '101' });
    near.hangUp();
    await far.untilEnded();
    await ended();
    expect(trunks.states().at(-1)).toMatchObject({ calls: 0 });
  });
});

test('[TO1] who is outside hangs up', async () => {
  trunks = await TrunkWorld.start(calling('101'));
  const ann = await trunks.provider.phone('ann');
  await trunks.connect();
  const caller = await trunks.world.phone('tester');
  const dialling = caller.call('flow.main');
  const far = await ann.nextCall();
  await far.answer();
  const near = await dialling;
  far.hangUp();
  await near.untilEnded();
  await ended();
  expect(trunks.world.lastCall?.endCause).toBe('far-end-hung-up');
});

test('[TO1] default handling goes outside, too', async () => {
  trunks = await TrunkWorld.start({ nodes: { start: { type: 'start' } } });
  const ann = await trunks.provider.phone('ann');
  const config = trunks.world.config({
    nodes: { start: { type: 'start' } },
    defaultHandling: { kind: 'external', number: '101' },
  });
  await trunks.world.pbx.configure(config);
  await trunks.connect();
  const caller = await trunks.world.phone('tester');
  const dialling = caller.call('100');
  const far = await ann.nextCall();
  await far.answer();
  await dialling;
  far.hangUp();
  await ended();
});

test('[TO2] outside sees the account of the line', async () => {
  trunks = await TrunkWorld.start(calling('101'));
  const ann = await trunks.provider.phone('ann');
  await trunks.connect();
  const caller = await trunks.world.phone('tester', { displayName: '+48600700800' });
  const near = await caller.dial('flow.main');
  const far = await ann.nextCall();
  expect(far.invite.from.uri).toContain('sip:102@');
  near.session.bye('SIP;cause=487');
  await ended();
});

describe('[TO2] whose number outside sees', () => {
  test.each([
    ['number', { callerId: '+48221112233' }, 'sip:+48221112233@', null],
    ['number', { user: 'acme' }, 'sip:acme@', null],
    ['number', { user: 'acme', mode: 'ip' }, 'sip:+48223334455@', 'sip:acme@'],
    ['caller', { callerId: '+48221112233' }, 'sip:+48600700800@', 'sip:+48221112233@'],
    ['caller', { user: 'acme', numberFormat: 'digits' }, 'sip:48600700800@', 'sip:acme@'],
  ] as const)('shows the %s, line %j: %s', async (callerId, line, shown, preferred) => {
    const numbers = ['+48223334455'];
    trunks = await TrunkWorld.start({ ...calling('+48221234567', { callerId }), numbers });
    const far = await UdpPeer.open('127.0.0.1');
    await trunks.setTrunk({ mode: 'ip', port: far.port, user: '', ...line });
    far.answer(await far.request('OPTIONS'), 200);
    await trunks.until('registered');
    const caller = await trunks.world.phone('tester', { displayName: '+48600700800' });
    const called = preferred === 'sip:acme@' ? '+48223334455' : 'flow.main';
    const dialling = caller.call(called).catch(() => undefined);
    const invite = await far.request('INVITE');
    expect(/^From: <(.*)>/m.exec(invite)?.[1]).toContain(shown);
    // What operators' phones show of the way through the flow is nobody's business outside.
    expect(invite).not.toMatch(/^X-/im);
    const identity = /^P-Preferred-Identity: <(.*)>/m.exec(invite)?.[1];
    if (preferred === null) expect(identity).toBeUndefined();
    else expect(identity).toContain(preferred);
    far.answer(invite, 603);
    await dialling;
    await ended();
    far.close();
  });
});

describe('[TO3] outcomes', () => {
  test.each([
    [486, 'busy'],
    [600, 'busy'],
    [408, 'no-answer'],
    [480, 'no-answer'],
    [403, 'unavailable'],
    [404, 'unavailable'],
    [488, 'unavailable'],
    [503, 'unavailable'],
    [603, 'unavailable'],
  ] as const)('%d is %s', (status, outcome) => expect(outsideFailureOf(status)).toBe(outcome));

  test('busy', async () => {
    trunks = await TrunkWorld.start(calling('101'));
    const ann = await trunks.provider.phone('ann');
    await trunks.connect();
    const caller = await trunks.world.phone('tester');
    const dialling = caller.call('flow.main').catch(() => undefined);
    (await ann.nextCall()).reject(486);
    await dialling;
    await ended();
    expect(outcome()).toMatchObject({ output: 'busy' });
  });

  test('nobody there', async () => {
    trunks = await TrunkWorld.start(calling('101'));
    await trunks.connect();
    const caller = await trunks.world.phone('tester');
    await caller.call('flow.main').catch(() => undefined);
    await ended();
    expect(outcome()).toMatchObject({ output: 'no-answer' });
  });

  test('a number that the provider does not know is unavailable; the status is logged, the trace says why', async () => {
    trunks = await TrunkWorld.start(calling('+48221234567'));
    await trunks.connect();
    const caller = await trunks.world.phone('tester');
    await caller.call('flow.main').catch(() => undefined);
    await ended();
    expect(outcome()).toMatchObject({ output: 'unavailable' });
    expect(trunks.world.logs('trunk.rejected')).toMatchObject([{ fields: { status: 404 } }]);
    expect(trunks.world.trace('outside-failed')).toMatchObject({ number: '+48221234567', code: 'trunk/rejected' });
  });

  test('[TO4] when the time to ring is over the call is cancelled: no-answer', async () => {
    trunks = await TrunkWorld.start(calling('101', { rings: 1 }));
    const ann = await trunks.provider.phone('ann');
    await trunks.connect();
    const caller = await trunks.world.phone('tester');
    const dialling = caller.call('flow.main').catch(() => undefined);
    const far = await ann.nextCall();
    far.ring();
    await far.untilEnded();
    await dialling;
    await ended();
    expect(outcome()).toMatchObject({ output: 'no-answer' });
  });
});

test('[TO4] a caller who gives up stops the ringing outside', async () => {
  trunks = await TrunkWorld.start(calling('101'));
  const ann = await trunks.provider.phone('ann');
  await trunks.connect();
  const caller = await trunks.world.phone('tester');
  const near = await caller.dial('flow.main');
  const far = await ann.nextCall();
  far.ring();
  if ('cancel' in near.session) near.session.cancel('SIP;cause=487');
  await far.untilEnded();
  await ended();
});

describe('[TO5] without a line that works', () => {
  test('a wrong password makes calls unavailable at once', async () => {
    trunks = await TrunkWorld.start(calling('101'));
    await trunks.setTrunk({ password: 'wrong' });
    expect(await trunks.until('refused')).toMatchObject({ sipStatus: 403 });
    const caller = await trunks.world.phone('tester');
    await caller.call('flow.main').catch(() => undefined);
    await ended();
    expect(trunks.world.trace('outside-failed')).toMatchObject({ code: 'trunk/line-down' });
    // What was never sent counts for no limit.
    expect(readFileSync(join(trunks.world.directory, 'calls.txt'), 'utf8')).toBe('');
    expect(JSON.stringify(trunks.world.events)).not.toContain('wrong"');
  });

  test('emergency calls are tried all the same', async () => {
    trunks = await TrunkWorld.start(calling('112'));
    await trunks.setTrunk({ password: 'wrong' });
    await trunks.until('refused');
    const caller = await trunks.world.phone('tester');
    await caller.call('flow.main').catch(() => undefined);
    await ended();
    expect(trunks.world.trace('outside-failed')).toMatchObject({ code: 'trunk/rejected' });
  });
});

describe('toll fraud', () => {
  test.each([
    ['+48701234567', 'trunk/premium'],
    ['+442071234567', 'trunk/not-allowed'],
  ])('[TF7] %s is refused in trace and log: %s', async (number, code) => {
    trunks = await TrunkWorld.start(calling(number));
    await trunks.connect();
    const caller = await trunks.world.phone('tester');
    await caller.call('flow.main').catch(() => undefined);
    await ended();
    expect(outcome()).toMatchObject({ output: 'unavailable' });
    expect(trunks.world.trace('outside-failed')).toMatchObject({ number, code });
    expect(trunks.world.logs('trunk.refused')).toMatchObject([{ fields: { code, number } }]);
    expect(trunks.provider.calls()).toEqual([]);
  });
});

test('[TG6] the password is in no event', async () => {
  trunks = await TrunkWorld.start(calling('101'));
  await trunks.connect();
  expect(JSON.stringify(trunks.world.events)).not.toContain(passwordOf('102'));
});

test('[TF6] a call that has lasted as long as it may: both hear the busy tone, then it ends, which is logged', async () => {
  // The minute of the limit passes in 300 ms.
  const after: Clock['after'] = (delayMs, fire) => systemClock.after(delayMs === 60_000 ? 300 : delayMs, fire);
  const clock: Clock = { nowMs: () => systemClock.nowMs(), wallMs: () => systemClock.wallMs(), after };
  trunks = await TrunkWorld.start(calling('101'), { clock });
  const ann = await trunks.provider.phone('ann');
  await trunks.connect({ limits: { maxMinutesPerCall: 1 } });
  const caller = await trunks.world.phone('tester');
  const dialling = caller.call('flow.main');
  const far = await ann.nextCall();
  await far.answer();
  const near = await dialling;
  await Promise.all([near.media.connected, far.media.connected]);
  const isBusyTone = (samples: Int16Array) => toneShare(samples, 425) > 0.8;
  await eventually('the tone here', () => isBusyTone(near.media.heardSamples(-10)));
  await eventually('the tone outside', () => isBusyTone(far.media.heardSamples(-10)));
  await Promise.all([near.untilEnded(), far.untilEnded()]);
  await ended();
  expect(trunks.world.lastCall?.endCause).toBe('trunk/too-long');
  expect(trunks.world.logs('trunk.too-long')).toMatchObject([{ fields: { code: 'trunk/too-long', number: '101' } }]);
});
