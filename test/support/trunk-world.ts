import { join } from 'node:path';
import type { PbxOptions } from '../../electron/pbx/pbx.ts';
import {
  DEFAULT_TRUNK_SETTINGS,
  type TrunkLimits,
  type TrunkSettings,
  type TrunkState,
} from '../../shared/bridge/trunk.ts';
import type { TestCertificate } from './certificates.ts';
import { eventually } from './eventually.ts';
import { PbxWorld, passwordOf, type WorldSketch } from './pbx-world.ts';

/** The line's account at the provider. */
export const LINE_USER = '102';

/** Answers outside, says the prompt of all test worlds and hangs up. */
export const OUTSIDE_NUMBER = '+48600700800';

export interface TrunkSketch extends Partial<Omit<TrunkSettings, 'limits'>> {
  readonly password?: string;
  readonly limits?: Partial<TrunkLimits>;
}

/**
 * A telephone system under test, and another one of ours as its provider: whose Ann (101) is somebody outside, and whose
 * 102 is the account of the line.
 */
export class TrunkWorld {
  readonly provider: PbxWorld;
  readonly world: PbxWorld;

  private constructor(provider: PbxWorld, world: PbxWorld) {
    this.provider = provider;
    this.world = world;
  }

  /** @param certificate With one the provider takes TLS, too. */
  static async start(
    sketch: WorldSketch,
    options: Partial<PbxOptions> = {},
    certificate?: TestCertificate,
  ): Promise<TrunkWorld> {
    const provider = await PbxWorld.start({
      ...(certificate && { certificate }),
      numbers: [OUTSIDE_NUMBER],
      nodes: {
        start: { type: 'start', to: { next: 'hello' } },
        // More than once: the listener's audio takes a moment to come up.
        hello: { type: 'say', data: { prompt: 'Hello' }, to: { next: 'again' } },
        again: { type: 'say', data: { prompt: 'Hello again' }, to: { next: 'more' } },
        more: { type: 'say', data: { prompt: 'Hello once more' }, to: { next: 'bye' } },
        bye: { type: 'hang-up' },
      },
    });
    return new TrunkWorld(provider, await PbxWorld.start(sketch, options));
  }

  settings({ password: _, limits, ...sketch }: TrunkSketch = {}): TrunkSettings {
    return {
      ...DEFAULT_TRUNK_SETTINGS,
      enabled: true,
      host: '127.0.0.1',
      port: this.provider.sipPort,
      user: LINE_USER,
      ...sketch,
      limits: { ...DEFAULT_TRUNK_SETTINGS.limits, allowedPrefixes: ['+48', '1', '9'], ...limits },
    };
  }

  /** Gives the line its settings, without waiting for it to be up. */
  async setTrunk(sketch: TrunkSketch = {}): Promise<void> {
    const historyPath = join(this.world.directory, 'calls.txt');
    const { password = passwordOf(LINE_USER) } = sketch;
    await this.world.pbx.setTrunk({ settings: this.settings(sketch), password, historyPath });
  }

  /** Gives the line its settings and waits until it works. */
  async connect(sketch: TrunkSketch = {}): Promise<void> {
    await this.setTrunk(sketch);
    await this.until('registered');
  }

  states(): TrunkState[] {
    return this.world.events.flatMap((event) => (event.type === 'trunk-state' ? [event.state] : []));
  }

  until(status: TrunkState['status']): Promise<TrunkState> {
    return eventually(`the line to be ${status}`, () => {
      const last = this.states().at(-1);
      return last?.status === status ? last : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.world.stop();
    await this.provider.stop();
  }
}
