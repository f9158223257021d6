import { type FlowNode, NodeSchema } from '../../shared/flow/catalogue.ts';
import { type Project, ProjectSchema } from '../../shared/flow/project.ts';

/** A node with its type's own defaults, for tests that are about something else. */
export function node(type: FlowNode['type'], part: Record<string, unknown> = {}): FlowNode {
  const { data, ...rest } = part;
  const defaults: Record<FlowNode['type'], object> = {
    start: {},
    menu: { prompt: { kind: 'text', text: 'Press 1 or 2.' }, keys: ['1', '2'] },
    say: { prompt: { kind: 'text', text: 'Hello.' } },
    employee: { people: ['ann'] },
    extension: { prompt: { kind: 'text', text: 'Please enter the extension.' } },
    queue: { queueId: 'sales' },
    schedule: {},
    random: {
      branches: [
        { id: '1', name: 'A', weight: 1 },
        { id: '2', name: 'B', weight: 2 },
      ],
    },
    'sub-flow': { flowId: 'main' },
    return: { result: 'done' },
    'go-to': { target: { kind: 'node', nodeId: 'welcome' } },
    external: { number: '+48221234567' },
    consent: { prompt: { kind: 'text', text: 'May we record? Yes: 1. No: 2.' } },
    language: { language: 'pl' },
    callback: { queueId: 'sales' },
    condition: { cases: [{ id: '1', kind: 'begins-with', value: '+48' }] },
    digits: { prompt: { kind: 'text', text: 'Please type your number.' }, variable: 'customer' },
    'set-variable': { assignments: [] },
    request: { url: 'https://crm.example/customers' },
    'queue-state': { queueId: 'sales' },
    voicemail: {},
    imported: {
      source: 'twilio-studio',
      kind: 'run-function',
      original: '{}',
      ways: [
        { id: '1', name: 'success' },
        { id: '2', name: 'fail' },
      ],
    },
    exit: {},
    'hang-up': {},
  };
  return NodeSchema.parse({
    type,
    name: '',
    position: { x: 0, y: 0 },
    connections: {},
    ...rest,
    data: { ...defaults[type], ...(data as object | undefined) },
  });
}

/** A small project: one flow with a nested menu, two people, one queue, one number. Every output that must be is wired. */
export function sampleProject(): Project {
  return ProjectSchema.parse({
    format: 'dialtree',
    version: 1,
    id: 'project',
    name: 'Garden shop',
    settings: { speech: {} },
    numbers: {
      head: {
        number: '100',
        name: 'Head office',
        defaultHandling: { kind: 'queue', queueId: 'sales' },
        useVoiceMenu: true,
        flowId: 'main',
      },
    },
    people: {
      ann: { name: 'Ann Smith', extension: '101' },
      bob: { name: 'Bob Jones', extension: '102' },
    },
    queues: { sales: { name: 'Sales', members: [{ personId: 'ann' }, { personId: 'bob' }] } },
    prompts: {},
    schedules: {},
    flows: {
      main: {
        name: 'Main menu',
        nodes: {
          start: node('start', { name: 'Start', connections: { next: 'welcome' } }),
          welcome: node('menu', {
            name: 'Welcome',
            position: { x: 340, y: 0 },
            connections: { 'key:1': 'sales', 'key:2': 'support', 'key:3': 'hours', 'key:0': 'ann', invalid: 'bye' },
            data: {
              prompt: {
                kind: 'text',
                text: 'Welcome to the garden shop. For sales, press 1. For support, press 2. For opening hours, press 3. To repeat, press 9; for the operator, press 0.',
              },
              keys: ['1', '2', '3', '0'],
              repeatKeys: ['9'],
            },
          }),
          sales: node('queue', { name: 'Sales queue', position: { x: 720, y: -180 }, connections: { timeout: 'ann' } }),
          support: node('menu', {
            name: 'Support',
            position: { x: 720, y: 60 },
            connections: { 'key:1': 'bob', 'key:*': 'welcome' },
            data: { prompt: { kind: 'text', text: 'For repairs, press 1. Star goes back.' }, keys: ['1', '*'] },
          }),
          hours: node('say', {
            name: 'Opening hours',
            position: { x: 720, y: 300 },
            connections: { next: 'bye' },
            data: { prompt: { kind: 'text', text: 'We are open from nine to five.' } },
          }),
          ann: node('employee', { name: 'Operator', position: { x: 1100, y: -180 } }),
          bob: node('employee', { name: 'Repairs', position: { x: 1100, y: 60 }, data: { people: ['bob', 'ann'] } }),
          bye: node('hang-up', { name: 'Good bye', position: { x: 1100, y: 300 } }),
        },
      },
    },
  });
}
