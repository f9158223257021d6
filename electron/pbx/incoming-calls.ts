import { randomUUID } from 'node:crypto';
import type { PbxConfig, PbxEvent } from '../../shared/bridge/pbx.ts';
import type { RecordingAction } from '../../shared/bridge/recordings.ts';
import { supervisedCallId } from '../../shared/bridge/supervision.ts';
import type { CallInfo } from '../../shared/engine/events.ts';
import type { QueueId } from '../../shared/flow/ids.ts';
import type { EncodedAudio } from '../media/encoded-audio.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import { parseSipUri } from '../sip/uri.ts';
import { CallRecord } from './call-record.ts';
import { targetOf } from './call-target.ts';
import { type CallerIdentity, callerIdentity, outsideIdentity } from './caller-identity.ts';
import type { Conversation, FarPerson } from './conversations/conversation.ts';
import { DirectCalls } from './conversations/direct-calls.ts';
import type { FlowCallContext } from './effects/effect-host.ts';
import { FlowCall } from './flow-call.ts';
import { answerCaller, type MediaContext, Party } from './party.ts';
import type { People } from './people.ts';
import { numberCalled } from './trunk/called-number.ts';
import type { Trunk } from './trunk/trunk.ts';

export interface IncomingCallsContext extends Omit<FlowCallContext, 'personOf'> {
  readonly people: People;
  readonly emit: (event: PbxEvent) => void;
  /** The configuration of new calls; undefined before the first. */
  readonly config: () => PbxConfig | undefined;
  /** Calls of all kinds that live. */
  readonly count: () => number;
  /** Whether there may be no more of them now. */
  readonly isFull: () => boolean;
  readonly media: MediaContext;
  readonly ringback: EncodedAudio;
  /** An INVITE with Replaces of someone who has an account here. */
  readonly replace: (session: IncomingSession) => Promise<void>;
}

/** SU1: why a supervisor may not come; undefined where they may. */
const SUPERVISION_REFUSALS = { yes: undefined, 'nobody-talks': 480, busy: 486 } as const;

/** Who calls, and how to know when they have gone. */
interface Caller {
  readonly party: Party<IncomingSession>;
  readonly identity: CallerIdentity;
  readonly release: () => void;
}

/** Takes every call that comes in: into a flow, to a colleague, or not at all. */
export class IncomingCalls {
  readonly #context: IncomingCallsContext & FlowCallContext;
  readonly #flowCalls = new Map<string, FlowCall>();
  readonly #directCalls = new DirectCalls();
  readonly #supervisors = new Set<Party>();

  constructor(context: IncomingCallsContext) {
    const personOf = (extension: string) => context.people.account(extension)?.personId;
    this.#context = { ...context, personOf };
  }

  /** Calls that live. */
  get load(): number {
    return this.#flowCalls.size + this.#directCalls.size + this.#supervisors.size;
  }

