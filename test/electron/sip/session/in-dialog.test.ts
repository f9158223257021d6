import { beforeEach, describe, expect, test } from 'vitest';
import { CallAgent } from '../../../../electron/sip/call-agent.ts';
import { DigestClient } from '../../../../electron/sip/digest-client.ts';
import { serialise } from '../../../../electron/sip/serialise.ts';
import type { OutgoingSession } from '../../../../electron/sip/session/outgoing.ts';
import type { SessionEnd } from '../../../../electron/sip/session/session.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { FakeFlow, FakeTransport } from '../../../support/sip/fake-flow.ts';
import { responseTo } from '../../../support/sip/messages.ts';

/** As a provider asks; each kind has the header that the answer goes in. */
const CHALLENGES = [
  [401, 'WWW-Authenticate', 'Authorization'],
  [407, 'Proxy-Authenticate', 'Proxy-Authorization'],
] as const;

let clock: ManualClock;
let transport: FakeTransport;
let flow: FakeFlow;
let agent: CallAgent;
let ends: SessionEnd[];

beforeEach(async () => {
  clock = new ManualClock();
  transport = new FakeTransport();
  flow = new FakeFlow();
  ends = [];
  agent = new CallAgent({
    clock,
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

function answer(status: number, ...extra: readonly string[]): void {
  transport.receive(flow, serialise(responseTo(flow.sent.at(-1) ?? '', status, 'pt', extra)));
}

/** A call over the trunk that is answered; the provider wants us to refresh it and allows these methods for it. */
async function answeredCall(allow: string): Promise<OutgoingSession> {
  const session = agent.invite(
    'outside',
    flow,
    {
      target: 'sip:+48123@provider',
      from: '<sip:trunk@provider>',
      to: '<sip:+48123@provider>',
      sdp: 'v=0\r\n',
      digest: new DigestClient('trunk', 'pw'),
    },
    { onRinging: () => {}, onAnswered: () => {}, onRejected: () => {} },
  );
  session.setEvents({
    onOffer: async () => 'v=0 ours\r\n',
    onInfo: () => false,
    onEnded: (end) => void ends.push(end),
  });
  session.start();
  answer(200, 'Contact: <sip:far@192.0.2.7>', `Allow: ${allow}`, 'Session-Expires: 200;refresher=uac');
  expect(flow.request()).toMatchObject({ method: 'ACK', cseq: { number: 1 } });
  return session;
}

describe.each(CHALLENGES)('[3261 22.2, 22.3] a %i within the dialog', (status, asks, answers) => {
  const challenge = (nonce: string) => `${asks}: Digest realm="provider", nonce="${nonce}", qop="auth"`;

  test.each([
    ['INVITE', 'INVITE, ACK, BYE'],
    ['UPDATE', 'INVITE, ACK, BYE, UPDATE'],
  ])('to a refresh by %s', async (method, allow) => {
    const session = await answeredCall(allow);
    clock.advance(100_000);
    // The offer of a re-INVITE is asked for first.
    await Promise.resolve();
    await Promise.resolve();
    const first = flow.request();
    expect(first).toMatchObject({ method, cseq: { number: 2 } });
    expect(first.headers.get(answers)).toBeUndefined();

    answer(status, challenge('n1'));
    const again = flow.request();
    expect(again).toMatchObject({ method, cseq: { number: 3 }, body: first.body });
    expect(again.headers.get(answers)).toContain('nonce="n1"');
    expect([again.callId, again.fromTag, again.toTag]).toEqual([first.callId, first.fromTag, first.toTag]);
    expect(again.via.params.get('branch')).not.toBe(first.via.params.get('branch'));

    answer(200, 'Session-Expires: 200;refresher=uac');
    // The ACK belongs to the INVITE that was taken.
    if (method === 'INVITE') expect(flow.request()).toMatchObject({ method: 'ACK', cseq: { number: 3 } });
    session.bye('Q.850;cause=16');
    expect(flow.request()).toMatchObject({ method: 'BYE', cseq: { number: 4 } });
  });

  test('to a BYE: the call is over all the same', async () => {
    const session = await answeredCall('INVITE');
    session.bye('Q.850;cause=16');
    answer(status, challenge('n1'));
    expect(flow.request()).toMatchObject({ method: 'BYE', cseq: { number: 3 } });
    expect(flow.request().headers.get(answers)).toContain('nonce="n1"');
    answer(200);
    expect(ends).toEqual([{ by: 'local', cause: 'bye' }]);
    // The INVITE waits for repeated answers until then (RFC 6026).
    clock.advance(32_000);
    expect(agent.load).toEqual({ sessions: 0, transactions: 0 });
  });

  test('whose answer is refused is not answered again, and the next refresh counts on', async () => {
    const session = await answeredCall('UPDATE');
    clock.advance(100_000);
    answer(status, challenge('n1'));
    answer(status, challenge('n2'));
    expect(flow.lines.filter((line) => line.startsWith('UPDATE'))).toHaveLength(2);
    session.bye('Q.850;cause=16');
    expect(flow.request()).toMatchObject({ method: 'BYE', cseq: { number: 4 } });
  });
});
