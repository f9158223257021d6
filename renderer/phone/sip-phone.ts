import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent, UA } from 'jssip/lib/UA';
import type { PhoneAccount } from '../../shared/bridge/contract.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { LightsStore } from './lights-store.ts';
import type { Microphone } from './microphone.ts';
import type { CallsStore, RegistrationStore } from './phone-stores.ts';
import { liveCalls } from './phone-stores.ts';
import type { OutgoingCallOptions, Phone } from './phone-types.ts';
import { RegistrationKeeper } from './registration-keeper.ts';
import { SipCall } from './sip-call.ts';
import { type MakeSubscriber, SipLights, type Subscriber } from './sip-lights.ts';
import type { Speaker } from './speaker.ts';

/** Fixed call slots: a fifth caller hears busy. */
export const CALL_SLOTS = 4;
/** Longer than any queue rings one person, so that the PBX decides when ringing ends. */
const NO_ANSWER_TIMEOUT_S = 180;
const REGISTER_EXPIRES_S = 120;

export interface SipPhoneOptions {
  readonly registration: RegistrationStore;
  readonly calls: CallsStore;
  readonly lights: LightsStore;
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly clock: Clock;
  /** Stable identity of this phone (RFC 5626 instance id, a UUID): without it stale bindings pile up. */
  readonly instanceId: string;
}

/** The softphone: JsSIP behind our interface. State goes to the two stores. */
export class SipPhone implements Phone {
  readonly #options: SipPhoneOptions;
  readonly #keeper: RegistrationKeeper;
  readonly #calls = new Map<string, SipCall>();
  #ua: UA | undefined;
  #lights: SipLights | undefined;
  #watched: readonly string[] = [];

  constructor(options: SipPhoneOptions) {
    this.#options = options;
    this.#keeper = new RegistrationKeeper(options.clock, () => this.#ua?.register());
  }

