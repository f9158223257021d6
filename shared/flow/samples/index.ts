import { createNode, type FlowNode, type NodeData, type NodeType } from '../catalogue.ts';
import { PROJECT_VERSION, type Project, ProjectSchema } from '../project.ts';
import type { SampleLanguage, SampleTexts } from './texts.ts';
import { textsEn } from './texts-en.ts';
import { textsPl } from './texts-pl.ts';

export type { SampleLanguage } from './texts.ts';

const TEXTS: Readonly<Record<SampleLanguage, SampleTexts>> = { en: textsEn, pl: textsPl };

/** Columns and rows of the drawing, in canvas pixels: cards are about 240 wide and up to 260 high. */
const COLUMN_PX = 360;
const ROW_PX = 60;

/**
 * A small company's phone menu, ready to be called: number 100, six people from extension 101 on, three queues and a
 * flow with a nested menu. A new object at each call.
 */
export function sampleProject(language: SampleLanguage): Project {
  const texts = TEXTS[language];
  return ProjectSchema.parse({
    format: 'dialtree',
    version: PROJECT_VERSION,
    id: `sample-${language}`,
    name: texts.project,
    settings: { language, speech: { language } },
    numbers: {
      'main-line': {
        number: '100',
        name: texts.numberName,
        defaultHandling: { kind: 'person', personId: 'reception' },
        useVoiceMenu: true,
        flowId: 'main',
      },
    },
    people: people(texts),
    queues: queues(texts),
    prompts: {},
    schedules: {},
    flows: { main: { name: texts.flow, description: texts.description, nodes: nodes(texts) } },
  });
}

function people({ people }: SampleTexts) {
  const entries = Object.entries(people).map(([id, name], index) => [id, { name, extension: String(101 + index) }]);
  return Object.fromEntries(entries);
}

function queues({ queues }: SampleTexts) {
  const members = (...ids: readonly (keyof SampleTexts['people'])[]) => ids.map((personId) => ({ personId }));
  const maxWaitMs = 180_000;
  return {
    sales: { name: queues.sales, members: members('sales', 'sales2'), strategy: 'leastrecent', maxWaitMs },
    support: { name: queues.support, members: members('technician', 'technician2'), strategy: 'ringall', maxWaitMs },
    billing: { name: queues.billing, members: members('billing', 'reception'), strategy: 'linear', maxWaitMs },
  };
}

function nodes({ nodes, said }: SampleTexts): Record<string, FlowNode> {
  const text = (words: string) => ({ kind: 'text', text: words }) as const;
  const errors = {
    noInputPrompt: text(said.noInput),
    invalidPrompt: text(said.invalid),
    lastChancePrompt: text(said.lastChance),
  };
  const toOperator = { 'no-input': 'operator', invalid: 'operator' };
  const unserved = { timeout: 'busy', full: 'busy', 'join-empty': 'busy', 'leave-empty': 'busy' };
  const unanswered = (to: string) => ({ 'no-answer': to, busy: to, unavailable: to });
  return {
    start: node('start', nodes.start, [0, 5], { next: 'main' }, {}),
    main: node(
      'menu',
      nodes.main,
      [1, 4],
      { 'key:1': 'sales', 'key:2': 'support', 'key:0': 'operator', ...toOperator },
      { prompt: text(said.main), ...errors, keys: ['1', '2', '0'], repeatKeys: ['9'] },
    ),
    sales: node('queue', nodes.sales, [2, 0], unserved, { queueId: 'sales' }),
    support: node(
      'menu',
      nodes.support,
      [2, 5],
      { 'key:1': 'technician', 'key:2': 'billing', 'key:3': 'hours', 'key:*': 'main', ...toOperator },
      { prompt: text(said.support), ...errors, keys: ['1', '2', '3', '*'], repeatKeys: ['9'] },
    ),
    operator: node('employee', nodes.operator, [3, 15], unanswered('busy'), { people: ['reception'] }),
    technician: node('employee', nodes.technician, [3, 1], unanswered('support-queue'), {
      people: ['technician', 'technician2'],
    }),
    billing: node('queue', nodes.billing, [3, 5], unserved, { queueId: 'billing' }),
    hours: node('say', nodes.hours, [3, 11], { next: 'support' }, { prompt: text(said.hours), skippable: true }),
    'support-queue': node('queue', nodes.supportQueue, [4, 0], unserved, { queueId: 'support' }),
    busy: node('say', nodes.busy, [5, 6], { next: 'goodbye' }, { prompt: text(said.busy) }),
    goodbye: node('hang-up', nodes.goodbye, [6, 6], {}, {}),
  };
}

function node<Type extends NodeType>(
  type: Type,
  name: string,
  [column, row]: readonly [number, number],
  connections: Readonly<Record<string, string>>,
  data: Partial<NodeData<Type>>,
): FlowNode {
  const created = createNode(type, name, { x: column * COLUMN_PX, y: row * ROW_PX });
  return { ...created, connections, data: { ...created.data, ...data } } as FlowNode;
}
