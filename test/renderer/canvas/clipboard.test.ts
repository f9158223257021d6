import { describe, expect, it } from 'vitest';
import { type Clip, copyNodes, cornerOf, parseClip, pasteNodes } from '../../../renderer/canvas/clipboard.ts';
import { type FlowNode, jumpsOf } from '../../../shared/flow/catalogue.ts';
import { NoteSchema } from '../../../shared/flow/note.ts';
import { type Flow, FlowSchema } from '../../../shared/flow/project.ts';
import { node, sampleProject } from '../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const counter = () => {
  let next = 0;
  return () => `copy${next++}`;
};
const clipOf = (...ids: string[]) => parseClip(copyNodes(flow, ids) ?? '') as Clip;

describe('clipboard', () => {
  it('[CB1] carries nodes as text, and reads them back', () => {
    expect(clipOf('sales', 'ann')).toEqual({
      dialtree: 'nodes',
      version: 1,
      nodes: { sales: flow.nodes.sales, ann: flow.nodes.ann },
    });
  });

  it('[CB2] leaves the start where it is', () => {
    expect(copyNodes(flow, ['start', 'nobody'])).toBeNull();
    expect(Object.keys(clipOf('start', 'bye').nodes)).toEqual(['bye']);
  });

  it.each([
    ['some text', 'hello'],
    ['text that speaks of us', 'I like "dialtree"'],
    ['another version', '{"dialtree":"nodes","version":2,"nodes":{}}'],
    ['a broken node', '{"dialtree":"nodes","version":1,"nodes":{"a":{"type":"menu"}}}'],
  ])('[CB3] takes nothing from %s', (_what, text) => {
    expect(parseClip(text)).toBeNull();
  });

  it('[CB4] keeps connections among the copies, under new ids, and drops the others', () => {
    const { flow: pasted, ids } = pasteNodes(flow, clipOf('support', 'bob'), { x: 0, y: 0 }, counter());
    FlowSchema.parse(pasted);
    const [support, bob] = ids as [string, string];
    expect(pasted.nodes[support]?.connections).toEqual({ 'key:1': bob });
    expect(pasted.nodes[bob]?.connections).toEqual({});
    expect(pasted.nodes.support).toBe(flow.nodes.support);
  });

  it('[CB5] puts the top left corner where it should be, and keeps the arrangement', () => {
    const { flow: pasted, ids } = pasteNodes(flow, clipOf('sales', 'bob'), { x: 1000, y: 500 }, counter());
    expect(ids.map((id) => pasted.nodes[id]?.position)).toEqual([
      { x: 1000, y: 500 },
      { x: 1380, y: 740 },
    ]);
    const copies = Object.fromEntries(ids.map((id) => [id, pasted.nodes[id] as FlowNode]));
    expect(cornerOf({ nodes: copies })).toEqual({ x: 1000, y: 500 });
  });

  it('[CB7] keeps jumps among the copies and to nodes that are there', () => {
    const jump = (nodeId: string) => node('go-to', { data: { target: { kind: 'node', nodeId } } });
    const nodes = { ...flow.nodes, inside: jump('bob'), outside: jump('bye'), lost: jump('gone') };
    const clip = parseClip(copyNodes({ ...flow, nodes }, ['bob', 'inside', 'outside', 'lost']) as string) as Clip;
    const { flow: pasted, ids } = pasteNodes(flow, clip, { x: 0, y: 0 }, counter());
    const [bob = '', inside = '', outside = '', lost = ''] = ids;
    expect([inside, outside, lost].map((id) => jumpsOf(pasted.nodes[id] as FlowNode))).toEqual([[bob], ['bye'], []]);
  });

  it('[CB8] takes notes along, alone too', () => {
    const note = NoteSchema.parse({ text: 'Ask Eve', position: { x: 40, y: 60 }, colour: 'pink' });
    const noted = { ...flow, notes: { remark: note } };
    const alone = parseClip(copyNodes(noted, ['remark']) as string) as Clip;
    const { flow: pasted, ids } = pasteNodes(flow, alone, { x: 0, y: 0 }, counter());
    expect(FlowSchema.parse(pasted).notes).toEqual({ copy0: { ...note, position: { x: 0, y: 0 } } });
    expect(ids).toEqual(['copy0']);
    const both = parseClip(copyNodes(noted, ['sales', 'remark']) as string) as Clip;
    const second = pasteNodes(noted, both, { x: 500, y: 500 }, counter()).flow;
    const { sales } = flow.nodes;
    const moved = second.notes?.copy1?.position;
    const from = second.nodes.copy0?.position;
    expect([moved!.x - from!.x, moved!.y - from!.y]).toEqual([40 - sales!.position.x, 60 - sales!.position.y]);
    expect(second.notes?.remark).toEqual(note);
  });

  it('[CB6] gives names that are free', () => {
    const { flow: pasted, ids } = pasteNodes(flow, clipOf('sales'), { x: 0, y: 0 }, counter());
    expect(pasted.nodes[ids[0] as string]?.name).toBe('Sales queue 2');
  });
});
