import type { NodeData, NodeOf, NodeType } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';

/** New values by field; `undefined` takes an optional field out of the document. */
export type Patch<Data> = { readonly [Field in keyof Data]?: Data[Field] | undefined };

/** What the form of a node type gets. */
export interface FormProps<Type extends NodeType = NodeType> {
  readonly flowId: FlowId;
  readonly nodeId: NodeId;
  readonly node: NodeOf<Type>;
  /** Changes settings. Changes with the same `typing` that follow each other are one undo step. */
  readonly change: (patch: Patch<NodeData<Type>>, typing?: string) => void;
}
