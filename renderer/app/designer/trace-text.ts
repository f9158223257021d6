import type { TFunction } from 'i18next';
import { TRUNK_FAILURES } from '../../../shared/bridge/trunk.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { outputLabel } from '../../ui/nodes/output-label.ts';

type Texts = {
  readonly [Type in TraceEntry['type']]: (
    entry: Extract<TraceEntry, { type: Type }>,
    project: Project,
    t: TFunction,
  ) => string;
};

const nameOf = (project: Project, personId: string) => project.people[personId]?.name ?? personId;

const TEXTS: Texts = {
  'call-started': (entry, _project, t) => t('trace.callStarted', { caller: entry.caller || t('live.withheld') }),
  'node-entered': (_entry, _project, t) => t('trace.nodeEntered'),
  'prompt-started': (_entry, _project, t) => t('trace.promptStarted'),
  'prompt-finished': (_entry, _project, t) => t('trace.promptFinished'),
  'prompt-interrupted': (_entry, _project, t) => t('trace.promptInterrupted'),
  'prompt-failed': (entry, _project, t) => t('trace.promptFailed', { reason: entry.reason }),
  digit: (entry, _project, t) => t('trace.digit', { digit: entry.digit }),
  'timer-fired': (entry, _project, t) => t(`trace.timer.${entry.timer}`),
  dialled: (entry, project, t) =>
    t('trace.dialled', { people: entry.number ?? entry.people.map((id) => nameOf(project, id)).join(', ') }),
  'outside-failed': ({ number, code }, _project, t) =>
    t('trace.outsideFailed', { number, why: outsideReason(code, t) }),
  queued: (entry, project, t) => t('trace.queued', { queue: project.queues[entry.queueId]?.name ?? entry.queueId }),
  answered: (entry, project, t) => t('trace.answered', { person: nameOf(project, entry.by) }),
  outcome: (entry, _project, t) => {
    const kind = entry.output.startsWith('key:') ? 'key' : 'outcome';
    return t('trace.outcome', { output: outputLabel({ id: entry.output, kind }, t) });
  },
  variables: (entry, _project, t) => {
    const values = Object.entries(entry.values).map(([name, value]) => `${name} = ${value}`);
    return t('trace.variables', { values: values.join(', ') });
  },
  'request-started': (entry, _project, t) => t('trace.requestStarted', { url: entry.url }),
  'request-ended': (entry, _project, t) => t(`trace.requestEnded.${entry.result}`, { status: entry.status ?? 0 }),
  'queue-state': (entry, _project, t) =>
    entry.queue === null
      ? t('trace.queueGone')
      : t('trace.queueState', { here: entry.queue.here, free: entry.queue.free, waiting: entry.queue.waiting }),
  'recording-consent': (entry, _project, t) => t(entry.given ? 'trace.consentGiven' : 'trace.consentRefused'),
  language: (entry, _project, t) => t('trace.language', { language: entry.language }),
  callback: (entry, project, t) =>
    t('trace.callback', { number: entry.number, queue: project.queues[entry.queueId]?.name ?? entry.queueId }),
  returned: (entry, _project, t) => t('trace.returned', { result: entry.result }),
  'recording-started': (_entry, _project, t) => t('trace.recordingStarted'),
  'recording-ended': (entry, _project, t) =>
    t(`trace.recordingEnded.${entry.reason}`, { seconds: Math.round(entry.durationMs / 1000) }),
  guard: (entry, _project, t) => t(`trace.guard.${entry.guard}`),
  'default-handling': (_entry, _project, t) => t('trace.defaultHandling'),
  ended: (entry, _project, t) => t(`trace.ended.${entry.by}`, { cause: t(`trace.cause.${entry.cause}`) }),
};

function outsideReason(code: string, t: TFunction): string {
  const failure = TRUNK_FAILURES.find((one) => code === `trunk/${one}`);
  return failure === undefined ? code : t(`line.failed.${failure}`);
}

/** A line of a call's trace in words. */
export function traceText(entry: TraceEntry, project: Project, t: TFunction): string {
  const text = TEXTS[entry.type] as (entry: TraceEntry, project: Project, t: TFunction) => string;
  return text(entry, project, t);
}