  signIn(account: PhoneAccount): void {
    this.signOut();
    const ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(account.wsUrl)],
      uri: account.uri,
      password: account.password,
      display_name: account.displayName,
      instance_id: this.#options.instanceId,
      // Some servers answer timers with 422, which JsSIP cannot retry.
      session_timers: false,
      no_answer_timeout: NO_ANSWER_TIMEOUT_S,
      register_expires: REGISTER_EXPIRES_S,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 15,
    });
    this.#ua = ua;
    const subscriber: MakeSubscriber = (...args) => ua.subscribe(...args) as unknown as Subscriber;
    const lights = new SipLights(subscriber, account.user, this.#options.clock, this.#options.lights);
    this.#lights = lights;
    lights.watch(this.#watched);
    const set = (state: Partial<ReturnType<RegistrationStore['getState']>>) => {
      if (this.#ua === ua) this.#options.registration.setState(state);
    };
    set({ status: 'connecting', account, error: null });
    let wasLost = false;
    ua.on('registered', () => {
      this.#keeper.handleRegistered();
      if (wasLost) for (const call of this.#calls.values()) call.confirmAlive();
      wasLost = false;
      lights.handleRegistered();
      set({ status: 'registered', error: null });
    });
    ua.on('registrationFailed', ({ response, cause }) => {
      const status = (response as { status_code?: number } | undefined)?.status_code;
      const again = this.#keeper.handleFailed(status);
      set({
        status: again ? 'connecting' : 'refused',
        error: again
          ? { code: 'phone/register-failed', message: `The server refused the registration (${status ?? cause}).` }
          : { code: 'phone/wrong-password', message: 'The server does not accept this user and password.' },
      });
    });
    ua.on('disconnected', ({ error }) => {
      wasLost = true;
      lights.handleLost();
      if (error) {
        set({
          status: 'connecting',
          error: {
            code: 'phone/no-connection',
            message: `The telephone server at ${account.wsUrl} cannot be reached.`,
          },
        });
      }
    });
    ua.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
      if (event.originator === ('remote' as string)) this.#handleIncoming(event as IncomingRTCSessionEvent);
    });
    ua.start();
  }

  signOut(): void {
    this.#keeper.stop();
    const ua = this.#ua;
    this.#ua = undefined;
    this.#lights?.handleLost();
    this.#lights = undefined;
    ua?.stop(); // ends the calls and unregisters
    this.#options.registration.setState({ status: 'off', account: null, error: null });
  }

  async call(target: string, options: OutgoingCallOptions = {}): Promise<string> {
    const ua = this.#ua;
    if (!ua || this.#options.registration.getState().status !== 'registered') {
      throw new DialtreeError({
        code: 'phone/not-registered',
        message: 'The phone is not signed in, so it cannot call.',
        hint: 'Wait until the light in the header is green, or sign in again.',
      });
    }
    const address = dialable(target);
    const share = await this.#options.microphone.open();
    this.#options.calls.setState({ microphoneError: share.error });
    const callerNumber = options.callerNumber?.replace(/[^0-9+*#]/g, '') ?? '';
    const call = SipCall.outgoing(this.#callOptions(), {
      ua,
      address,
      name: options.name ?? '',
      number: options.number,
      share,
      extraHeaders: [
        ...(callerNumber === '' ? [] : [`X-Dialtree-Caller: ${callerNumber}`]),
        ...(options.replaces === undefined ? [] : [`Replaces: ${options.replaces}`, 'Require: replaces']),
      ],
    });
    this.#calls.set(call.id, call);
    return call.id;
  }

  async answer(callId: string): Promise<void> {
    const share = await this.#options.microphone.open();
    this.#options.calls.setState({ microphoneError: share.error });
    const call = this.#calls.get(callId);
    // While the microphone opened, the caller may have gone.
    if (!call || this.#options.calls.find(callId)?.status !== 'ringing') this.#options.microphone.release(share);
    else call.answer(share);
  }

  hangUp(callId: string): void {
    this.#calls.get(callId)?.hangUp();
  }

  setMuted(callId: string, muted: boolean): void {
    this.#calls.get(callId)?.setMuted(muted);
  }

  setHeld(callId: string, held: boolean): boolean {
    return this.#calls.get(callId)?.setHeld(held) ?? false;
  }

  transfer(callId: string, target: string): void {
    this.#calls.get(callId)?.transfer(target, dialableOrNone(target));
  }

  connectBoth(callId: string, otherId: string): void {
    const other = this.#calls.get(otherId);
    if (other) this.#calls.get(callId)?.connectWith(other);
  }

  sendDigit(callId: string, digit: string): void {
    this.#calls.get(callId)?.sendDigit(digit);
  }

  watch(extensions: readonly string[]): void {
    this.#watched = extensions;
    this.#lights?.watch(extensions);
  }

  forget(callId: string): void {
    if (this.#options.calls.find(callId)?.status === 'ended') this.#options.calls.remove(callId);
  }

  dispose(): void {
    this.signOut();
  }

  #handleIncoming({ session, request }: IncomingRTCSessionEvent): void {
    if (liveCalls(this.#options.calls.getState()).length >= CALL_SLOTS) {
      (session as RTCSession).terminate({ status_code: 486, reason_phrase: 'Busy Here' });
      return;
    }
    const call = SipCall.incoming(this.#callOptions(), session, request);
    this.#calls.set(call.id, call);
  }

  #callOptions() {
    const { calls, microphone, speaker, clock, registration } = this.#options;
    const server = new URL(registration.getState().account?.wsUrl ?? 'ws://localhost');
    const serverIsLocal = server.hostname === '127.0.0.1' || server.hostname === 'localhost';
    return { calls, microphone, speaker, clock, serverIsLocal, onEnded: (id: string) => this.#calls.delete(id) };
  }
}

/**
 * What is dialled, as JsSIP takes it: a `sip:` address as it is, else its dialable characters.
 * @throws DialtreeError `phone/not-dialable`.
 */
function dialable(target: string): string {
  const address = dialableOrNone(target);
  if (address === undefined) {
    throw new DialtreeError({
      code: 'phone/not-dialable',
      message: `"${target.trim().slice(0, 40)}" cannot be dialled.`,
      hint: 'Type digits, * or #, or a sip: address.',
    });
  }
  return address;
}

function dialableOrNone(target: string): string | undefined {
  const trimmed = target.trim();
  if (/^sips?:[^\s<>"]+$/i.test(trimmed)) return trimmed;
  const user = /[a-z]/i.test(trimmed) ? trimmed : trimmed.replace(/[\s().\-/]/g, '');
  return /^[A-Za-z0-9._+*#-]{1,64}$/.test(user) ? user.replaceAll('#', '%23') : undefined;
}
