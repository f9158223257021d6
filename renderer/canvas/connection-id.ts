import type { NodeId } from '../../shared/flow/ids.ts';

/** Where a connection begins. An output leads to one target, so this is a connection's identity. */
export interface OutputRef {
  readonly from: NodeId;
  readonly output: string;
}

/** The identity as text. Node ids have no colon, so it can be taken apart again. */
export function connectionId({ from, output }: OutputRef): string {
  return `${from}:${output}`;
}

/** Takes a `connectionId` apart. */
export function parseConnectionId(id: string): OutputRef {
  const colon = id.indexOf(':');
  return { from: id.slice(0, colon), output: id.slice(colon + 1) };
}
