import type { TFunction } from 'i18next';
import { type FlowNode, jumpsOf, type NodeOf, type NodeType } from '../../../shared/flow/catalogue.ts';
import type { FlowId } from '../../../shared/flow/ids.ts';
import type { Project } from '../../../shared/flow/project.ts';
import type { SpeechUse } from '../../../shared/flow/speech.ts';

/** The parts of a project that cards name. */
export interface Names extends Pick<Project, 'people' | 'queues' | 'prompts' | 'schedules'> {
  /** Name of the flow or node that the node leads to apart from its outputs, as far as it is there. */
  readonly mentioned: string | undefined;
}

/** The names that one card of a flow needs; of equal content as long as none of them changes. */
export function namesFor(node: FlowNode, project: Project, flowId: FlowId, t: TFunction): Names {
  const { people, queues, prompts, schedules } = project;
  return { people, queues, prompts, schedules, mentioned: mentionedBy(node, project, flowId, t) };
}

function mentionedBy(node: FlowNode, { flows }: Project, flowId: FlowId, t: TFunction): string | undefined {
  if (node.type === 'sub-flow') return node.data.flowId === undefined ? undefined : flows[node.data.flowId]?.name;
  const [jump] = jumpsOf(node);
  const target = jump === undefined ? undefined : flows[flowId]?.nodes[jump];
  return target && (target.name || t(`node.${target.type}.name`));
}

type Summaries = { readonly [Type in NodeType]: (node: NodeOf<Type>, names: Names, t: TFunction) => string };

const SUMMARIES: Summaries = {
  start: (_node, _names, t) => t('summary.start'),
  menu: (node, names, t) => speechLine(node.data.prompt, names, t),
  say: (node, names, t) => speechLine(node.data.prompt, names, t),
  employee: (node, names, t) => {
    const people = node.data.people.map((id) => names.people[id]?.name ?? t('summary.unknownPerson'));
    if (people.length === 0) return t('summary.noPeople');
    return people.length === 1
      ? t('summary.rings', { people: people[0] ?? '' })
      : t(node.data.mode === 'all' ? 'summary.ringsAll' : 'summary.ringsInOrder', { people: people.join(', ') });
  },
  extension: (node, names, t) => speechLine(node.data.prompt, names, t),
  queue: (node, names, t) => {
    if (node.data.queueId === undefined) return t('summary.noQueue');
    const queue = names.queues[node.data.queueId];
    return queue ? t('summary.waits', { queue: queue.name }) : t('summary.unknownQueue');
  },
  schedule: (node, names, t) => {
    if (node.data.scheduleId === undefined) return t('summary.noSchedule');
    const schedule = names.schedules[node.data.scheduleId];
    if (!schedule) return t('summary.unknownSchedule');
    return t(`summary.schedule.${schedule.override}`, { schedule: schedule.name });
  },
  random: (_node, _names, t) => t('summary.random'),
  'sub-flow': (node, { mentioned }, t) => {
    if (node.data.flowId === undefined) return t('summary.noSubFlow');
    return mentioned === undefined ? t('summary.unknownSubFlow') : t('summary.subFlow', { flow: mentioned });
  },
  return: (node, _names, t) => t('summary.return', { result: node.data.result }),
  'go-to': (node, { mentioned }, t) => {
    const { target } = node.data;
    if (target.kind !== 'node') return t(`summary.goTo.${target.kind}`);
    if (target.nodeId === undefined) return t('summary.noTarget');
    return mentioned === undefined ? t('summary.unknownTarget') : t('summary.goTo.node', { node: mentioned });
  },
  external: ({ data: { number } }, _names, t) =>
    number === '' ? t('summary.noNumber') : t('summary.external', { number }),
  consent: (node, names, t) => speechLine(node.data.prompt, names, t),
  language: (node, _names, t) => t('summary.language', { language: node.data.language }),
  callback: (node, names, t) => {
    if (node.data.queueId === undefined) return t('summary.noQueue');
    const queue = names.queues[node.data.queueId];
    return queue ? t('summary.callsBack', { queue: queue.name }) : t('summary.unknownQueue');
  },
  condition: (_node, _names, t) => t('summary.condition'),
  digits: (node, names, t) => speechLine(node.data.prompt, names, t),
  'set-variable': (node, _names, t) => {
    const variables = node.data.assignments.map(({ variable }) => variable).join(', ');
    return variables === '' ? t('summary.setsNothing') : t('summary.sets', { variables });
  },
  request: (node, _names, t) =>
    node.data.url === '' ? t('summary.noAddress') : `${node.data.method} ${node.data.url}`,
  'queue-state': (node, names, t) => {
    if (node.data.queueId === undefined) return t('summary.noQueue');
    const queue = names.queues[node.data.queueId];
    return queue ? t('summary.looksAt', { queue: queue.name }) : t('summary.unknownQueue');
  },
  voicemail: ({ data: { mailbox } }, names, t) => {
    if (mailbox.kind === 'person') {
      return t('summary.voicemail', { mailbox: names.people[mailbox.personId]?.name ?? t('summary.unknownPerson') });
    }
    if (mailbox.kind === 'general') return t('summary.voicemail', { mailbox: t('voicemail.general') });
    return t('summary.voicemail', { mailbox: names.queues[mailbox.queueId]?.name ?? t('summary.unknownQueue') });
  },
  imported: ({ data: { kind } }, _names, t) => t('summary.imported', { kind }),
  exit: (_node, _names, t) => t('summary.exit'),
  'hang-up': (node, _names, t) => t(`summary.hangUp.${node.data.cause}`),
};

/** One line that says what the caller hears or what happens. */
export function summarise(node: FlowNode, names: Names, t: TFunction): string {
  const summary = SUMMARIES[node.type] as (node: FlowNode, names: Names, t: TFunction) => string;
  return summary(node, names, t);
}

function speechLine(use: SpeechUse, names: Names, t: TFunction): string {
  switch (use.kind) {
    case 'text':
      return use.text.trim() === '' ? t('summary.noText') : use.text.trim().replace(/\s+/g, ' ');
    case 'audio':
      return use.fileName;
    case 'prompt':
      return names.prompts[use.promptId]?.name ?? t('summary.unknownPrompt');
  }
}
