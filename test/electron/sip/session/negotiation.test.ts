import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { glareDelayMs } from '../../../../electron/sip/session/session-timer.ts';
import { headerOf, RawAgent } from '../../../support/sip/raw-agent.ts';

let raw: RawAgent;
beforeEach(async () => {
  raw = await RawAgent.start();
});
afterEach(() => raw.stop());

const SDP = ['Content-Type: application/sdp'];
const OFFER = 'v=0 theirs\r\n';

/** A call in which our re-INVITE is on its way. */
async function whileOursIsPending(): Promise<string> {
  await raw.call('Supported: timer', 'Allow: INVITE', 'Session-Expires: 200;refresher=uas');
  raw.clock.advance(100_000);
  return raw.text(/^INVITE/);
}

describe('[GL1] while our offer is unanswered', () => {
  test.each(['INVITE', 'UPDATE'])('a crossing %s with an offer gets 491', async (method) => {
    await whileOursIsPending();
    raw.send(method, SDP, OFFER);
    expect(headerOf(await raw.text(/^SIP\/2.0 491/), 'CSeq')).toContain(method);
    expect(raw.offers).toEqual([]);
  });

  test('an UPDATE without an offer is answered; afterwards one with an offer, too', async () => {
    const ours = await whileOursIsPending();
    raw.send('UPDATE');
    await raw.text(/^SIP\/2.0 200[\s\S]*CSeq: \d+ UPDATE/);
    raw.reply(ours, 200);
    await raw.text(/^ACK/);
    raw.send('UPDATE', SDP, OFFER);
    await raw.settle();
    raw.offers[0]?.answer('v=0 answer\r\n');
    expect(await raw.text(/^SIP\/2.0 200[\s\S]*CSeq: \d+ UPDATE/, 2)).toContain('v=0 answer');
  });
});

describe('[GL2] while their offer is unanswered', () => {
  test.each([
    [0, '0'],
    [0.9999, '10'],
  ])('another one gets 500 with a Retry-After (%d)', async (random, delay) => {
    await raw.call();
    raw.random = random;
    raw.send('UPDATE', SDP, OFFER);
    raw.send('UPDATE', SDP, OFFER);
    expect(headerOf(await raw.text(/^SIP\/2.0 500/), 'Retry-After')).toBe(delay);
    expect(raw.offers).toHaveLength(1);
  });
});

describe('[GL3] after a refusal for the moment', () => {
  test('ours goes out again after the random delay of who did not choose the Call-ID', async () => {
    raw.reply(await whileOursIsPending(), 491);
    await raw.settle();
    raw.clock.advance(999);
    await raw.settle();
    expect(raw.count(/^INVITE/)).toBe(1);
    raw.clock.advance(1);
    await raw.text(/^INVITE/, 2);
  });

  test('or when it was told to', async () => {
    raw.reply(await whileOursIsPending(), 500, 'Retry-After: 7');
    await raw.settle();
    raw.clock.advance(6999);
    await raw.settle();
    expect(raw.count(/^INVITE/)).toBe(1);
    raw.clock.advance(1);
    await raw.text(/^INVITE/, 2);
  });

  test.each([
    [true, 0, 2100],
    [true, 0.9999, 4000],
    [false, 0, 0],
    [false, 0.9999, 2000],
  ])('the delay when we chose the Call-ID: %s, at %d, is %i ms', (owns, random, delayMs) => {
    expect(glareDelayMs(owns, random)).toBe(delayMs);
  });
});
