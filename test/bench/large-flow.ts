import type { Project } from '../../shared/flow/project.ts';
import { projectOf } from './project-of.ts';

/** Pitch of the blocks of `projectOf` on the canvas, in canvas pixels. */
const BLOCK_WIDTH_PX = 360;
const BLOCK_HEIGHT_PX = 1900;
/** A menu's card is higher than the others: they begin below it. */
const BELOW_MENU_PX = 180;
/** Width to height of the whole drawing, about that of the canvas in a window. */
const ASPECT = 1.6;

/** A project with one flow, `main`, of about so many nodes, its blocks set in rows; always the same one. */
export function largeFlow(nodes: number): Project {
  const project = projectOf(nodes, nodes);
  const [flow] = Object.values(project.flows);
  if (!flow) throw new Error('there is one flow');
  const blocks = Object.keys(flow.nodes).length / 8;
  const columns = Math.ceil(Math.sqrt((blocks * ASPECT * BLOCK_HEIGHT_PX) / BLOCK_WIDTH_PX));
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (id === 'start') {
      node.position = { x: -BLOCK_WIDTH_PX, y: 0 };
      continue;
    }
    const block = Math.round(node.position.x / BLOCK_WIDTH_PX);
    const belowMenuPx = node.position.y === 0 ? 0 : BELOW_MENU_PX;
    node.position = {
      x: (block % columns) * BLOCK_WIDTH_PX,
      y: Math.floor(block / columns) * BLOCK_HEIGHT_PX + node.position.y + belowMenuPx,
    };
  }
  return { ...project, flows: { main: flow }, numbers: {} };
}