  /** Every call that may have two who talk. */
  get conversations(): Iterable<Conversation> {
    return [...this.#flowCalls.values(), ...this.#directCalls];
  }

  /** A call of someone who has an account here. */
  handleInvite(session: IncomingSession): void {
    const { people, logger } = this.#context;
    const account = people.account(session.user);
    const config = account === undefined ? undefined : this.#admit(session);
    if (config === undefined || account === undefined) {
      session.reject(503, undefined, [['Retry-After', '2']]);
      return;
    }
    if (session.request.headers.has('Replaces')) {
      this.#context.track(this.#context.replace(session));
      return;
    }
    const dialled = parseSipUri(session.request.uri)?.user ?? '';
    const supervised = supervisedCallId(dialled);
    if (supervised !== undefined) {
      this.#supervise(supervised, session, account.personId === undefined);
      return;
    }
    const target = targetOf(config, dialled);
    const colleague = target === undefined ? people.account(dialled)?.personId : undefined;
    if (target === undefined && colleague === undefined) {
      logger.log('info', 'pbx.not-found', { dialled: dialled.slice(0, 64), user: account.user });
      session.reject(404);
      return;
    }
    const caller = { ...this.#partyOf(session), identity: callerIdentity(session, account) };
    if (target !== undefined) this.#startFlowCall(config, dialled, target, caller);
    else if (colleague !== undefined) this.#startDirectCall(caller, colleague);
  }

  /** A call from outside: TN2, TN3. */
  handleOutside(session: IncomingSession, trunk: Trunk): void {
    const config = this.#admit(session);
    if (config === undefined) {
      session.reject(503, undefined, [['Retry-After', '2']]);
      return;
    }
    const called = numberCalled(session.request, config.dialPlan, trunk.settings.countryCode);
    if (called.numberId === undefined) {
      this.#context.logger.log('info', 'trunk.not-found', { dialled: called.text.slice(0, 64) });
      session.reject(404);
      return;
    }
    const identity = outsideIdentity(session.request);
    const caller = { party: trunk.partyOf(session), identity, release: trunk.noteIncoming() };
    this.#startFlowCall(config, called.text, { kind: 'number', numberId: called.numberId }, caller);
  }

  /** Two who had not called each other talk from now on. */
  connect(first: FarPerson, second: FarPerson): void {
    this.#directCalls.connect(this.#directContext, first, second);
  }

  /** Answers at once a phone that comes in place of another; its party has ended when there is no common codec. */
  async admit(session: IncomingSession): Promise<FarPerson> {
    const { party, release } = this.#partyOf(session);
    await answerCaller(party, this.#context.logger);
    return { party, release };
  }

  /** Ends one call; an unknown id changes nothing. */
  hangUp(callId: string): void {
    this.#flowCalls.get(callId)?.hangUp('hung-up-by-supervisor');
  }

  /** What an operator wants of the recording of a call; false: there is no such call here. */
  record(callId: string, action: RecordingAction): boolean {
    const call = this.#flowCalls.get(callId);
    call?.handleRecording(action);
    return call !== undefined;
  }

  /** Puts a caller who waits into another queue; one who does not wait there any more stays where they are. */
  move(callId: string, queueId: QueueId): void {
    const isMoved = this.#flowCalls.get(callId)?.move(queueId) ?? false;
    this.#context.logger.log('info', 'pbx.call-moved', { callId, queueId, isMoved });
  }

  /** Ends every call. */
  stop(): void {
    for (const call of [...this.#flowCalls.values()]) call.hangUp('stopped');
    this.#directCalls.hangUp();
  }

  /** SU1. */
  #supervise(callId: string, session: IncomingSession, isSupervisor: boolean): void {
    const call = this.#flowCalls.get(callId);
    const refusal = isSupervisor ? call && SUPERVISION_REFUSALS[call.supervisable] : 403;
    if (call === undefined || refusal !== undefined) {
      session.reject(refusal ?? 404);
      return;
    }
    const { party, release } = this.#partyOf(session);
    this.#supervisors.add(party);
    call.supervise(party, () => {
      this.#supervisors.delete(party);
      release();
    });
    void answerCaller(party, this.#context.logger);
  }

  /** The configuration that a new call begins with; undefined when it is refused, which a session may be already. */
  #admit(session: IncomingSession): PbxConfig | undefined {
    const { config, count, isFull, logger } = this.#context;
    const current = config();
    if (current === undefined) return undefined;
    if (isFull()) {
      logger.log('warn', 'pbx.too-many-calls', { calls: count() });
      session.reject(503, undefined, [['Retry-After', '5']]);
      return undefined;
    }
    if (session.request.body === '') {
      // RFC 3261 13.2.1 allows an INVITE without an offer; a browser never sends one.
      session.reject(488, 'An offer is needed');
      return undefined;
    }
    return current;
  }

  #partyOf(session: IncomingSession): Pick<Caller, 'party' | 'release'> {
    const { media, people } = this.#context;
    const release = people.engage(session.user);
    const party = new Party(media, session, media.createLeg(session.signallingFlow));
    return { party, release: () => release() };
  }

  get #directContext() {
    return { ...this.#context, music: this.#context.music.builtIn };
  }

  #startFlowCall(config: PbxConfig, dialled: string, target: CallInfo['target'], caller: Caller): void {
    const { clock, emit, logger } = this.#context;
    const callId = randomUUID();
    const startedAtMs = clock.wallMs();
    const info = { callId, caller: caller.identity, target, startedAtMs };
    const record = new CallRecord(emit, { callId, caller: caller.identity, dialled, startedAtMs });
    const call = new FlowCall(this.#context, config, caller.party, info, record, () => {
      this.#flowCalls.delete(callId);
      caller.release();
      logger.log('info', 'pbx.call-ended', { callId, cause: record.summary.endCause ?? '' });
    });
    this.#flowCalls.set(callId, call);
    logger.log('info', 'pbx.call-started', { callId, dialled });
    call.start();
  }

  #startDirectCall({ party, identity, release }: Caller, personId: string): void {
    this.#directCalls.start(this.#directContext, party, identity, personId, release);
  }
}
