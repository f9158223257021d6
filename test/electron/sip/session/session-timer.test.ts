import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { headerOf, RawAgent } from '../../../support/sip/raw-agent.ts';

let raw: RawAgent;
beforeEach(async () => {
  raw = await RawAgent.start();
});
afterEach(() => raw.stop());

const TIMER = 'Supported: timer';

describe('[ST1] what the phone demands in its INVITE', () => {
  test.each([
    ['refreshes itself', [TIMER, 'Session-Expires: 1800;refresher=uac'], '1800;refresher=uac', 'timer'],
    ['wants us to', [TIMER, 'Session-Expires: 600;refresher=uas'], '600;refresher=uas', undefined],
    ['names nobody', [TIMER, 'x: 600'], '600;refresher=uac', 'timer'],
    ['knows no timers', ['Session-Expires: 30'], '90;refresher=uas', undefined],
    ['demands nothing', [TIMER], undefined, undefined],
  ])('%s', async (_what, headers, expires, required) => {
    const ok = await raw.call(...headers);
    expect([headerOf(ok, 'Session-Expires'), headerOf(ok, 'Require')]).toEqual([expires, required]);
  });
});

describe('[ST2] an interval that is too small', () => {
  test('in an INVITE: the call is not told', async () => {
    raw.send('INVITE', [TIMER, 'Session-Expires: 60', 'Content-Type: application/sdp'], 'v=0\r\n');
    const refused = await raw.text(/^SIP\/2.0 422/);
    expect([headerOf(refused, 'Min-SE'), raw.incoming]).toEqual(['90', undefined]);
  });

  test.each(['INVITE', 'UPDATE'])('in a %s within the call', async (method) => {
    await raw.call();
    raw.send(method, [TIMER, 'Session-Expires: 89', 'Content-Type: application/sdp'], 'v=0\r\n');
    expect(headerOf(await raw.text(/^SIP\/2.0 422/), 'Min-SE')).toBe('90');
    expect(raw.offers).toEqual([]);
  });
});

describe('[ST3] a call of ours', () => {
  test('offers timers, and does what the answer demands', async () => {
    const invite = await raw.ring();
    expect(headerOf(invite, 'Supported')).toContain('timer');
    expect(headerOf(invite, 'Session-Expires')).toBeUndefined();
    raw.reply(invite, 200, 'Allow: UPDATE', 'Session-Expires: 100;refresher=uac');
    await raw.text(/^ACK/);
    raw.clock.advance(50_000);
    expect(headerOf(await raw.text(/^UPDATE/), 'Session-Expires')).toBe('100;refresher=uac');
  });

  test('is asked again with the interval of a 422, once', async () => {
    const invite = await raw.ring();
    raw.reply(invite, 422, 'Min-SE: 400');
    const again = await raw.text(/^INVITE/, 2);
    expect([headerOf(again, 'Session-Expires'), headerOf(again, 'Min-SE')]).toEqual(['400', '400']);
    expect(headerOf(again, 'CSeq')).toBe('2 INVITE');
    raw.reply(again, 422, 'Min-SE: 500');
    await eventually('the refusal', () => raw.rejectedWith === 422);
  });
});

