import { afterEach, expect, test } from 'vitest';
import { Pbx } from '../../../electron/pbx/pbx.ts';
import { systemClock } from '../../../electron/pbx/system-clock.ts';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld, REALM, type WorldSketch } from '../../support/pbx-world.ts';
import { TestPhone } from '../../support/phone/test-phone.ts';
import { sine, toneShare } from '../../support/sound.ts';

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'say' } },
    say: { type: 'say', data: { prompt: 'Hello' }, to: { next: 'bye' } },
    bye: { type: 'hang-up' },
  },
};

test('registrations are told with the number of phones', async () => {
  world = await PbxWorld.start(sketch);
  const ann = await world.phone('ann');
  await world.phone('tester');
  await world.phone('tester');
  const last = () => world.events.findLast((event) => event.type === 'registrations');
  expect(last()).toEqual({
    type: 'registrations',
    registrations: [
      { user: '101', personId: 'ann', contacts: 1 },
      { user: 'tester', personId: null, contacts: 2 },
    ],
  });
  expect(await ann.register(0)).toBe(200);
  expect(last()).toMatchObject({ registrations: [{ user: 'tester', contacts: 2 }] });
});

test.each(['MD5', 'SHA-256'] as const)(
  'registers by %s; a wrong password is forbidden and logged without it',
  async (algorithm) => {
    world = await PbxWorld.start(sketch);
    const options = { wsUrl: world.wsUrl, user: '101', realm: REALM, algorithm };
    const right = await new TestPhone({ ...options, password: 'secret of 101' }).connect();
    const wrong = await new TestPhone({ ...options, password: 'a wrong guess' }).connect();
    world.phones.push(right, wrong);
    expect(await right.register()).toBe(200);
    expect(await wrong.register()).toBe(403);
    expect(world.logs('sip.auth-failed')).toHaveLength(1);
    expect(JSON.stringify(world.events)).not.toContain('wrong guess');
  },
);

test('an unknown number is 404, an unregistered caller is challenged', async () => {
  world = await PbxWorld.start(sketch);
  const tester = await world.phone('tester');
  for (const target of ['999', 'flow.nope', 'flow.toString', '__proto__']) {
    expect((await tester.call(target)).rejectedWith).toBe(404);
  }
  const stranger = await new TestPhone({ ...tester.options }).connect();
  world.phones.push(stranger);
  expect((await stranger.request('OPTIONS', 'sip:x@y')).status).toBe(407);
});

test('a number of the dial plan enters its flow, and the flow ends the call', async () => {
  world = await PbxWorld.start(sketch);
  const tester = await world.phone('tester');
  const call = await tester.call('100');
  await call.untilEnded();
  await eventually('the end', () => world.lastCall?.phase === 'ended');
  expect(world.lastCall).toMatchObject({ dialled: '100', flowId: 'main', endCause: 'normal' });
  expect(world.traces().map((entry) => entry.type)).toEqual([
    'call-started',
    'node-entered',
    'outcome',
    'node-entered',
    'prompt-started',
    'prompt-finished',
    'outcome',
    'node-entered',
    'ended',
  ]);
});

