import type { z } from 'zod';
import type { Id, NodeId } from './ids.ts';

/** How much an unconnected output matters: `required` is a problem, `optional` falls back to a documented default. */
export type OutputNeed = 'required' | 'optional';

/** One labelled handle of a node. */
export interface Output {
  /** Stable within the node: `key:1`, `no-input`, `next`. The document's connections key on it. */
  readonly id: string;
  /** What the canvas shows: a key cap (`key`) or a word looked up by `id` in the window's translations. */
  readonly kind: 'next' | 'key' | 'outcome';
  readonly need: OutputNeed;
  /** What the canvas shows instead, taken from the settings: a number, a share. */
  readonly caption?: string;
}

/**
 * What the catalogue knows of a node type, apart from its meaning (`engine/lower/`) and its looks (`renderer/`).
 * `Data` is the node's own settings, JSON only.
 */
export interface NodeDefinition<Type extends string, Schema extends z.ZodType> {
  readonly type: Type;
  readonly schema: Schema;
  /** Settings of a freshly dropped node. */
  readonly create: () => z.infer<Schema>;
  /** Handles in the order they are drawn. Depends on the settings only. */
  readonly outputs: (data: z.infer<Schema>) => readonly Output[];
  /** Ids of the things outside the flow that the settings name, for where-used and dangling checks. */
  readonly references: (data: z.infer<Schema>) => readonly Reference[];
  /** Nodes of the same flow that the settings lead to without a wire; `mapped` leads them elsewhere, or nowhere. */
  readonly jumps?: {
    readonly of: (data: z.infer<Schema>) => readonly NodeId[];
    readonly mapped: (data: z.infer<Schema>, to: (id: NodeId) => NodeId | undefined) => z.infer<Schema>;
  };
}

/** A use of something elsewhere in the project. */
export interface Reference {
  readonly to: 'person' | 'queue' | 'prompt' | 'schedule' | 'flow' | 'number' | 'variable';
  readonly id: Id;
}
