import { beforeEach, expect, test } from 'vitest';
import { CallAgent } from '../../../electron/sip/call-agent.ts';
import { DigestClient } from '../../../electron/sip/digest-client.ts';
import { serialise } from '../../../electron/sip/serialise.ts';
import type { OutgoingSession } from '../../../electron/sip/session/outgoing.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { silentLogger } from '../../../shared/lib/logger.ts';
import { FakeFlow, FakeTransport } from '../../support/sip/fake-flow.ts';
import { responseTo } from '../../support/sip/messages.ts';

const CHALLENGE = 'Proxy-Authenticate: Digest realm="provider", nonce="n1", algorithm=MD5, qop="auth"';
let transport: FakeTransport;
let agent: CallAgent;
let flow: FakeFlow;
let events: (string | number)[];

beforeEach(async () => {
  transport = new FakeTransport();
  flow = new FakeFlow();
  events = [];
  agent = new CallAgent({
    clock: new ManualClock(),
    logger: silentLogger,
    transports: [transport],
    product: 'Dialtree',
    contactUser: 'trunk',
    policy: {
      handleRegister: (_request, _transaction, reply) => reply(405),
      authenticate: () => undefined,
      isFarEnd: () => true,
      handleInvite: () => {},
      handleClosed: () => {},
    },
  });
  await agent.listen();
});

function call(digest?: DigestClient): OutgoingSession {
  const addresses = { target: 'sip:+48123@provider', from: '<sip:trunk@provider>', to: '<sip:+48123@provider>' };
  const session = agent.invite(
    'trunk',
    flow,
    { ...addresses, sdp: 'v=0\r\n', digest },
    {
      onRinging: () => events.push('ringing'),
      onAnswered: () => events.push('answered'),
      onRejected: (status) => events.push(status),
    },
  );
  session.start();
  return session;
}

/** Answers what was sent as the `index`th. */
function answer(status: number, extra: readonly string[] = [], index = -1): void {
  transport.receive(flow, serialise(responseTo(flow.sent.at(index) ?? '', status, 'pt', extra)));
}

test('[3261 22.2] a challenged INVITE is acknowledged, goes again with credentials, and may be answered', () => {
  call(new DigestClient('trunk', 'pw'));
  answer(407, [CHALLENGE]);
  expect(flow.lines.map((line) => line.split(' ')[0])).toEqual(['INVITE', 'ACK', 'INVITE']);
  expect(flow.request().headers.get('Proxy-Authorization')).toContain('nonce="n1"');
  expect(flow.request().cseq.number).toBe(2);
  answer(180);
  answer(200, ['Contact: <sip:far@192.0.2.7>']);
  expect(events).toEqual(['ringing', 'answered']);
  expect(flow.request()).toMatchObject({ method: 'ACK', cseq: { number: 2 } });
});

test('a wrong password ends in the rejection after one try', () => {
  call(new DigestClient('trunk', 'wrong'));
  answer(407, [CHALLENGE]);
  answer(407, [CHALLENGE.replace('n1', 'n2')]);
  expect(events).toEqual([407]);
  expect(flow.lines.filter((line) => line.startsWith('INVITE'))).toHaveLength(2);
});

test('without credentials a challenge is a rejection', () => {
  call();
  answer(401, ['WWW-Authenticate: Digest realm="provider", nonce="n"']);
  expect(events).toEqual([401]);
});

test('who gave up before the challenge does not call again', () => {
  const session = call(new DigestClient('trunk', 'pw'));
  session.cancel('SIP;cause=487');
  answer(407, [CHALLENGE]);
  expect(flow.lines.map((line) => line.split(' ')[0])).toEqual(['INVITE', 'ACK']);
  expect(agent.load.sessions).toBe(0);
});

test('a CANCEL after the challenge is for the second INVITE', () => {
  const session = call(new DigestClient('trunk', 'pw'));
  answer(407, [CHALLENGE]);
  const branch = flow.request().via.params.get('branch');
  session.cancel('SIP;cause=487');
  // RFC 3261 9.1: the provisional response of the first INVITE would not do.
  expect(flow.request().method).toBe('INVITE');
  answer(183);
  expect(flow.request()).toMatchObject({ method: 'CANCEL', cseq: { number: 2 } });
  expect(flow.request().via.params.get('branch')).toBe(branch);
});

test('[3261 22.3] a challenged BYE goes again', () => {
  const session = call(new DigestClient('trunk', 'pw'));
  answer(200, ['Contact: <sip:far@192.0.2.7>']);
  session.bye('Q.850;cause=16');
  answer(407, [CHALLENGE]);
  expect(flow.request()).toMatchObject({ method: 'BYE', cseq: { number: 3 } });
  expect(flow.request().headers.get('Proxy-Authorization')).toContain('nc=00000001');
  answer(407, [CHALLENGE]);
  expect(flow.request().cseq.number).toBe(3);
});
