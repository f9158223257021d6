import { createContext, useContext } from 'react';
import type { FlowId } from '../../shared/flow/ids.ts';
import { invariant } from '../../shared/lib/invariant.ts';
import type { OutputRef } from './connection-id.ts';

/** What cards ask of the canvas they are on. Stable for the canvas's life, so that cards are not drawn for it. */
export interface CanvasActions {
  /** The flow that is drawn. */
  readonly flowId: FlowId;
  /** Offers what an open output may lead to, near the given element. */
  offerTargets(output: OutputRef, near: Element): void;
  /** Selects the connection that begins there. */
  selectConnection(output: OutputRef): void;
}

const CanvasActionsContext = createContext<CanvasActions | null>(null);
export const CanvasActionsProvider = CanvasActionsContext.Provider;

export function useCanvasActions(): CanvasActions {
  const actions = useContext(CanvasActionsContext);
  invariant(actions, 'useCanvasActions needs a canvas above it');
  return actions;
}