describe('[ST4] our refreshes', () => {
  test('go out at half the interval, each counted from the last answer', async () => {
    await raw.call(TIMER, 'Allow: INVITE, UPDATE', 'Session-Expires: 200;refresher=uas');
    for (const n of [1, 2, 3]) {
      raw.clock.advance(99_999);
      await raw.settle();
      expect(raw.count(/^UPDATE/)).toBe(n - 1);
      raw.clock.advance(1);
      const update = await raw.text(/^UPDATE/, n);
      expect(update.endsWith('\r\n\r\n')).toBe(true);
      raw.reply(update, 200, 'Session-Expires: 200;refresher=uac');
      await raw.settle();
    }
    expect(raw.ends).toEqual([]);
  });

  test('are re-INVITEs with our description for who does not know UPDATE', async () => {
    await raw.call(TIMER, 'Allow: INVITE', 'Session-Expires: 200;refresher=uas');
    raw.clock.advance(100_000);
    const again = await raw.text(/^INVITE/);
    expect(again).toContain('v=0 ours');
    raw.reply(again, 200, 'Session-Expires: 200;refresher=uac');
    expect(headerOf(await raw.text(/^ACK/), 'CSeq')).toBe(headerOf(again, 'CSeq')?.replace('INVITE', 'ACK'));
    raw.clock.advance(199_000);
    expect(raw.ends).toEqual([]);
  });

  test('ask for more after a 422', async () => {
    await raw.call(TIMER, 'Allow: UPDATE', 'Session-Expires: 200;refresher=uas');
    raw.clock.advance(100_000);
    raw.reply(await raw.text(/^UPDATE/), 422, 'Min-SE: 300');
    await raw.settle();
    raw.clock.advance(0);
    const again = await raw.text(/^UPDATE/, 2);
    expect([headerOf(again, 'Session-Expires'), headerOf(again, 'Min-SE')]).toEqual(['300;refresher=uac', '300']);
  });
});

describe('[ST5] a session that nobody refreshes', () => {
  test.each([
    ['a third of a short interval before its end', 90, 60],
    ['32 s before the end of a long one', 600, 568],
  ])('is ended %s, when the phone was to', async (_what, intervalS, atS) => {
    await raw.call(TIMER, `Session-Expires: ${intervalS};refresher=uac`);
    raw.clock.advance(atS * 1000 - 1);
    expect(raw.ends).toEqual([]);
    raw.clock.advance(1);
    expect(raw.ends).toEqual([{ by: 'lost', cause: 'session-expired' }]);
    expect(headerOf(await raw.text(/^BYE/), 'Reason')).toContain('expired');
  });

  test('lives on when the phone refreshes it', async () => {
    await raw.call(TIMER, 'Session-Expires: 90;refresher=uac');
    raw.clock.advance(59_000);
    raw.send('UPDATE', [TIMER, 'Session-Expires: 90;refresher=uac']);
    const ok = await raw.text(/^SIP\/2.0 200[\s\S]*CSeq: \d+ UPDATE/);
    expect([headerOf(ok, 'Session-Expires'), headerOf(ok, 'Require')]).toEqual(['90;refresher=uac', 'timer']);
    raw.clock.advance(59_000);
    expect(raw.ends).toEqual([]);
    raw.clock.advance(1000);
    expect(raw.ends).toHaveLength(1);
  });

  test.each([408, 481])('ends at once when the refresh is answered by %i', async (status) => {
    await raw.call(TIMER, 'Allow: UPDATE', 'Session-Expires: 200;refresher=uas');
    raw.clock.advance(100_000);
    raw.reply(await raw.text(/^UPDATE/), status);
    await eventually('the end', () => raw.ends.length > 0);
  });

  test('ends when our refresh is not answered', async () => {
    await raw.call(TIMER, 'Allow: UPDATE', 'Session-Expires: 200;refresher=uas');
    raw.clock.advance(100_000);
    raw.clock.advance(32_000);
    expect(raw.ends).toEqual([{ by: 'lost', cause: 'session-expired' }]);
  });
});

describe('[ST6] the timer ends', () => {
  test('with a refresh that asks for none', async () => {
    await raw.call(TIMER, 'Session-Expires: 90;refresher=uac');
    raw.send('UPDATE');
    await raw.text(/^SIP\/2.0 200[\s\S]*CSeq: \d+ UPDATE/);
    raw.clock.advance(10_000_000);
    expect(raw.ends).toEqual([]);
  });

  test('with an answer that has none', async () => {
    await raw.call(TIMER, 'Allow: UPDATE', 'Session-Expires: 200;refresher=uas');
    raw.clock.advance(100_000);
    raw.reply(await raw.text(/^UPDATE/), 200);
    await raw.settle();
    raw.clock.advance(10_000_000);
    expect([raw.ends, raw.count(/^UPDATE/)]).toEqual([[], 1]);
  });
});
