import type { TrunkConfig, TrunkSettings, TrunkState } from '../../../shared/bridge/trunk.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { MediaClock } from '../../media/media-clock.ts';
import { RtpLeg } from '../../media/rtp-leg.ts';
import { DigestClient } from '../../sip/digest-client.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import type { SipFlow } from '../../sip/transport.ts';
import { formatSipUri } from '../../sip/uri.ts';
import { type MediaContext, Party } from '../party.ts';
import { CallHistory } from './call-history.ts';
import { destinationOf } from './numbers.ts';
import { OutsideCall, type OutsideEvents, type OutsideRequest } from './outside-call.ts';
import { type LineWatch, Qualify } from './qualify.ts';
import { Registration, type RegistrationState } from './registration.ts';
import { TollGuard } from './toll-guard.ts';
import { TrunkAgent } from './trunk-agent.ts';

export interface TrunkOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mediaClock: MediaClock;
  readonly product: string;
  readonly config: TrunkConfig;
  readonly onState: (state: TrunkState) => void;
  /** A call from outside. */
  readonly onInvite: (session: IncomingSession) => void;
  readonly random?: (() => number) | undefined;
}

/** One outside line, from `start` to `stop`; SPEC.md. */
export class Trunk {
  readonly settings: TrunkSettings;
  readonly #options: TrunkOptions;
  readonly #digest: DigestClient;
  readonly #guard: TollGuard;
  readonly #watch: LineWatch;
  readonly #outside = new Set<OutsideCall>();
  #agent: TrunkAgent | undefined;
  #opening: Promise<TrunkAgent> | undefined;
  #incoming = 0;
  #stopped = false;

  constructor(options: TrunkOptions) {
    const { clock, logger, config, product, random } = options;
    const { settings, password, historyPath } = config;
    this.#options = options;
    this.settings = settings;
    this.#digest = new DigestClient(settings.user, password);
    const history = new CallHistory(historyPath, logger, clock.wallMs());
    this.#guard = new TollGuard({ clock, limits: settings.limits, history });
    const common = {
      clock,
      product,
      aor: this.uriOf(settings.user === '' ? 'dialtree' : settings.user),
      onState: (state: RegistrationState) => this.#handleState(state),
      ...(random === undefined ? {} : { random }),
      way: {
        flow: async () => (await this.#open()).flow(),
        contactFor: (flow: SipFlow) => this.#requireAgent().calls.contactFor(flow),
        send: (...args: Parameters<TrunkAgent['calls']['layer']['send']>) =>
          this.#requireAgent().calls.layer.send(...args),
      },
    };
    const host = this.uriOf('');
    this.#watch =
      settings.mode === 'register'
        ? new Registration({ ...common, digest: this.#digest, registrar: host })
        : new Qualify({ ...common, target: host });
  }

  get state(): TrunkState {
    return { ...this.#watch.state, calls: this.#outside.size + this.#incoming };
  }

  /** Sessions and transactions that live: tests for leaks assert 0. */
  get load(): { sessions: number; transactions: number } {
    return this.#agent?.calls.load ?? { sessions: 0, transactions: 0 };
  }

  start(): void {
    this.#watch.start();
  }

  /** Ends every call, takes the registration back and closes the sockets. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const call of [...this.#outside]) call.hangUp();
    await this.#watch.stop();
    await this.#agent?.close();
    this.#agent = undefined;
  }

  /**
   * Calls a number outside, unless a rule forbids it. Exactly one of `onAnswered` and `onFailed` comes; `onFailed`
   * before this returns undefined.
   */
  call(
    number: string,
    request: Omit<OutsideRequest, 'destination' | 'maxMs'>,
    events: OutsideEvents,
  ): OutsideCall | undefined {
    const destination = destinationOf(number, this.settings.countryCode);
    const { logger, clock } = this.#options;
    // TO5: an emergency call is tried in any case; others that are not even sent are not counted.
    const isDown = this.#watch.state.status !== 'registered' && destination.kind !== 'emergency';
    const isKept = isDown && this.#guard.judge(destination) === undefined;
    const admission = isKept ? ({ allowed: false, why: 'line-down' } as const) : this.#guard.admit(destination);
    if (!admission.allowed) {
      logger.log('warn', 'trunk.refused', { code: `trunk/${admission.why}`, number: destination.number });
      events.onFailed('unavailable', admission.why);
      return undefined;
    }
    const call = new OutsideCall(
      {
        clock,
        logger,
        settings: this.settings,
        digest: this.#digest,
        uriOf: (user) => this.uriOf(user),
        connect: async () => {
          const agent = await this.#open();
          return { agent, flow: await agent.flow(), media: this.#mediaOf(agent) };
        },
      },
      { ...request, destination, maxMs: admission.maxMs },
      events,
      () => {
        admission.done();
        this.#outside.delete(call);
        this.#tell();
      },
    );
    this.#outside.add(call);
    this.#tell();
    call.start();
    return call.isOver ? undefined : call;
  }

  /** The caller of a call from outside. */
  partyOf(session: IncomingSession): Party<IncomingSession> {
    const media = this.#mediaOf(this.#requireAgent());
    return new Party(media, session, media.createLeg(session.signallingFlow));
  }

  /** A call from outside is taken; to be called with the result when it is over. */
  noteIncoming(): () => void {
    this.#incoming += 1;
    this.#tell();
    return () => {
      this.#incoming -= 1;
      this.#tell();
    };
  }

  /** `sip:user@far-end`; without the port where it is the usual one. */
  uriOf(user: string): string {
    const { host, port } = this.settings;
    return formatSipUri({
      user,
      host: host.includes(':') ? `[${host}]` : host,
      port: port === 5060 ? undefined : port,
    });
  }

  #open(): Promise<TrunkAgent> {
    const { clock, logger, product, onInvite } = this.#options;
    const old = this.#agent;
    // Who was not reached may have moved, or we have: another network, another address.
    const { status, sipStatus } = this.#watch.state;
    const isStale = status === 'unreachable' && sipStatus === null && old?.calls.load.sessions === 0;
    if (this.#opening !== undefined && !isStale) return this.#opening;
    const opening = (async () => {
      this.#agent = undefined;
      await old?.close();
      const agent = await TrunkAgent.open({
        clock,
        logger,
        product,
        settings: this.settings,
        onInvite,
        onClosed: (flow) => this.#watch.handleFlowClosed(flow),
      });
      if (this.#stopped) {
        await agent.close();
        throw new DialtreeError({ code: 'trunk/stopped', message: 'The outside line was switched off.' });
      }
      this.#agent = agent;
      return agent;
    })();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  #requireAgent(): TrunkAgent {
    if (this.#agent === undefined) throw new Error('The trunk has no sockets');
    return this.#agent;
  }

  #mediaOf(agent: TrunkAgent): MediaContext {
    const { clock, logger, mediaClock } = this.#options;
    const address = agent.localAddress;
    return {
      mediaClock,
      logger,
      createLeg: (flow, other) => new RtpLeg({ clock, address, signallingAddress: flow.remoteAddress, other }),
    };
  }

  #handleState({ status, sipStatus, reason }: RegistrationState): void {
    const fields = { status, reason, ...(sipStatus === null ? {} : { sipStatus }) };
    this.#options.logger.log(status === 'refused' || status === 'unreachable' ? 'warn' : 'info', 'trunk.state', fields);
    this.#tell();
  }

  #tell(): void {
    if (!this.#stopped) this.#options.onState(this.state);
  }
}
