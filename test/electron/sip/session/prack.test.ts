import { beforeEach, describe, expect, test } from 'vitest';
import { CallAgent } from '../../../../electron/sip/call-agent.ts';
import { DigestClient } from '../../../../electron/sip/digest-client.ts';
import type { SipRequest } from '../../../../electron/sip/message.ts';
import { serialise } from '../../../../electron/sip/serialise.ts';
import type { IncomingSession } from '../../../../electron/sip/session/incoming.ts';
import type { OutgoingSession } from '../../../../electron/sip/session/outgoing.ts';
import type { SessionEnd } from '../../../../electron/sip/session/session.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { FakeFlow, FakeTransport } from '../../../support/sip/fake-flow.ts';
import { type RequestSketch, requestText, responseTo } from '../../../support/sip/messages.ts';

let clock: ManualClock;
let transport: FakeTransport;
let flow: FakeFlow;
let agent: CallAgent;
let incoming: IncomingSession | undefined;
let ends: SessionEnd[];
let random: number;

beforeEach(async () => {
  clock = new ManualClock();
  transport = new FakeTransport();
  flow = new FakeFlow();
  ends = [];
  random = 0.5;
  incoming = undefined;
  agent = new CallAgent({
    clock,
    logger: silentLogger,
    transports: [transport],
    product: 'Dialtree',
    contactUser: 'pbx',
    random: () => random,
    policy: {
      handleRegister: (_request, _transaction, reply) => reply(405),
      authenticate: () => '101',
      isFarEnd: () => true,
      handleInvite: (session) => {
        incoming = session;
        session.setEvents(events());
      },
      handleClosed: () => {},
    },
  });
  await agent.listen();
});

const events = () => ({
  onOffer: async () => 'v=0 ours\r\n',
  onInfo: () => false,
  onEnded: (end: SessionEnd) => void ends.push(end),
});

describe('who calls us', () => {
  let branch = 0;
  function receive(sketch: RequestSketch): void {
    const invite = ['Contact: <sip:a@phone.invalid>', 'Content-Type: application/sdp'];
    transport.receive(flow, requestText({ branch: `z9hG4bK${++branch}`, headers: invite, ...sketch }));
  }
  const call = (...extra: readonly string[]): IncomingSession => {
    const headers = ['Contact: <sip:a@phone.invalid>', 'Content-Type: application/sdp', ...extra];
    receive({ method: 'INVITE', cseq: 7, headers, body: 'v=0\r\n' });
    if (incoming === undefined) throw new Error('no call');
    return incoming;
  };
  const prack = (rack: string | undefined, cseq = 8, body = ''): number => {
    const toTag = incoming?.dialogId?.split(' ')[1] ?? '';
    receive({ method: 'PRACK', toTag, cseq, headers: rack === undefined ? [] : [`RAck: ${rack}`], body });
    return flow.response().status;
  };
  const rings = () => flow.lines.filter((line) => line.startsWith('180')).length;

  test('[PR1] is rung reliably when they require it, with a number that differs', () => {
    call('Require: 100rel').ring();
    expect(flow.response().headers.get('Require')).toBe('100rel');
    expect(flow.response().headers.get('RSeq')).toBe(String(2 ** 30));
    for (const [atMs, count] of [
      [499, 1],
      [1, 2],
      [999, 2],
      [1, 3],
      [2000, 4],
      [4000, 5],
    ] as const) {
      clock.advance(atMs);
      expect(rings()).toBe(count);
    }
    // Ringing again says nothing new.
    incoming?.ring();
    expect(rings()).toBe(5);
    expect(incoming?.phase).toBe('early');
  });

  test.each([0, 1 - Number.EPSILON])('[PR1] the number is from 1 to 2**31 − 1: %f', (value) => {
    random = value;
    call('Require: 100rel').ring();
    const number = Number(flow.response().headers.get('RSeq'));
    expect(number >= 1 && number < 2 ** 31).toBe(true);
  });

  test.each([[], ['Supported: 100rel']])('[PR1] is rung as ever: %j', (...extra) => {
    call(...extra).ring();
    clock.advance(10_000);
    expect([rings(), flow.response().headers.get('RSeq')]).toEqual([1, undefined]);
    expect(prack('1 7 INVITE')).toBe(481);
  });

  test('[PR2] a PRACK that names it ends the repetition; others do not', () => {
    call('Require: 100rel').ring();
    const number = 2 ** 30;
    const wrong = [`${number + 1} 7 INVITE`, `${number} 8 INVITE`, `${number} 7 BYE`, 'x', '', undefined];
    expect(wrong.map((rack, i) => prack(rack, 8 + i))).toEqual(wrong.map(() => 481));
    clock.advance(500);
    expect(rings()).toBe(2);
    expect(prack(`${number} 7 INVITE`, 20)).toBe(200);
    clock.advance(60_000);
    expect([rings(), ends]).toEqual([2, []]);
    incoming?.answer('v=0\r\n');
    expect(flow.lines.at(-1)).toBe('200 OK');
  });

  test('[PR2] one with an offer is refused, and counts', () => {
    call('Require: 100rel').ring();
    expect(prack(`${2 ** 30} 7 INVITE`, 8, 'v=0\r\n')).toBe(488);
    clock.advance(60_000);
    expect([rings(), ends]).toEqual([1, []]);
  });

  test('[PR3] nobody acknowledges it', () => {
    call('Require: 100rel').ring();
    clock.advance(31_999);
    expect(ends).toEqual([]);
    clock.advance(1);
    expect(flow.lines.at(-1)).toBe('504 Server Time-out');
    expect(ends).toEqual([{ by: 'lost', cause: 'no-prack' }]);
    expect(agent.load.sessions).toBe(0);
  });

  test('[PR4] an answer ends the repetition; the PRACK comes after it', () => {
    call('Require: 100rel').ring();
    incoming?.answer('v=0\r\n');
    expect(prack(`${2 ** 30} 7 INVITE`)).toBe(200);
    clock.advance(2000);
    expect(rings()).toBe(1);
    expect(flow.lines.filter((line) => line === '200 OK').length).toBeGreaterThan(2);
  });

  test('[PR4] so does a refusal', () => {
    call('Require: 100rel').ring();
    incoming?.reject(486);
    clock.advance(10_000);
    expect(rings()).toBe(1);
  });
});

