import { type Project, ProjectSchema } from '../../shared/flow/project.ts';

/** Nodes of one flow at most: a large company has many flows, not one endless one. */
const NODES_PER_FLOW = 500;
/** A menu and what its keys lead to. */
const BLOCK = 8;

/**
 * A made-up project with about so many nodes, always the same one: flows of nested menus with messages, people,
 * queues and opening hours, a number for each flow, keys back to the parent menu.
 */
export function projectOf(nodes: number, nodesPerFlow = NODES_PER_FLOW): Project {
  const flowCount = Math.max(1, Math.round(nodes / nodesPerFlow));
  const blocks = Math.round(nodes / flowCount / BLOCK);
  const range = <Value>(count: number, make: (index: number) => readonly [string, Value]) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
  return ProjectSchema.parse({
    format: 'dialtree',
    version: 1,
    id: 'bench',
    name: 'Bench',
    settings: {},
    numbers: range(flowCount, (i) => [
      `number-${i}`,
      {
        number: `+4822${1000 + i}`,
        defaultHandling: { kind: 'queue', queueId: 'queue-0' },
        useVoiceMenu: true,
        flowId: `flow-${i}`,
      },
    ]),
    people: range(60, (i) => [`person-${i}`, { name: `Person ${i}`, extension: String(201 + i) }]),
    queues: range(20, (i) => [`queue-${i}`, { name: `Queue ${i}`, members: [{ personId: `person-${i}` }] }]),
    prompts: {},
    schedules: range(5, (i) => [
      `schedule-${i}`,
      { name: `Schedule ${i}`, timeZone: 'Europe/Warsaw', weekly: [{ day: 1 + i, from: '09:00', to: '17:00' }] },
    ]),
    flows: range(flowCount, (i) => [`flow-${i}`, { name: `Flow ${i}`, nodes: flowNodes(blocks, i) }]),
  });
}

/** Blocks in a tree: each menu leads to three further ones. */
function flowNodes(blocks: number, flow: number): Record<string, object> {
  const nodes: Record<string, object> = {
    start: { type: 'start', name: 'Start', position: { x: 0, y: 0 }, connections: { next: 'menu-0' }, data: {} },
  };
  for (let block = 0; block < blocks; block++) Object.assign(nodes, blockNodes(block, blocks, flow));
  return nodes;
}

function blockNodes(block: number, blocks: number, flow: number): Record<string, object> {
  const child = (n: number) => {
    const index = block * 3 + n;
    return index < blocks ? `menu-${index}` : `exit-${block}`;
  };
  const text = (words: string) => ({ kind: 'text', text: words });
  const place = (type: string, name: string, n: number, connections: object, data: object) => ({
    type,
    name: `${name} ${block}`,
    position: { x: block * 360, y: n * 200 },
    connections,
    data,
  });
  const person = `person-${(block * 7 + flow) % 60}`;
  const back = block === 0 ? 'menu-0' : `menu-${Math.floor((block - 1) / 3)}`;
  const connections = {
    'key:1': child(1),
    'key:2': child(2),
    'key:3': child(3),
    'key:4': `say-${block}`,
    'key:5': `hours-${block}`,
    'key:0': `operator-${block}`,
    'key:*': back,
    'no-input': `operator-${block}`,
    invalid: `operator-${block}`,
  };
  const said = `Department ${block} of branch ${flow}. For the first group, press 1. For the second, press 2. For the third, press 3. For news, press 4. For the team, press 5. For the operator, press 0. Star goes back, nine repeats.`;
  const menu = {
    prompt: text(said),
    keys: ['1', '2', '3', '4', '5', '*', '0'],
    repeatKeys: ['9'],
    ...(block % 10 === 0 && { directDial: { kind: 'everyone' } }),
  };
  const unserved = { timeout: `sorry-${block}`, full: `sorry-${block}` };
  return {
    [`menu-${block}`]: place('menu', 'Menu', 0, connections, menu),
    [`say-${block}`]: place('say', 'News', 1, { next: back }, { prompt: text(`News of department ${block}.`) }),
    [`hours-${block}`]: place(
      'schedule',
      'Hours',
      2,
      { open: `queue-${block}`, closed: `sorry-${block}` },
      { scheduleId: `schedule-${block % 5}` },
    ),
    [`queue-${block}`]: place('queue', 'Team', 3, unserved, { queueId: `queue-${block % 20}` }),
    [`operator-${block}`]: place('employee', 'Operator', 4, { 'no-answer': `queue-${block}` }, { people: [person] }),
    [`sorry-${block}`]: place('say', 'Sorry', 5, { next: `end-${block}` }, { prompt: text('Nobody is there now.') }),
    [`end-${block}`]: place('hang-up', 'End', 6, {}, {}),
    [`exit-${block}`]: place('exit', 'Leave', 7, {}, {}),
  };
}
