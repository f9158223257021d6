import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { WorldSketch } from '../support/pbx-world.ts';
import { Baresip, freePort } from '../support/phones/baresip.ts';
import { findPhone, skippedText } from '../support/phones/install.ts';
import { serveSipp } from '../support/phones/sipp-provider.ts';
import { sine, toneShare } from '../support/sound.ts';
import { TrunkWorld } from '../support/trunk-world.ts';

const sketch: WorldSketch = {
  numbers: ['+48221234567'],
  nodes: {
    start: { type: 'start', to: { next: 'out' } },
    out: { type: 'external', data: { number: '+48600700800' } },
  },
};
const inward: WorldSketch = {
  numbers: ['+48221234567'],
  nodes: { start: { type: 'start', to: { next: 'wait' } }, wait: { type: 'queue', data: { queueId: 'help' } } },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

let trunks: TrunkWorld;
const others: Baresip[] = [];
let early: AbortController;
beforeEach(() => {
  early = new AbortController();
});
afterEach(async () => {
  early.abort();
  await Promise.all(others.splice(0).map((other) => other.stop()));
  await trunks.stop();
  expect(trunks.world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const hasBaresip = findPhone('baresip') !== undefined;
if (!hasBaresip) console.warn(skippedText('baresip'));

describe.skipIf(!hasBaresip).each(['udp', 'tcp'] as const)('a line to baresip over %s', (transport) => {
  /** baresip as the far end that is known by its address. */
  async function far(localPort: number): Promise<Baresip> {
    const listenPort = await freePort();
    const options = { user: '+48600700800', password: 'none', sipPort: localPort, transport, toneHz: 600, listenPort };
    const phone = new Baresip(options);
    others.push(phone);
    await phone.start();
    await trunks.connect({ mode: 'ip', user: '', port: listenPort, localPort, transport });
    return phone;
  }

  test('[TG8][TO1] is there, is called by a flow, hears and is heard, hangs up', async () => {
    trunks = await TrunkWorld.start(sketch);
    const peer = await far(await freePort());
    const caller = await trunks.world.phone('tester');
    const dialling = caller.call('flow.main');
    await peer.until('CALL_INCOMING');
    peer.command('accept');
    const call = await dialling;
    await call.media.connected;
    call.media.speak(sine(1000, 1000));
    await eventually('its tone here', () => toneShare(call.media.heardSamples(-25), 600) > 0.8);
    await call.media.listen(800);
    peer.command('hangup');
    await call.untilEnded();
    await peer.until('CALL_CLOSED');
    expect(toneShare(peer.heard().subarray(-4000), 1000)).toBeGreaterThan(0.8);
  });

  test('[TN2] calls a number, reaches an operator, hears and is heard', async () => {
    trunks = await TrunkWorld.start(inward);
    const peer = await far(await freePort());
    const ann = await trunks.world.phone('ann');
    peer.dial('48221234567');
    const call = await ann.nextCall();
    await call.answer();
    await call.media.connected;
    call.media.speak(sine(1000, 1000));
    await eventually('its tone here', () => toneShare(call.media.heardSamples(-25), 600) > 0.8);
    await call.media.listen(800);
    call.hangUp();
    await peer.until('CALL_CLOSED');
    expect(toneShare(peer.heard().subarray(-4000), 1000)).toBeGreaterThan(0.8);
    expect(trunks.world.lastCall).toMatchObject({ dialled: '48221234567', caller: { number: '+48600700800' } });
  });
});

const hasSipp = findPhone('sipp') !== undefined;
if (!hasSipp) console.warn(skippedText('sipp'));

describe.skipIf(!hasSipp).each(['udp', 'tcp'] as const)('a provider played by sipp over %s', (transport) => {
  test('[TG1][TO1][TG7] checks the password of the registration and of a call, echoes it, and is left again', async () => {
    trunks = await TrunkWorld.start(sketch);
    const account = { user: 'acme', password: 'secret', port: await freePort(), transport };
    const served = serveSipp({ ...account, signal: early.signal });
    // Told below; until then it must not count as unhandled.
    served.catch(() => undefined);
    await trunks.connect(account);
    const caller = await trunks.world.phone('tester');
    const call = await caller.call('flow.main');
    await call.media.connected;
    call.media.speak(sine(800, 1000));
    await eventually('the echo', () => toneShare(call.media.heardSamples(-25), 800) > 0.8);
    call.hangUp();
    await eventually('the end', () => trunks.world.lastCall?.phase === 'ended');
    await trunks.world.pbx.setTrunk(null);
    await served;
  });

  test('[TG5] a wrong password is refused', async () => {
    trunks = await TrunkWorld.start(sketch);
    const account = { user: 'acme', port: await freePort(), transport };
    serveSipp({ ...account, password: 'secret', signal: early.signal }).catch(() => undefined);
    await trunks.setTrunk({ ...account, password: 'wrong' });
    expect(await trunks.until('refused')).toMatchObject({ sipStatus: 403 });
  });
});