describe('whom we call', () => {
  let answers: string[];
  let rung: number;
  beforeEach(() => {
    answers = [];
    rung = 0;
  });

  function call(digest?: DigestClient): OutgoingSession {
    const addresses = { target: 'sip:far@192.0.2.7', from: '<sip:us@x>', to: '<sip:far@x>', sdp: 'v=0\r\n' };
    const session = agent.invite(
      '101',
      flow,
      { ...addresses, digest },
      {
        onRinging: () => rung++,
        onAnswered: (sdp) => answers.push(sdp),
        onRejected: () => {},
      },
    );
    session.setEvents(events());
    session.start();
    return session;
  }

  const sent = (method: string): SipRequest[] =>
    flow.sent.flatMap((text, index) => (text.startsWith(method) ? [flow.request(index)] : []));
  const text = (method: string, index = -1) => flow.sent.filter((one) => one.startsWith(method)).at(index) ?? '';
  const answer = (to: string, status: number, toTag: string, extra: readonly string[] = [], body = ''): void => {
    const response = serialise(responseTo(to, status, toTag, extra));
    transport.receive(
      flow,
      response.replace('Content-Length: 0\r\n\r\n', `Content-Length: ${body.length}\r\n\r\n${body}`),
    );
  };
  const CONTACT = 'Contact: <sip:far@192.0.2.8>';
  const reliable = (rseq: number, ...more: readonly string[]) => ['Require: 100rel', `RSeq: ${rseq}`, CONTACT, ...more];

  test('[PR5] is offered it; what they send reliably is acknowledged, each once and in order', () => {
    call();
    expect(flow.request().headers.list('Supported')).toContain('100rel');
    const invite = text('INVITE');
    answer(invite, 183, 'a', reliable(41));
    const [first] = sent('PRACK');
    expect(first).toMatchObject({ uri: 'sip:far@192.0.2.8', toTag: 'a', cseq: { number: 2, method: 'PRACK' } });
    expect(first?.headers.get('RAck')).toBe('41 1 INVITE');
    for (const rseq of [41, 43, 40]) answer(invite, 183, 'a', reliable(rseq));
    expect(sent('PRACK')).toHaveLength(1);
    answer(invite, 180, 'a', reliable(42));
    expect(sent('PRACK').at(-1)?.headers.get('RAck')).toBe('42 1 INVITE');
    expect([sent('PRACK').at(-1)?.cseq.number, rung > 0]).toEqual([3, true]);
  });

  test('[PR5] each phone that rings counts by itself', () => {
    call();
    const invite = text('INVITE');
    answer(invite, 180, 'a', reliable(10));
    answer(invite, 180, 'b', reliable(99));
    expect(sent('PRACK').map(({ toTag, cseq }) => [toTag, cseq.number])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  test.each([
    ['is not required', 180, [CONTACT, 'RSeq: 4']],
    ['has no number', 180, [CONTACT, 'Require: 100rel']],
    ['has the number 0', 180, [CONTACT, 'Require: 100rel', 'RSeq: 0']],
    ['has no number at all', 180, [CONTACT, 'Require: 100rel', 'RSeq: x']],
    ['is 100', 100, [CONTACT, 'Require: 100rel', 'RSeq: 4']],
  ])('[PR5] nothing is acknowledged that %s', (_what, status, extra) => {
    call();
    answer(text('INVITE'), status, 'a', extra);
    expect(sent('PRACK')).toEqual([]);
  });

  test('[PR6] the dialog goes on: numbers, target and an answer that came before', () => {
    const session = call();
    const invite = text('INVITE');
    answer(invite, 183, 'a', reliable(1, 'Content-Type: application/sdp'), 'v=0 early\r\n');
    answer(text('PRACK'), 200, 'a');
    answer(invite, 200, 'a', ['Contact: <sip:moved@192.0.2.9>']);
    expect(answers).toEqual(['v=0 early\r\n']);
    expect(sent('ACK').at(-1)).toMatchObject({ uri: 'sip:moved@192.0.2.9', cseq: { number: 1 } });
    session.bye('Q.850;cause=16');
    expect(flow.request()).toMatchObject({ method: 'BYE', uri: 'sip:moved@192.0.2.9', cseq: { number: 3 } });
  });

  test('[PR6] another phone than the one that rang may answer', () => {
    const session = call();
    const invite = text('INVITE');
    answer(invite, 180, 'a', reliable(1));
    answer(invite, 200, 'b', [CONTACT, 'Content-Type: application/sdp'], 'v=0 b\r\n');
    expect(answers).toEqual(['v=0 b\r\n']);
    session.bye('Q.850;cause=16');
    expect(flow.request()).toMatchObject({ method: 'BYE', toTag: 'b', cseq: { number: 2 } });
  });

  test('[PR6] a challenged PRACK goes again, and what comes after it has a higher number', () => {
    const session = call(new DigestClient('us', 'pw'));
    const invite = text('INVITE');
    answer(invite, 180, 'a', reliable(1));
    answer(text('PRACK'), 407, 'a', ['Proxy-Authenticate: Digest realm="x", nonce="n1", qop="auth"']);
    const again = sent('PRACK').at(-1);
    expect(again).toMatchObject({ cseq: { number: 3 } });
    expect(again?.headers.get('RAck')).toBe('1 1 INVITE');
    expect(again?.headers.get('Proxy-Authorization')).toContain('nonce="n1"');
    answer(text('PRACK'), 200, 'a');
    answer(invite, 200, 'a', [CONTACT]);
    session.bye('Q.850;cause=16');
    expect(flow.request()).toMatchObject({ method: 'BYE', cseq: { number: 4 } });
  });

  test('[PR5] so is what they send to a re-INVITE', async () => {
    call();
    answer(text('INVITE'), 200, 'a', [CONTACT, 'Allow: INVITE', 'Session-Expires: 200;refresher=uac']);
    clock.advance(100_000);
    await Promise.resolve();
    await Promise.resolve();
    const again = text('INVITE');
    expect(sent('INVITE')).toHaveLength(2);
    answer(again, 183, 'a', reliable(5));
    answer(again, 183, 'a', reliable(5));
    expect(sent('PRACK').map((one) => one.headers.get('RAck'))).toEqual(['5 2 INVITE']);
    expect(sent('PRACK')[0]?.cseq.number).toBe(3);
    answer(again, 200, 'a', ['Session-Expires: 200;refresher=uac']);
    expect(sent('ACK').at(-1)?.cseq.number).toBe(2);
  });

  test('a PRACK that nobody answers changes nothing', () => {
    call();
    const invite = text('INVITE');
    answer(invite, 180, 'a', reliable(1));
    clock.advance(32_000);
    answer(invite, 200, 'a', [CONTACT]);
    expect(answers).toHaveLength(1);
    expect(ends).toEqual([]);
  });
});
