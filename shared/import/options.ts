import type { NewId } from './draft.ts';

/** What an import needs of the window. */
export interface ImportOptions {
  /** For a flow that has no name of its own, e.g. the file's name. */
  readonly name: string;
  /** What the start node is called. */
  readonly startName: string;
  readonly newId: NewId;
}
