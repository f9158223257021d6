import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import type { WorldSketch } from '../../../support/pbx-world.ts';
import { portOf, UdpPeer } from '../../../support/sip/udp-peer.ts';
import { sine, toneShare } from '../../../support/sound.ts';
import { TrunkWorld } from '../../../support/trunk-world.ts';

let trunks: TrunkWorld;
afterEach(async () => {
  await trunks.stop();
  for (const { pbx } of [trunks.world, trunks.provider]) {
    expect(pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
  }
});

const sketch: WorldSketch = {
  numbers: ['102', '+48221234567'],
  nodes: {
    start: { type: 'start', to: { next: 'hello' } },
    hello: { type: 'say', data: { prompt: 'Hello' }, to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'bob' }] } },
};

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  test('[TN2] a call from the provider enters the flow of the number and reaches an operator; both hear each other', async () => {
    trunks = await TrunkWorld.start(sketch);
    await trunks.connect({ transport });
    const bob = await trunks.world.phone('bob');
    const ann = await trunks.provider.phone('ann');
    const near = await ann.call('102');
    const operator = await bob.nextCall();
    expect(operator.invite.from.uri).toContain('101');
    await operator.answer();
    await Promise.all([near.media.connected, operator.media.connected]);
    near.media.speak(sine(600, 1000));
    operator.media.speak(sine(1000, 1000));
    await eventually('the caller, at the operator', () => toneShare(operator.media.heardSamples(-25), 600) > 0.8);
    await eventually('the operator, outside', () => toneShare(near.media.heardSamples(-25), 1000) > 0.8);
    expect(trunks.states().at(-1)).toMatchObject({ calls: 1 });
    expect(trunks.world.lastCall).toMatchObject({ dialled: '102', caller: { number: '101' } });
    near.hangUp();
    await operator.untilEnded();
    await eventually('the end', () => trunks.world.lastCall?.phase === 'ended');
    expect(trunks.states().at(-1)).toMatchObject({ calls: 0 });
  });
});

test('[TN2] a number that nobody set is not found; extensions and flows are no numbers', async () => {
  trunks = await TrunkWorld.start({ nodes: sketch.nodes, queues: sketch.queues ?? {} });
  await trunks.connect();
  const ann = await trunks.provider.phone('ann');
  const near = await ann.call('102');
  // The provider makes its own failure of our 404.
  expect(near.rejectedWith).toBe(480);
  expect(trunks.world.logs('trunk.not-found')).toMatchObject([{ fields: { dialled: '102' } }]);
  expect(trunks.world.calls()).toEqual([]);
});

const OFFER = {
  method: 'INVITE',
  headers: ['Contact: <sip:far@127.0.0.1>', 'Content-Type: application/sdp'],
  body: [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=audio 40000 RTP/AVP 0',
    'a=rtpmap:0 PCMU/8000',
    '',
  ].join('\r\n'),
};

describe('mode ip', () => {
  /** A line to a peer that answers OPTIONS itself; gives its own port. */
  async function line(): Promise<{ far: UdpPeer; linePort: number }> {
    trunks = await TrunkWorld.start(sketch);
    const far = await UdpPeer.open('127.0.0.1');
    await trunks.setTrunk({ mode: 'ip', port: far.port, user: '' });
    const linePort = portOf(await far.request('OPTIONS'));
    return { far, linePort };
  }

  test('[TN1] calls are taken from the address of the far end, from strangers they are refused and logged', async () => {
    const { far, linePort } = await line();
    const stranger = await UdpPeer.open('127.0.0.2');
    const invite = { ...OFFER, uri: 'sip:+48221234567@127.0.0.1', from: 'sip:+48600700800@127.0.0.1' };
    expect(await stranger.ask(linePort, invite)).toBe(403);
    expect(await stranger.ask(linePort, { method: 'OPTIONS' })).toBe(403);
    expect(await stranger.ask(linePort, { method: 'REGISTER' })).toBe(403);
    expect(trunks.world.calls()).toEqual([]);
    const logged = trunks.world.logs('trunk.stranger');
    expect(logged).toMatchObject([{ level: 'warn', fields: { address: '127.0.0.2', method: 'INVITE' } }]);
    expect(await far.ask(linePort, invite)).toBe(200);
    expect(trunks.world.lastCall).toMatchObject({ dialled: '+48221234567', caller: { number: '+48600700800' } });
    for (const one of [far, stranger]) one.close();
  });

  test.each(['0048221234567', '48221234567', '221234567'])('[TN2] %s is the same number', async (called) => {
    const { far, linePort } = await line();
    expect(await far.ask(linePort, { ...OFFER, uri: `sip:${called}@127.0.0.1` })).toBe(200);
    far.close();
  });

  test('[TN2] the number may stand in To', async () => {
    const { far, linePort } = await line();
    const invite = { ...OFFER, uri: 'sip:dialtree@127.0.0.1', to: 'sip:+48221234567@provider' };
    expect(await far.ask(linePort, invite)).toBe(200);
    expect(trunks.world.lastCall?.dialled).toBe('+48221234567');
    far.close();
  });

  test.each(['101', 'flow.main', 'tester', '999'])('[TN2] %s is not found', async (called) => {
    const { far, linePort } = await line();
    expect(await far.ask(linePort, { ...OFFER, uri: `sip:${called}@127.0.0.1` })).toBe(404);
    far.close();
  });

  test.each([
    [['P-Asserted-Identity: "Jan" <sip:+48111222333@provider>'], { number: '+48111222333', name: 'Jan' }],
    [['P-Asserted-Identity: <tel:+48111222333>'], { number: '+48111222333', name: '' }],
    [['P-Asserted-Identity: <sip:+48111222333@provider>', 'Privacy: id'], { number: '', name: '' }],
    [['X-Dialtree-Caller: +48999'], { number: '+48600700800', name: '' }],
  ])('[TN3] the caller by %j', async (headers, caller) => {
    const { far, linePort } = await line();
    const from = { from: 'sip:+48600700800@provider', headers: [...OFFER.headers, ...headers] };
    expect(await far.ask(linePort, { ...OFFER, uri: 'sip:+48221234567@127.0.0.1', ...from })).toBe(200);
    expect(trunks.world.lastCall?.caller).toEqual(caller);
    far.close();
  });

  test('[TN3] anonymous callers are withheld', async () => {
    const { far, linePort } = await line();
    const anonymous = { uri: 'sip:+48221234567@127.0.0.1', from: 'sip:anonymous@anonymous.invalid' };
    expect(await far.ask(linePort, { ...OFFER, ...anonymous })).toBe(200);
    expect(trunks.world.lastCall?.caller).toEqual({ number: '', name: '' });
    far.close();
  });
});
