import {
  Background,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from '@xyflow/react';
import { memo, useState } from 'react';
import { type FlowNode, outputsOf } from '../../../shared/flow/catalogue.ts';
import type { Flow } from '../../../shared/flow/project.ts';

type BareNode = Node<{ readonly node: FlowNode; readonly text: string }, 'card'>;

/** A card as React Flow's guide has it: a memoised component with a name, a line and a labelled handle per output. */
const Card = memo(function Card({ data: { node, text } }: NodeProps<BareNode>) {
  return (
    <div style={{ width: 240, border: '1px solid #c9ced7', borderRadius: 8, background: '#fff' }}>
      <Handle type="target" position={Position.Left} style={{ top: 24 }} />
      <div style={{ padding: '8px 10px 0', fontWeight: 600 }}>{node.name}</div>
      <p style={{ height: 34, margin: '0 10px 8px', overflow: 'hidden', fontSize: 12 }}>{text}</p>
      {outputsOf(node).map(({ id }) => (
        <div key={id} style={{ position: 'relative', height: 24, paddingRight: 14, textAlign: 'right' }}>
          {id}
          <Handle type="source" id={id} position={Position.Right} />
        </div>
      ))}
    </div>
  );
});
const NODE_TYPES = { card: Card };

/** React Flow by itself: controlled nodes and edges, the whole flow in view at first, a field for the first menu's text. */
export function BareFlow({ flow }: { flow: Flow }) {
  const [nodes, setNodes, onNodesChange] = useNodesState<BareNode>(
    Object.entries(flow.nodes).map(([id, node]) => ({
      id,
      type: 'card',
      position: node.position,
      data: {
        node,
        text: node.type === 'menu' && node.data.prompt.kind === 'text' ? node.data.prompt.text : node.type,
      },
    })),
  );
  const [edges, , onEdgesChange] = useEdgesState<Edge>(
    Object.entries(flow.nodes).flatMap(([source, node]) =>
      Object.entries(node.connections).map(([sourceHandle, target]) => ({
        id: `${source}:${sourceHandle}`,
        source,
        sourceHandle,
        target,
      })),
    ),
  );
  const [text, setText] = useState('');
  return (
    <div style={{ display: 'flex', height: '100%' }}>
      <div style={{ flex: 1 }}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onInit={(instance) => Object.assign(window, { bare: instance })}
          fitView
          minZoom={0.01}
        >
          <Background />
        </ReactFlow>
      </div>
      <textarea
        aria-label="Text"
        style={{ width: 340 }}
        value={text}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          setNodes((now) =>
            now.map((node) => (node.id === 'menu-0' ? { ...node, data: { ...node.data, text: typed } } : node)),
          );
        }}
      />
    </div>
  );
}
