import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { dialogInfo } from '../../../electron/pbx/lights/dialog-info.ts';
import { messageSummary } from '../../../electron/pbx/lights/message-summary.ts';
import { callsAfter, parseDialogInfo } from '../../../renderer/phone/dialog-info.ts';
import { type ColleagueCall, createLightsStore, lightOf } from '../../../renderer/phone/lights-store.ts';
import { parseMessageSummary } from '../../../renderer/phone/message-summary.ts';
import { SipLights, type Subscriber } from '../../../renderer/phone/sip-lights.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

const alias = { callId: 'c', toTag: 't', fromTag: 'f' };
const call = (part: Partial<ColleagueCall> = {}): ColleagueCall => ({
  id: 'c1',
  state: 'confirmed',
  isIncoming: true,
  caller: null,
  replaces: null,
  ...part,
});

describe('dialog-info', () => {
  it('is read as the PBX writes it, whoever calls', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (displayName) => {
        const caller = { displayName, uri: 'sip:%2B48600@dialtree.invalid', params: new Map() };
        const text = dialogInfo('sip:101@dialtree.invalid', 0, [
          { id: 'c1', direction: 'recipient', phase: 'early', caller, alias },
          { id: 'c2', direction: 'initiator', phase: 'confirmed', caller: undefined, alias },
        ]);
        expect(parseDialogInfo(text)).toMatchObject({
          isFull: true,
          calls: [
            { id: 'c1', state: 'early', isIncoming: true, replaces: 'c;to-tag=t;from-tag=f' },
            { id: 'c2', state: 'confirmed', isIncoming: false, caller: null },
          ],
        });
        expect(parseDialogInfo(text)?.calls[0]?.caller?.number).toBe('+48600');
      }),
    );
  });

  it('that cannot be read says nothing, and breaks nothing', () => {
    for (const text of ['', '<', '<dialog-info/>', '<a xmlns="urn:ietf:params:xml:ns:dialog-info"/>', 'text']) {
      expect(parseDialogInfo(text)).toBeNull();
    }
    const ns = 'xmlns="urn:ietf:params:xml:ns:dialog-info"';
    const odd = `<dialog-info ${ns} state="full"><dialog/><dialog id="x"><state>dancing</state></dialog></dialog-info>`;
    expect(parseDialogInfo(odd)).toEqual({ isFull: true, calls: [] });
  });

  it('leaves out what is over, and keeps the others when only a part is told', () => {
    const before = [call({ id: 'a' }), call({ id: 'b' })];
    const calls = [call({ id: 'a', state: 'terminated' })];
    expect(callsAfter(before, { isFull: false, calls }).map(({ id }) => id)).toEqual(['b']);
    expect(callsAfter(before, { isFull: true, calls })).toEqual([]);
  });
});

describe('message-summary', () => {
  it.each([
    [messageSummary('sip:101@dialtree.invalid', { fresh: 2, heard: 8 }), { fresh: 2, heard: 8 }],
    ['Messages-Waiting: yes\r\nVoice-Message: 4/1 (2/0)\r\n', { fresh: 4, heard: 1 }],
    ['messages-waiting : yes\n', { fresh: 1, heard: 0 }],
    ['Messages-Waiting: no\r\n', { fresh: 0, heard: 0 }],
    ['Fax-Message: 1/2\r\n', null],
    ['', null],
  ])('%j', (text, counts) => expect(parseMessageSummary(text)).toEqual(counts));
});

describe('the light of a colleague', () => {
  const of = (calls: readonly ColleagueCall[] | null, present: readonly string[] | null) =>
    lightOf({ messages: null, colleagues: calls === null ? {} : { '101': calls }, present }, '101').light;

  it('follows their calls, and whether they have a phone', () => {
    expect(of(null, null)).toBe('unknown');
    expect(of([], null)).toBe('free');
    expect(of([], ['101'])).toBe('free');
    expect(of([], ['102'])).toBe('away');
    expect(of([call({ state: 'early' })], ['101'])).toBe('ringing');
    expect(of([call(), call({ id: 'c2', state: 'early' })], ['101'])).toBe('ringing');
    // Whom they call rings elsewhere.
    expect(of([call({ state: 'early', isIncoming: false })], ['101'])).toBe('talking');
    expect(of([call({ state: 'trying' })], ['101'])).toBe('talking');
    expect(of([call()], ['101'])).toBe('talking');
  });
});

