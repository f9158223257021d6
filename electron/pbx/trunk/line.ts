import { TRUNK_OFF, type TrunkConfig, type TrunkState } from '../../../shared/bridge/trunk.ts';
import { sameJson } from '../../../shared/lib/same-json.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import { Trunk, type TrunkOptions } from './trunk.ts';

export interface LineOptions extends Omit<TrunkOptions, 'config' | 'onInvite'> {
  readonly onInvite: (session: IncomingSession, trunk: Trunk) => void;
}

/** The trunk that is set now, if any: takes settings, one change after the other. */
export class Line {
  readonly #options: LineOptions;
  #trunk: Trunk | undefined;
  #config: TrunkConfig | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Undefined when there is none, or it is switched off. */
  get trunk(): Trunk | undefined {
    return this.#trunk;
  }

  /** Sessions and transactions that live. */
  get load(): { sessions: number; transactions: number } {
    return this.#trunk?.load ?? { sessions: 0, transactions: 0 };
  }

  /**
   * Ends the calls of the line as it was, and begins with the new settings. The same ones change nothing on a line that
   * works, and make one that does not try again at once.
   */
  configure(config: TrunkConfig | null): Promise<void> {
    const works = this.#trunk === undefined || this.#trunk.state.status === 'registered';
    if (works && sameJson(config, this.#config)) return this.#work;
    this.#config = config;
    this.#work = this.#work.then(() => this.#replace(config));
    return this.#work;
  }

  stop(): Promise<void> {
    return this.configure(null);
  }

  async #replace(config: TrunkConfig | null): Promise<void> {
    const old = this.#trunk;
    this.#trunk = undefined;
    await old?.stop();
    if (config?.settings.enabled !== true) {
      this.#options.onState(TRUNK_OFF);
      return;
    }
    const trunk: Trunk = new Trunk({
      ...this.#options,
      config,
      onInvite: (session) => this.#options.onInvite(session, trunk),
      onState: (state: TrunkState) => this.#options.onState(state),
    });
    this.#trunk = trunk;
    trunk.start();
  }
}
