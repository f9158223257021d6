import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge, PbxStatus, PhoneAccount } from '../../shared/bridge/contract.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type ErrorDetail, toErrorDetail } from '../../shared/lib/errors.ts';
import { createDevicesStore, type DevicesStore } from './devices.ts';
import { type ColleagueCall, createLightsStore, type LightsStore } from './lights-store.ts';
import { Microphone } from './microphone.ts';
import { type CallsStore, createCallsStore, createRegistrationStore, type RegistrationStore } from './phone-stores.ts';
import type { OutgoingCallOptions, Phone } from './phone-types.ts';
import { Ringer } from './ringer.ts';
import { SipPhone } from './sip-phone.ts';
import { Speaker } from './speaker.ts';

/** Whose phone this window is: the designer's test phone, a person of the project, or an account typed in. */
export type PhoneOwner =
  | { readonly kind: 'tester' }
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'account'; readonly account: PhoneAccount }
  | { readonly kind: 'none' };

export interface PhoneSessionState {
  readonly owner: PhoneOwner;
  /** Caller number that test calls show. */
  readonly callerNumber: string;
  /** Why the account could not be had, or the last call could not be placed. */
  readonly error: ErrorDetail | null;
}

/** A window's phone with everything around it. */
export interface PhoneSession {
  readonly state: StoreApi<PhoneSessionState>;
  readonly registration: RegistrationStore;
  readonly calls: CallsStore;
  readonly lights: LightsStore;
  readonly devices: DevicesStore;
  readonly phone: Phone;
  readonly ringer: Ringer;
  setOwner(owner: PhoneOwner): void;
  setCallerNumber(number: string): void;
  /**
   * Places a call and gives its id; a failure is shown in `state.error`, not thrown, and gives null.
   * @param shownNumber Number that a test call shows instead of the chosen one.
   */
  call(target: string, name?: string, shownNumber?: string): Promise<string | null>;
  /** Takes a call that rings at a colleague's; as `call`. */
  pickUp(extension: string, ringing: ColleagueCall): Promise<string | null>;
  dispose(): void;
}

const PERSON_KEY = 'dialtree.phone.person';
const CALLER_KEY = 'dialtree.phone.caller';
const INSTANCE_KEY = 'dialtree.phone.instance';
const DEFAULT_CALLER = '600100200';
const ACCOUNT_RETRY_MS = 1500;

/**
 * Makes the phone of this window. `windowStorage` is the window's own (two windows are two people), `profileStorage` is
 * shared by all windows of the profile.
 */
export function createPhoneSession(options: {
  readonly bridge: Bridge;
  readonly clock: Clock;
  readonly windowStorage: Storage;
  readonly profileStorage: Storage;
}): PhoneSession {
  const { bridge, clock, windowStorage, profileStorage } = options;
  const registration = createRegistrationStore();
  const calls = createCallsStore();
  const lights = createLightsStore();
  const devices = createDevicesStore(navigator.mediaDevices, profileStorage);
  const microphone = new Microphone();
  const speaker = new Speaker();
  const ringer = new Ringer();
  const phone: Phone = new SipPhone({
    registration,
    calls,
    lights,
    microphone,
    speaker,
    clock,
    instanceId: instanceId(windowStorage),
  });
  const state = createStore<PhoneSessionState>(() => ({
    owner: { kind: 'none' },
    callerNumber: profileStorage.getItem(CALLER_KEY) ?? DEFAULT_CALLER,
    error: null,
  }));

  const applyDevices = () => {
    const { choice } = devices.getState();
    microphone.use(choice.microphoneId || undefined);
    speaker.use(choice.speakerId);
    ringer.use(choice.ringerId);
  };
  applyDevices();
  void devices.refresh();

  let cancelRetry = () => {};
  /** Asks for the account until the PBX is up, then signs in. */
  async function signIn(owner: PhoneOwner): Promise<void> {
    cancelRetry();
    if (owner.kind === 'none') return phone.signOut();
    if (owner.kind === 'account') return phone.signIn(owner.account);
    try {
      const who = owner.kind === 'tester' ? ('tester' as const) : { personId: owner.personId };
      const account = await bridge.call('phone.account', { who });
      if (state.getState().owner === owner) {
        state.setState({ error: null });
        phone.signIn(account);
      }
    } catch (error) {
      if (state.getState().owner !== owner) return;
      const detail = toErrorDetail(error);
      state.setState({ error: detail });
      if (detail.code !== 'phone/unknown-person') {
        cancelRetry = clock.after(ACCOUNT_RETRY_MS, () => void signIn(owner));
      }
    }
  }

  const notePresent = ({ registrations }: PbxStatus) =>
    lights.setState({ present: registrations.filter(({ contacts }) => contacts > 0).map(({ user }) => user) });
  // Without it a colleague without a phone looks free until the next change.
  bridge.call('pbx.status', {}).then(notePresent, () => undefined);

  const unsubscribe = [
    bridge.on('pbx.status', notePresent),
    bridge.on('phone.passwordRenewed', ({ personId }) => {
      const { owner } = state.getState();
      if (owner.kind === 'person' && owner.personId === personId) void signIn(owner);
    }),
    devices.subscribe((now, before) => {
      if (now.choice !== before.choice) applyDevices();
    }),
    calls.subscribe(({ calls: list }) => {
      const ringingHere = list.some((call) => call.direction === 'incoming' && call.status === 'ringing');
      const ringingThere = list.some((call) => call.status === 'ringing' && call.remoteStream === null);
      ringer.play(ringingHere ? 'ring' : ringingThere ? 'ringback' : 'none');
      // Names of devices are told only after the microphone was allowed.
      if (list.some((call) => call.localStream !== null) && devices.getState().inputs.length === 0)
        void devices.refresh();
    }),
  ];

  async function place(target: string, options: OutgoingCallOptions): Promise<string | null> {
    try {
      const id = await phone.call(target, options);
      state.setState({ error: null });
      return id;
    } catch (error) {
      state.setState({ error: toErrorDetail(error) });
      return null;
    }
  }

  return {
    state,
    registration,
    calls,
    lights,
    devices,
    phone,
    ringer,
    setOwner(owner) {
      state.setState({ owner, error: null });
      if (owner.kind === 'person') windowStorage.setItem(PERSON_KEY, owner.personId);
      void signIn(owner);
    },
    setCallerNumber(number) {
      profileStorage.setItem(CALLER_KEY, number);
      state.setState({ callerNumber: number });
    },
    call(target, name, shownNumber) {
      const { owner, callerNumber } = state.getState();
      return place(target, {
        ...(owner.kind === 'tester' ? { callerNumber: shownNumber ?? callerNumber } : {}),
        ...(name === undefined ? {} : { name }),
      });
    },
    async pickUp(extension, { caller, replaces }) {
      return replaces === null ? null : place(extension, { replaces, ...(caller ?? { number: '', name: '' }) });
    },
    dispose() {
      cancelRetry();
      for (const stop of unsubscribe) stop();
      ringer.play('none');
      devices.dispose();
      phone.dispose();
    },
  };
}

/** The person this window was signed in as before a reload. */
export function rememberedPerson(windowStorage: Pick<Storage, 'getItem'>): string | null {
  return windowStorage.getItem(PERSON_KEY);
}

function instanceId(storage: Pick<Storage, 'getItem' | 'setItem'>): string {
  const kept = storage.getItem(INSTANCE_KEY);
  if (kept) return kept;
  const id = crypto.randomUUID();
  storage.setItem(INSTANCE_KEY, id);
  return id;
}
