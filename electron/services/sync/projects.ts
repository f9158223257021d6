import type { ProjectState } from '../../../shared/bridge/contract.ts';
import type { Project } from '../../../shared/flow/project.ts';

/** Who changed a project. */
export type ChangeOrigin = 'window' | 'disk' | 'remote' | 'restore';

/** What keeping in step with an endpoint needs of the project that is open. */
export interface SyncedProjects {
  current(): Promise<ProjectState>;
  /**
   * Puts what comes from elsewhere in place of the document and tells windows.
   * @throws DialtreeError `project/stale` when it was changed after `baseRevision`.
   */
  replace(project: Project, origin: ChangeOrigin, baseRevision?: number): Promise<ProjectState>;
  /** Returns the way to unsubscribe. */
  onChanged(listener: (state: ProjectState, origin: ChangeOrigin) => void): () => void;
}

/** Recordings by the SHA-256 (hex) of their bytes. */
export interface MediaStore {
  has(hash: string): Promise<boolean>;
  read(hash: string): Promise<Uint8Array>;
  /** Resolves to the hash. */
  write(bytes: Uint8Array): Promise<string>;
  list(): Promise<readonly string[]>;
}
