import type { FlowCounts } from '../../shared/bridge/calls.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import { connectionId } from './connection-id.ts';

/** How often a wire was taken. */
export interface WireHeat {
  readonly count: number;
  /** Of the flow's busiest wire, from 0 to 1. */
  readonly share: number;
}

/** The calls of the last days, as drawn onto a flow. */
export interface Heat {
  /** By `connectionId`. */
  readonly wires: ReadonlyMap<string, WireHeat>;
  /** How many callers hung up at a node. */
  readonly drops: ReadonlyMap<NodeId, number>;
}

export const NO_HEAT: Heat = { wires: new Map(), drops: new Map() };

/** The log's counts as drawn. */
export function heatOf({ wires, drops }: FlowCounts): Heat {
  const most = wires.reduce((max, { count }) => Math.max(max, count), 1);
  return {
    wires: new Map(
      wires.map(({ nodeId, output, count }) => [
        connectionId({ from: nodeId, output }),
        { count, share: count / most },
      ]),
    ),
    drops: new Map(drops.map(({ nodeId, count }) => [nodeId, count])),
  };
}

/** How wide a wire is drawn for what went through it, in canvas pixels: always wider than one that nobody took. */
export function heatWidth({ share }: WireHeat): number {
  return 2 + 4 * Math.sqrt(share);
}

/** A count in the language of the window, short: `1.2K`. */
export function countText(count: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}
