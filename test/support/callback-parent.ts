import { join } from 'node:path';
import { systemClock } from '../../electron/pbx/system-clock.ts';
import { CallbackList } from '../../electron/services/callback-list.ts';
import type { Callback, CallbackResult } from '../../shared/bridge/callbacks.ts';
import type { PbxEvent } from '../../shared/bridge/pbx.ts';
import type { PbxWorld } from './pbx-world.ts';
import { tempDir } from './temp-dir.ts';

/** What the parent process does for call backs: a real list on disk, for one PBX after the other. */
export class CallbackParent {
  readonly results: CallbackResult[] = [];
  /** The list as it was told last. */
  list: readonly Callback[] = [];
  readonly #list = new CallbackList(join(tempDir(), 'callbacks.json'), systemClock);
  #world: PbxWorld | undefined;
  #work: Promise<void> = Promise.resolve();

  /** Serves a PBX that was just started; gives it the list, as after a restart. */
  async serve(world: PbxWorld): Promise<PbxWorld> {
    this.#world = world;
    world.onEvent = (event) => {
      this.#work = this.#work.then(() => this.#carryOut(event));
    };
    this.#tell(await this.#list.list());
    return world;
  }

  /** Resolves when everything that was told is on disk. */
  get settled(): Promise<void> {
    return this.#work;
  }

  async done(id: string): Promise<void> {
    this.#tell(await this.#list.remove(id));
  }

  async #carryOut(event: PbxEvent): Promise<void> {
    if (event.type === 'keep-callback') {
      const { callbacks, callback } = await this.#list.add(event.wish);
      this.#world?.pbx.handleCallbackKept(event.requestId, callback);
      this.#tell(callbacks);
    } else if (event.type === 'callback-tried') {
      const { result, id } = event;
      this.results.push(result);
      this.#tell(await ('served' in result ? this.#list.remove(id) : this.#list.noteTries(id, result)));
    }
  }

  #tell(callbacks: readonly Callback[]): void {
    this.list = callbacks;
    this.#world?.pbx.setCallbacks(callbacks);
  }
}
