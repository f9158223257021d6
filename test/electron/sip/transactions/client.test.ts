import { beforeEach, describe, expect, test } from 'vitest';
import { InviteClientTransaction } from '../../../../electron/sip/transactions/client-invite.ts';
import { NonInviteClientTransaction } from '../../../../electron/sip/transactions/client-non-invite.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { FakeFlow } from '../../../support/sip/fake-flow.ts';
import { request, responseTo } from '../../../support/sip/messages.ts';

let clock: ManualClock;
let told: string[];
const events = {
  onProvisional: ({ status }: { status: number }) => told.push(`provisional ${status}`),
  onFinal: ({ status }: { status: number }) => told.push(`final ${status}`),
  onFailed: (why: string) => told.push(`failed ${why}`),
  onTerminated: () => told.push('terminated'),
  onRepeated2xx: () => told.push('2xx again'),
};

beforeEach(() => {
  clock = new ManualClock();
  told = [];
});

describe('INVITE client transaction', () => {
  function make(protocol: 'WS' | 'UDP') {
    const flow = new FakeFlow(protocol);
    const transaction = new InviteClientTransaction(request({ method: 'INVITE' }), flow, clock, events);
    transaction.start();
    const respond = (status: number) => transaction.receive(responseTo(flow.sent[0] ?? '', status));
    return { flow, transaction, respond };
  }

  test('[3261 17.1.1.2] over UDP the INVITE is repeated at doubling intervals until Timer B', () => {
    const { flow } = make('UDP');
    const atMs: number[] = [];
    for (let ms = 0; ms < 40_000; ms += 500) {
      const before = flow.sent.length;
      clock.advance(500);
      if (flow.sent.length > before) atMs.push(clock.nowMs());
    }
    expect(atMs).toEqual([500, 1500, 3500, 7500, 15_500, 31_500]);
    expect(told).toEqual(['terminated', 'failed timeout']);
    expect(clock.pending).toBe(0);
  });

  test('over a connection it is sent once, and Timer B still runs', () => {
    const { flow } = make('WS');
    clock.advance(32_000);
    expect(flow.sent).toHaveLength(1);
    expect(told).toEqual(['terminated', 'failed timeout']);
  });

  test('[3261 17.1.1.2] a provisional response stops all timers: ringing may last', () => {
    const { respond } = make('UDP');
    respond(180);
    clock.advance(600_000);
    expect(told).toEqual(['provisional 180']);
  });

  test('[3261 17.1.1.3] an error is acknowledged within the transaction, each time it comes', () => {
    const { flow, transaction, respond } = make('UDP');
    respond(486);
    const ack = flow.request();
    expect(ack.method).toBe('ACK');
    expect(ack.via.params.get('branch')).toBe('z9hG4bKa');
    expect(ack.toTag).toBe('tt');
    expect(ack.cseq).toEqual({ number: 1, method: 'ACK' });
    respond(486);
    expect(flow.lines.filter((line) => line.startsWith('ACK'))).toHaveLength(2);
    expect(told).toEqual(['final 486']);
    clock.advance(32_000);
    expect(transaction.state).toBe('terminated');
  });

  test('[6026 8.4] after a 2xx repeated ones go to the user, errors nowhere', () => {
    const { flow, respond } = make('UDP');
    respond(200);
    respond(200);
    respond(486);
    expect(told).toEqual(['final 200', '2xx again']);
    expect(flow.sent).toHaveLength(1);
    clock.advance(32_000);
    expect(told.at(-1)).toBe('terminated');
  });

  test('[3261 17.1.4] a connection that is gone fails it at once', () => {
    const flow = new FakeFlow();
    flow.close();
    new InviteClientTransaction(request({ method: 'INVITE' }), flow, clock, events).start();
    expect(told).toEqual(['terminated', 'failed transport']);
    expect(clock.pending).toBe(0);
  });
});

describe('non-INVITE client transaction', () => {
  function make(protocol: 'WS' | 'UDP') {
    const flow = new FakeFlow(protocol);
    const transaction = new NonInviteClientTransaction(request({ method: 'BYE' }), flow, clock, events);
    transaction.start();
    const respond = (status: number) => transaction.receive(responseTo(flow.sent[0] ?? '', status));
    return { flow, transaction, respond };
  }

  test('[3261 17.1.2.2] over UDP it is repeated at intervals that double up to T2, until Timer F', () => {
    const { flow } = make('UDP');
    const atMs: number[] = [];
    for (let ms = 0; ms < 35_000; ms += 500) {
      const before = flow.sent.length;
      clock.advance(500);
      if (flow.sent.length > before) atMs.push(clock.nowMs());
    }
    expect(atMs).toEqual([500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(told).toEqual(['terminated', 'failed timeout']);
  });

  test('[3261 17.1.2.2] in Proceeding it is repeated every T2', () => {
    const { flow, respond } = make('UDP');
    respond(100);
    clock.advance(3999);
    expect(flow.sent).toHaveLength(1);
    clock.advance(1);
    expect(flow.sent).toHaveLength(2);
  });

  test('Timer K is T4 over UDP and zero over a connection; further responses are absorbed', () => {
    const udp = make('UDP');
    udp.respond(200);
    udp.respond(500);
    expect(told).toEqual(['final 200']);
    clock.advance(5000);
    expect(told).toEqual(['final 200', 'terminated']);
    const ws = make('WS');
    ws.respond(200);
    clock.advance(0);
    expect(ws.transaction.state).toBe('terminated');
    expect(clock.pending).toBe(0);
  });
});
