import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { Pbx } from '../../../electron/pbx/pbx.ts';
import { systemClock } from '../../../electron/pbx/system-clock.ts';
import { hasOpenssl, makeCertificate } from '../../support/certificates.ts';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld, passwordOf, REALM, type WorldSketch } from '../../support/pbx-world.ts';
import { TestPhone } from '../../support/phone/test-phone.ts';
import { requestText } from '../../support/sip/messages.ts';
import { sine, toneShare } from '../../support/sound.ts';

const sketch: WorldSketch = { nodes: { start: { type: 'start', to: { next: 'bye' } }, bye: { type: 'hang-up' } } };

describe.skipIf(!hasOpenssl)('the PBX with a certificate', () => {
  let world: PbxWorld | undefined;
  afterEach(async () => {
    await world?.stop();
    if (world) expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
    world = undefined;
  });

  test('takes browsers by wss, who talk with those by ws', async () => {
    const certificate = makeCertificate();
    const started = await PbxWorld.start({ ...sketch, certificate });
    world = started;
    const ann = await started.phone('ann');
    const bob = new TestPhone({
      wsUrl: started.wssUrl,
      user: '102',
      password: passwordOf('102'),
      realm: REALM,
      authority: readFileSync(certificate.certPath, 'utf8'),
    });
    started.phones.push(bob);
    await bob.connect();
    expect(await bob.register()).toBe(200);
    const calling = await ann.dial('102');
    const rung = await bob.nextCall();
    expect(rung.invite.via.transport).toBe('WSS');
    await rung.answer();
    await Promise.all([calling.media.connected, rung.media.connected]);
    rung.media.speak(sine(700, 1000));
    await eventually('Bob', () => toneShare(calling.media.heardSamples(-25), 700) > 0.8);
    rung.hangUp();
    await calling.untilEnded();
  });

  test('takes phones by TLS, and tells where', async () => {
    const certificate = makeCertificate();
    world = await PbxWorld.start({ ...sketch, certificate });
    const told = world.events.find((event) => event.type === 'started');
    expect(told).toMatchObject({ tlsAddress: `127.0.0.1:${world.tlsPort}`, wssUrl: world.wssUrl });
    // It ends in ten days.
    expect(world.logs('pbx.tls-ends-soon')).toHaveLength(1);
    const socket = connect({ port: world.tlsPort, host: '127.0.0.1', ca: readFileSync(certificate.certPath) });
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString();
    });
    const uri = `sips:${REALM}`;
    const register = requestText({ method: 'REGISTER', uri, from: `sips:101@${REALM}`, to: `sips:101@${REALM}` });
    socket.write(register.replace('SIP/2.0/WS', 'SIP/2.0/TLS'));
    await eventually('the challenge', () => heard.startsWith('SIP/2.0 401'));
    // As to phones by UDP and TCP: many give up at an algorithm that they do not know.
    expect(heard.match(/^WWW-Authenticate:/gim)).toHaveLength(1);
    socket.destroy();
  });

  test('does not start with a key that is not the certificate’s, and leaves nothing open', async () => {
    const pbx = new Pbx({ clock: systemClock, emit: () => {} });
    const tls = { ...makeCertificate(), keyPath: makeCertificate().keyPath, sipPort: 0, wssPort: 0 };
    const where = { host: '127.0.0.1', port: 0, realm: REALM };
    await expect(pbx.start({ ...where, tls })).rejects.toMatchObject({ code: 'pbx/tls-key-mismatch' });
    // It may be started again, with another.
    await pbx.start({ ...where, tls: { ...tls, ...makeCertificate() } });
    await pbx.stop();
  });
});

test('without a certificate there is neither', async () => {
  const world = await PbxWorld.start(sketch);
  const told = world.events.find((event) => event.type === 'started');
  expect(told).not.toHaveProperty('tlsAddress');
  expect(world.tlsPort).toBe(0);
  await world.stop();
});
