import { beforeEach, describe, expect, test } from 'vitest';
import { SipRequest } from '../../../../electron/sip/message.ts';
import { parseMessage } from '../../../../electron/sip/parse.ts';
import { createResponse } from '../../../../electron/sip/responses.ts';
import { replyFlow, type ServerTransaction, TransactionLayer } from '../../../../electron/sip/transactions/layer.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { FakeFlow } from '../../../support/sip/fake-flow.ts';
import { request, requestText, responseTo } from '../../../support/sip/messages.ts';

let clock: ManualClock;
let layer: TransactionLayer;
let handled: { request: SipRequest; transaction: ServerTransaction | null }[];

beforeEach(() => {
  clock = new ManualClock();
  handled = [];
  layer = new TransactionLayer(clock, {
    handleRequest: (message, transaction) => handled.push({ request: message, transaction }),
  });
});

test('[3261 17.2.3] a retransmission goes to its transaction, not to the user', () => {
  const flow = new FakeFlow('UDP');
  layer.receive(request({ method: 'INFO' }), flow);
  handled[0]?.transaction?.respond(createResponse(request({ method: 'INFO' }), 200));
  layer.receive(request({ method: 'INFO' }), flow);
  expect(handled).toHaveLength(1);
  expect(flow.lines).toEqual(['200 OK', '200 OK']);
});

test('another branch, method or connection is another transaction', () => {
  const flow = new FakeFlow();
  layer.receive(request({ method: 'INFO' }), flow);
  layer.receive(request({ method: 'INFO', branch: 'z9hG4bKb' }), flow);
  layer.receive(request({ method: 'BYE' }), flow);
  layer.receive(request({ method: 'INFO' }), new FakeFlow());
  expect(handled).toHaveLength(4);
});

test('[3261 17.2.3] without the magic cookie the rules of RFC 2543 hold', () => {
  const flow = new FakeFlow('UDP');
  const old = { method: 'INFO', branch: '1' };
  layer.receive(request(old), flow);
  layer.receive(request(old), flow);
  layer.receive(request({ ...old, cseq: 2 }), flow);
  expect(handled).toHaveLength(2);
});

test('the ACK to an error is the transaction’s, the one to a 2xx the user’s', () => {
  const flow = new FakeFlow();
  layer.receive(request({ method: 'INVITE' }), flow);
  handled[0]?.transaction?.respond(createResponse(request({ method: 'INVITE' }), 486));
  layer.receive(request({ method: 'ACK' }), flow);
  expect(handled).toHaveLength(1);
  layer.receive(request({ method: 'INVITE', branch: 'z9hG4bKb' }), flow);
  handled[1]?.transaction?.respond(createResponse(request({ method: 'INVITE' }), 200));
  layer.receive(request({ method: 'ACK', branch: 'z9hG4bKb' }), flow);
  layer.receive(request({ method: 'ACK', branch: 'z9hG4bKc' }), flow);
  expect(handled.slice(2).map(({ transaction }) => transaction)).toEqual([null, null]);
});

test('[3261 9.2] a CANCEL finds its INVITE, on its own connection only', () => {
  const flow = new FakeFlow();
  layer.receive(request({ method: 'INVITE' }), flow);
  const cancel = request({ method: 'CANCEL' });
  expect(layer.inviteOf(cancel, flow)).toBe(handled[0]?.transaction);
  expect(layer.inviteOf(cancel, new FakeFlow())).toBeUndefined();
  expect(layer.inviteOf(request({ method: 'CANCEL', branch: 'z9hG4bKx' }), flow)).toBeUndefined();
});

test('[3261 17.1.3] a response goes to the transaction of its branch and method', () => {
  const flow = new FakeFlow();
  const told: number[] = [];
  layer.send(request({ method: 'BYE' }), flow, { onFinal: ({ status }) => told.push(status), onFailed: () => {} });
  layer.receive(responseTo(flow.sent[0]?.replaceAll('BYE', 'INFO') ?? '', 200), flow);
  layer.receive(responseTo(flow.sent[0] ?? '', 200), new FakeFlow());
  expect(told).toEqual([]);
  layer.receive(responseTo(flow.sent[0] ?? '', 481), flow);
  expect(told).toEqual([481]);
});

test('[3261 17.1.4] when a connection goes, what waits on it fails and nothing is left', () => {
  const flow = new FakeFlow();
  const failures: string[] = [];
  layer.receive(request({ method: 'INVITE' }), flow);
  layer.send(request({ method: 'BYE', branch: 'z9hG4bKz' }), flow, {
    onFinal: () => {},
    onFailed: (why) => failures.push(why),
  });
  layer.handleFlowClosed(flow);
  expect(failures).toEqual(['transport']);
  expect([layer.size, clock.pending]).toEqual([0, 0]);
});

test('close leaves no transaction and no timer', () => {
  const flow = new FakeFlow('UDP');
  layer.receive(request({ method: 'INVITE' }), flow);
  handled[0]?.transaction?.respond(createResponse(request({ method: 'INVITE' }), 500));
  layer.send(request({ method: 'INVITE', branch: 'z9hG4bKz' }), flow, { onFinal: () => {}, onFailed: () => {} });
  layer.close();
  expect([layer.size, clock.pending]).toEqual([0, 0]);
});

describe('[3261 18.2.2, 3581] where an answer to a datagram goes', () => {
  const flowTo = (via: string) => {
    const ports: number[] = [];
    const to = (port: number) => {
      ports.push(port);
      return new FakeFlow('UDP');
    };
    const flow = Object.assign(new FakeFlow('UDP'), { to });
    const parsed = parseMessage(requestText().replace(/^Via:.*$/m, `Via: SIP/2.0/UDP ${via};branch=z9hG4bKx`));
    if (!parsed.ok || !(parsed.message instanceof SipRequest)) throw new Error('malformed');
    return { isSource: replyFlow(parsed.message, flow) === flow, ports };
  };

  test.each([
    ['phone.invalid:5070', false, [5070]],
    ['phone.invalid', false, [5060]],
    ['[2001:db8::1]', false, [5060]],
    ['[2001:db8::1]:5071', false, [5071]],
    ['phone.invalid:40000', true, []],
    ['phone.invalid:5070;rport', true, []],
    ['phone.invalid:70000', true, []],
  ])('%s', (via, isSource, ports) => {
    expect(flowTo(via)).toEqual({ isSource, ports });
  });

  test('over a connection back over it', () => {
    const flow = new FakeFlow('WS');
    expect(replyFlow(request(), flow)).toBe(flow);
  });
});

test('[3261 17.1.3] over datagrams the branch alone finds the transaction of a response', () => {
  const finals: number[] = [];
  const flow = new FakeFlow('UDP');
  layer.send(request(), flow, { onFinal: ({ status }) => finals.push(status), onFailed: () => {} });
  layer.receive(responseTo(flow.sent[0] ?? '', 200), new FakeFlow('UDP'));
  expect(finals).toEqual([200]);
});
