import { describe, expect, it } from 'vitest';
import { createCallsStore, currentCall, liveCalls } from '../../../renderer/phone/phone-stores.ts';
import { phoneCall } from '../../support/phone-call.ts';

describe('calls store', () => {
  it('changes only the call that is meant', () => {
    const store = createCallsStore();
    store.add(phoneCall({ id: 'a' }));
    store.add(phoneCall({ id: 'b' }));
    const before = store.find('b');
    store.change('a', { muted: true });
    store.change('gone', { muted: true });
    expect(store.find('a')?.muted).toBe(true);
    expect(store.find('b')).toBe(before);
  });

  it('keeps every live call and the last fifty ended ones', () => {
    const store = createCallsStore();
    store.add(phoneCall({ id: 'live', status: 'active' }));
    for (let i = 0; i < 80; i++) store.add(phoneCall({ id: `ended-${i}`, status: 'ended' }));
    const { calls } = store.getState();
    expect(calls.some((call) => call.id === 'live')).toBe(true);
    expect(calls.at(-1)?.id).toBe('ended-79');
    expect(calls.length).toBeLessThanOrEqual(52);
  });

  it('takes the answered call that is not held as the current one', () => {
    const store = createCallsStore();
    store.add(phoneCall({ id: 'held', status: 'active', held: true }));
    store.add(phoneCall({ id: 'talking', status: 'active' }));
    store.add(phoneCall({ id: 'ringing', status: 'ringing', direction: 'incoming' }));
    store.add(phoneCall({ id: 'over', status: 'ended' }));
    expect(currentCall(store.getState())?.id).toBe('talking');
    expect(liveCalls(store.getState()).map((call) => call.id)).toEqual(['held', 'talking', 'ringing']);
  });
});