test('a person calls a colleague: 180, talk both ways, hang up either way; busy meanwhile', async () => {
  world = await PbxWorld.start(sketch);
  const [ann, bob, eve] = [await world.phone('ann'), await world.phone('bob'), await world.phone('eve')];
  const call = await ann.dial('102');
  const ringing = await bob.nextCall();
  expect(ringing.invite.from).toMatchObject({ displayName: 'ann', uri: 'sip:101@dialtree.test' });
  await eventually('180', () => call.rang);
  await ringing.answer();
  await Promise.all([call.media.connected, ringing.media.connected]);
  call.media.speak(sine(600, 200));
  ringing.media.speak(sine(1000, 200));
  await call.media.listen(60);
  const [atAnn, atBob] = await Promise.all([call.media.listen(200), ringing.media.listen(200)]);
  expect(toneShare(atAnn, 1000)).toBeGreaterThan(0.95);
  expect(toneShare(atBob, 600)).toBeGreaterThan(0.95);
  expect((await eve.call('101')).rejectedWith).toBe(486);
  ringing.hangUp();
  expect(await call.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
});

test('a colleague who is away is 480, who declines is 486, and a call may be cancelled', async () => {
  world = await PbxWorld.start(sketch);
  const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
  expect((await ann.call('103')).rejectedWith).toBe(480);
  const declined = ann.call('102');
  (await bob.nextCall()).reject(603);
  expect((await declined).rejectedWith).toBe(486);
  const call = await ann.dial('102');
  const ringing = await bob.nextCall();
  await eventually('180', () => call.rang);
  if ('cancel' in call.session) call.session.cancel('SIP;cause=487');
  expect(await ringing.untilEnded()).toEqual({ by: 'remote', cause: 'cancel' });
});

test('an offer without our codecs is 488, without any offer too', async () => {
  world = await PbxWorld.start(sketch);
  const tester = await world.phone('tester');
  const headers = [['Contact', `<${tester.contact}>`] as const, ['Content-Type', 'application/sdp'] as const];
  const sdp =
    'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 speex/16000\r\na=ice-ufrag:abcd\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaa\r\na=fingerprint:sha-256 AA\r\n';
  expect((await tester.request('INVITE', `sip:100@${REALM}`, headers, sdp)).status).toBe(488);
  expect((await tester.request('INVITE', `sip:100@${REALM}`, headers)).status).toBe(488);
  await eventually('the end', () => world.pbx.load.calls === 0);
});

test('more calls than allowed are refused with 503', async () => {
  world = await PbxWorld.start(sketch, { maxCalls: 1 });
  const tester = await world.phone('tester');
  const first = await tester.call('100');
  expect((await tester.call('100')).rejectedWith).toBe(503);
  await first.untilEnded();
});

test('configure names the prompts that have no file, and takes accounts away', async () => {
  world = await PbxWorld.start(sketch);
  const ann = await world.phone('ann');
  const config = world.config(sketch);
  const [key = ''] = Object.keys(config.program.prompts);
  expect(await world.pbx.configure(config)).toEqual([]);
  expect(await world.pbx.configure({ ...config, audio: {} })).toEqual([key]);
  expect(await world.pbx.configure({ ...config, audio: { [key]: '/nowhere.wav' }, accounts: [] })).toEqual([key]);
  expect(world.events.findLast((event) => event.type === 'registrations')).toMatchObject({ registrations: [] });
  expect((await ann.request('OPTIONS', 'sip:x@y')).status).toBe(407);
});

test('a port in use fails with a code and a hint', async () => {
  world = await PbxWorld.start(sketch);
  const port = Number(new URL(world.wsUrl).port);
  const second = new Pbx({ clock: systemClock, emit: () => {} });
  await expect(second.start({ host: '127.0.0.1', port, realm: REALM })).rejects.toMatchObject({
    code: 'pbx/port-in-use',
    hint: expect.any(String),
  });
  await second.stop();
});

test('stop hangs up every call', async () => {
  world = await PbxWorld.start(sketch);
  const [tester, ann, bob] = [await world.phone('tester'), await world.phone('ann'), await world.phone('bob')];
  const inFlow = await tester.call('flow.main');
  const direct = await ann.dial('102');
  const ringing = await bob.nextCall();
  await ringing.answer();
  await eventually('talking', () => direct.answeredAtMs !== undefined);
  await eventually('acknowledged', () => inFlow.session.state === 'confirmed');
  await world.pbx.stop();
  expect(await inFlow.untilEnded()).toMatchObject({ by: 'remote' });
  expect(await direct.untilEnded()).toMatchObject({ by: 'remote' });
  expect(await ringing.untilEnded()).toMatchObject({ by: 'remote' });
  expect(world.lastCall).toMatchObject({ phase: 'ended', endCause: 'stopped' });
});