describe('subscriptions of the phone', () => {
  class FakeSubscriber implements Subscriber {
    readonly did: string[] = [];
    readonly target: string;
    readonly event: string;
    #notify: (isFinal: boolean, request: unknown, body: string | undefined) => void = () => {};
    #terminated: (code: number, reason: string | undefined, retryAfterS: number | undefined) => void = () => {};
    constructor(target: string, event: string) {
      this.target = target;
      this.event = event;
    }
    on(event: 'notify' | 'terminated', listener: never): void {
      if (event === 'notify') this.#notify = listener;
      else this.#terminated = listener;
    }
    subscribe(): void {
      this.did.push('subscribe');
    }
    terminate(): void {
      this.did.push('terminate');
    }
    tell(body: string): void {
      this.#notify(false, {}, body);
    }
    end(code: number, retryAfterS?: number): void {
      this.#terminated(code, undefined, retryAfterS);
    }
  }

  let clock: ManualClock;
  let made: FakeSubscriber[];
  let store: ReturnType<typeof createLightsStore>;
  let lights: SipLights;
  beforeEach(() => {
    clock = new ManualClock();
    made = [];
    store = createLightsStore();
    lights = new SipLights(
      (target, event) => {
        const subscriber = new FakeSubscriber(target, event);
        made.push(subscriber);
        return subscriber;
      },
      '100',
      clock,
      store,
    );
  });
  const targets = () => made.map(({ event, target }) => `${event} ${target}`);

  it('begin once the phone is registered, once each', () => {
    lights.watch(['101']);
    expect(made).toEqual([]);
    lights.handleRegistered();
    lights.handleRegistered();
    lights.watch(['101', '102']);
    expect(targets()).toEqual(['message-summary 100', 'dialog 101', 'dialog 102']);
    lights.watch(['102']);
    expect(made.map(({ did }) => did.at(-1))).toEqual(['subscribe', 'terminate', 'subscribe']);
  });

  it('put what they are told into the lights, and take it out when they end', () => {
    lights.watch(['101']);
    lights.handleRegistered();
    made[0]?.tell('Voice-Message: 1/2\r\n');
    made[1]?.tell(
      dialogInfo('sip:101@x', 0, [{ id: 'a', direction: 'recipient', phase: 'early', caller: undefined, alias }]),
    );
    made[1]?.tell('not XML');
    expect(store.getState()).toMatchObject({ messages: { fresh: 1, heard: 2 }, colleagues: { '101': [{ id: 'a' }] } });
    lights.handleLost();
    expect(store.getState()).toMatchObject({ messages: null, colleagues: {} });
    // Another phone's, of this window: it signs in before the connection of the first is closed.
    store.setState({ messages: { fresh: 5, heard: 5 } });
    lights.handleLost();
    expect(store.getState().messages).toEqual({ fresh: 5, heard: 5 });
    store.setState({ messages: null });
    made[0]?.tell('Voice-Message: 9/9\r\n');
    expect(store.getState().messages).toBeNull();
  });

  it('come back with the connection', () => {
    lights.handleRegistered();
    made[0]?.end(2);
    lights.handleLost();
    lights.handleRegistered();
    expect(targets()).toEqual(['message-summary 100', 'message-summary 100']);
  });

  it('that end are begun again, when the server says or after a while; not when they were refused', () => {
    lights.watch(['101']);
    lights.handleRegistered();
    made[0]?.end(2);
    made[1]?.end(6, 30);
    clock.advance(29_999);
    expect(made).toHaveLength(2);
    clock.advance(1);
    expect(targets().at(-1)).toBe('dialog 101');
    made[2]?.end(0);
    clock.advance(10_000);
    expect(made).toHaveLength(4);
    lights.watch([]);
    clock.advance(100_000);
    expect([made.length, clock.pending]).toEqual([4, 0]);
  });
});
