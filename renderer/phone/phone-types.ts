import type { CallerContext } from '../../shared/bridge/caller-context.ts';
import type { PhoneAccount } from '../../shared/bridge/contract.ts';
import type { ErrorDetail } from '../../shared/lib/errors.ts';
import type { CallQuality } from './call-quality.ts';

/**
 * off → connecting → registered; a lost connection goes back to connecting, a refusal to refused. Apart from the calls'
 * state on purpose: a call outlives a lost registration.
 */
export interface RegistrationState {
  readonly status: 'off' | 'connecting' | 'registered' | 'refused';
  readonly account: PhoneAccount | null;
  /** Why it is not registered, where that is known. */
  readonly error: ErrorDetail | null;
}

/** How a call ended. `missed`, `rejected` and `answered-elsewhere` are three things to an operator. */
export type CallEnd =
  | 'hung-up-here'
  | 'hung-up-there'
  | 'missed'
  | 'rejected'
  | 'answered-elsewhere'
  | 'cancelled'
  | 'busy'
  | 'no-answer'
  | 'not-found'
  | 'unavailable'
  | 'connection-lost'
  | 'no-audio'
  | 'transferred'
  | 'rings-no-more'
  | 'failed';

/** A transfer that was asked for. Until it is `done` the call is still this phone's. */
export interface CallTransfer {
  /** The number, as it was typed or chosen. */
  readonly to: string;
  readonly status: 'asked' | 'done' | 'failed';
  readonly failure: 'busy' | 'no-answer' | 'not-possible' | 'call-gone' | 'failed' | null;
}

/** One call of this phone. Times are wall-clock ms. */
export interface PhoneCall {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** connecting: sent, nothing heard yet; ringing: at the other side or here; active: answered. */
  readonly status: 'connecting' | 'ringing' | 'active' | 'ended';
  readonly remote: { readonly number: string; readonly name: string };
  /** What the PBX tells about a forwarded call. */
  readonly context: CallerContext | null;
  readonly startedAtMs: number;
  readonly answeredAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly end: CallEnd | null;
  readonly muted: boolean;
  readonly held: boolean;
  readonly heldByOther: boolean;
  /** The last transfer that was asked for. */
  readonly transfer: CallTransfer | null;
  /** Keys sent during the call. */
  readonly digits: string;
  /** False until the first sound can arrive: "connecting audio". */
  readonly audioFlows: boolean;
  /** How it sounds; null before anything is known. The last figures stay after the end. */
  readonly quality: CallQuality | null;
  /** The far end's sound, for the level meter. */
  readonly remoteStream: MediaStream | null;
  readonly localStream: MediaStream | null;
}

/** Calls in order of their beginning: the live ones and the ended ones of this session. */
export interface CallsState {
  readonly calls: readonly PhoneCall[];
  /** No microphone could be opened: calls go out with silence. */
  readonly microphoneError: ErrorDetail | null;
}

export interface OutgoingCallOptions {
  /** Number that a test call shows as the caller's. */
  readonly callerNumber?: string;
  /** What is called, as people know it. */
  readonly name?: string;
  /** Value of a Replaces header: the call takes that one's place (RFC 3891), and shows `number` in place of what is called. */
  readonly replaces?: string;
  readonly number?: string;
}

/** What the interface may ask of a phone. JsSIP stays behind it. */
export interface Phone {
  /** Registers with an account; a different one before is signed out. */
  signIn(account: PhoneAccount): void;
  signOut(): void;
  /** @param target User part (`101`, `flow.main`) or a whole `sip:` address. Returns the call's id. */
  call(target: string, options?: OutgoingCallOptions): Promise<string>;
  answer(callId: string): Promise<void>;
  /** Ends, cancels or rejects, whichever fits. */
  hangUp(callId: string): void;
  setMuted(callId: string, muted: boolean): void;
  /** False when the call cannot change now; try again. */
  setHeld(callId: string, held: boolean): boolean;
  /** Asks the PBX to connect the far end to `target` instead (RFC 3515); how it goes is in the call's `transfer`. */
  transfer(callId: string, target: string): void;
  /** Connects the far ends of two calls with each other (RFC 3891); how it goes is in `callId`'s `transfer`. */
  connectBoth(callId: string, otherId: string): void;
  sendDigit(callId: string, digit: string): void;
  /** Keeps the lights of these extensions, and of no others, in step with what the server tells. */
  watch(extensions: readonly string[]): void;
  /** Removes an ended call from the list. */
  forget(callId: string): void;
  dispose(): void;
}
