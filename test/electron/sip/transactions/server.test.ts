import { beforeEach, describe, expect, test } from 'vitest';
import { createResponse } from '../../../../electron/sip/responses.ts';
import { InviteServerTransaction } from '../../../../electron/sip/transactions/server-invite.ts';
import { NonInviteServerTransaction } from '../../../../electron/sip/transactions/server-non-invite.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { FakeFlow } from '../../../support/sip/fake-flow.ts';
import { request } from '../../../support/sip/messages.ts';

let clock: ManualClock;
let over: string[];
const events = { onTerminated: () => over.push('terminated'), onTimeout: () => over.push('timeout') };

beforeEach(() => {
  clock = new ManualClock();
  over = [];
});

describe('INVITE server transaction', () => {
  const invite = request({ method: 'INVITE' });
  const ack = request({ method: 'ACK' });

  function make(protocol: 'WS' | 'UDP') {
    const flow = new FakeFlow(protocol);
    return { flow, transaction: new InviteServerTransaction(invite, flow, clock, events) };
  }

  test('[3261 17.2.1] a retransmitted INVITE gets the last provisional response again', () => {
    const { flow, transaction } = make('UDP');
    transaction.receive(invite);
    expect(flow.lines).toEqual([]);
    transaction.respond(createResponse(invite, 180));
    transaction.receive(invite);
    expect(flow.lines).toEqual(['180 Ringing', '180 Ringing']);
  });

  test('[3261 17.2.1] over UDP a final error is repeated, at doubling intervals up to T2, until the ACK', () => {
    const { flow, transaction } = make('UDP');
    transaction.respond(createResponse(invite, 486));
    for (const [untilMs, count] of [
      [499, 1],
      [500, 2],
      [1500, 3],
      [3500, 4],
      [7500, 5],
      [11_500, 6],
    ] as const) {
      clock.advance(untilMs - clock.nowMs());
      expect(flow.sent).toHaveLength(count);
    }
    transaction.receive(ack);
    expect(transaction.state).toBe('confirmed');
    clock.advance(4999);
    expect(flow.sent).toHaveLength(6);
    expect(over).toEqual([]);
    clock.advance(1);
    expect(over).toEqual(['terminated']);
    expect(clock.pending).toBe(0);
  });

  test('[3261 17.2.1] without an ACK Timer H ends it and says so', () => {
    const { transaction } = make('UDP');
    transaction.respond(createResponse(invite, 486));
    clock.advance(32_000);
    expect(over).toEqual(['timeout', 'terminated']);
    expect(clock.pending).toBe(0);
  });

  test('over a connection nothing is repeated, and the ACK ends it at once', () => {
    const { flow, transaction } = make('WS');
    transaction.respond(createResponse(invite, 486));
    clock.advance(10_000);
    expect(flow.sent).toHaveLength(1);
    transaction.receive(ack);
    clock.advance(0);
    expect(over).toEqual(['terminated']);
  });

  test('[6026 7.1] after a 2xx retransmitted INVITEs are absorbed and the user may repeat the 2xx', () => {
    const { flow, transaction } = make('UDP');
    expect(transaction.respond(createResponse(invite, 200))).toBe(true);
    transaction.receive(invite);
    expect(flow.sent).toHaveLength(1);
    expect(transaction.respond(createResponse(invite, 200))).toBe(true);
    expect(transaction.respond(createResponse(invite, 486))).toBe(false);
    expect(flow.lines).toEqual(['200 OK', '200 OK']);
    clock.advance(32_000);
    expect(over).toEqual(['terminated']);
  });
});

describe('non-INVITE server transaction', () => {
  const message = request({ method: 'INFO' });

  function make(protocol: 'WS' | 'UDP') {
    const flow = new FakeFlow(protocol);
    return { flow, transaction: new NonInviteServerTransaction(message, flow, clock, events) };
  }

  test('[3261 17.2.2] retransmissions are discarded before an answer and answered after it', () => {
    const { flow, transaction } = make('UDP');
    transaction.receive(message);
    expect(flow.sent).toHaveLength(0);
    transaction.respond(createResponse(message, 100));
    expect(transaction.state).toBe('proceeding');
    transaction.respond(createResponse(message, 200));
    transaction.receive(message);
    expect(flow.lines).toEqual(['100 Trying', '200 OK', '200 OK']);
    expect(transaction.respond(createResponse(message, 500))).toBe(false);
  });

  test('[3261 17.2.2] Timer J is 64*T1 over UDP and zero over a connection', () => {
    const udp = make('UDP').transaction;
    udp.respond(createResponse(message, 200));
    clock.advance(31_999);
    expect(over).toEqual([]);
    clock.advance(1);
    expect(over).toEqual(['terminated']);
    const ws = make('WS').transaction;
    ws.respond(createResponse(message, 200));
    clock.advance(0);
    expect(over).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});
