import { join } from 'node:path';
import { ProjectStore } from '../../../electron/services/project/project-store.ts';
import { BackOff } from '../../../electron/services/sync/back-off.ts';
import type { MediaStore } from '../../../electron/services/sync/projects.ts';
import { MemorySecretStore, type SecretStore } from '../../../electron/services/sync/secret-store.ts';
import { SyncService } from '../../../electron/services/sync/sync-service.ts';
import type { ProjectState } from '../../../shared/bridge/contract.ts';
import type { RemoteState, SyncCredentials, SyncSettings } from '../../../shared/bridge/sync.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { type Clock, ManualClock } from '../../../shared/lib/clock.ts';
import type { LogFields } from '../../../shared/lib/logger.ts';

export interface InstanceOptions {
  readonly dir: string;
  readonly clock?: Clock;
  readonly media?: MediaStore;
  readonly secrets?: SecretStore;
  readonly idleTimeoutMs?: number;
  readonly pollMs?: number;
  /** From a save to its sending. */
  readonly sendDelayMs?: number;
}

/** One installation with its project and its synchronisation, on a disk of its own. */
export class Instance {
  readonly projects: ProjectStore;
  readonly service: SyncService;
  readonly states: RemoteState[] = [];
  readonly logged: string[] = [];

  constructor({
    dir,
    clock = new ManualClock(),
    media,
    secrets,
    idleTimeoutMs,
    pollMs,
    sendDelayMs = 20,
  }: InstanceOptions) {
    this.projects = new ProjectStore(dir);
    this.service = new SyncService({
      projects: this.projects,
      createProject: (project) => this.projects.create(project, 'remote'),
      media: media ?? null,
      secrets: secrets ?? new MemorySecretStore(),
      dir: join(dir, 'sync'),
      clock,
      logger: {
        log: (level: string, event: string, fields?: LogFields) =>
          void this.logged.push(JSON.stringify({ level, event, ...fields })),
      },
      onState: (state) => this.states.push(state),
      sendDelayMs,
      ...(pollMs === undefined ? {} : { backOff: new BackOff({ pollMs, longestMs: pollMs * 4 }) }),
      ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    });
  }

  /** Starts with a project, written to a file of this installation's own. */
  async begin(project: Project): Promise<ProjectState> {
    const state = await this.projects.create(project, 'project');
    await this.service.start();
    return state;
  }

  connect(
    url: string,
    part: Partial<SyncSettings> = {},
    secrets?: SyncCredentials,
    take = false,
  ): Promise<RemoteState> {
    return this.service.connect({ url, kind: 'http', auth: 'none', user: '', ...part }, secrets, take);
  }

  async project(): Promise<Project> {
    return (await this.projects.current()).project;
  }

  /** Edits as a window would: again when someone else was faster. */
  async edit(change: (project: Project) => void): Promise<void> {
    for (;;) {
      const { project, revision } = await this.projects.current();
      const next = structuredClone(project);
      change(next);
      try {
        await this.projects.save(next, revision);
        return;
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'project/stale') throw error;
      }
    }
  }
}
