import { createStore } from 'zustand/vanilla';
import { createDevicesStore } from '../../renderer/phone/devices.ts';
import { createLightsStore } from '../../renderer/phone/lights-store.ts';
import type { PhoneOwner, PhoneSession, PhoneSessionState } from '../../renderer/phone/phone-session.ts';
import { createCallsStore, createRegistrationStore } from '../../renderer/phone/phone-stores.ts';
import { Ringer } from '../../renderer/phone/ringer.ts';
import { memoryStorage } from './memory-storage.ts';

/** What was asked of a phone: name and arguments. */
export type Asked = readonly [name: string, ...args: unknown[]];

/** A phone session whose phone only notes what it is asked; its stores are real and the test fills them. */
export function notingSession(owner: PhoneOwner = { kind: 'tester' }): PhoneSession & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      asked.push([name, ...args]);
    };
  const state = createStore<PhoneSessionState>(() => ({ owner, callerNumber: '600', error: null }));
  return {
    asked,
    state,
    registration: createRegistrationStore(),
    calls: createCallsStore(),
    lights: createLightsStore(),
    devices: createDevicesStore(undefined, memoryStorage()),
    ringer: new Ringer(),
    phone: {
      signIn: note('signIn'),
      signOut: note('signOut'),
      call: async (...args) => {
        note('call')(...args);
        return 'call';
      },
      answer: async (...args) => note('answer')(...args),
      hangUp: note('hangUp'),
      setMuted: note('setMuted'),
      setHeld: (...args) => {
        note('setHeld')(...args);
        return true;
      },
      transfer: note('transfer'),
      connectBoth: note('connectBoth'),
      sendDigit: note('sendDigit'),
      watch: note('watch'),
      forget: note('forget'),
      dispose: note('dispose'),
    },
    setOwner(next) {
      note('setOwner')(next);
      state.setState({ owner: next });
    },
    setCallerNumber: note('setCallerNumber'),
    call: async (...args) => {
      note('call')(...args);
      return 'call';
    },
    pickUp: async (...args) => {
      note('pickUp')(...args);
      return 'call';
    },
    dispose: note('dispose'),
  };
}
