import { ExternalNumberSchema, withoutPunctuation } from '../../flow/external-number.ts';
import { ringsFor, within } from '../text.ts';
import { number, type StudioState, text } from './definition.ts';
import { gatherWidget } from './gather.ts';
import { requestWidget } from './request.ts';
import { noteSpeech, speechOf } from './speech.ts';
import { splitWidget } from './split.ts';
import type { StudioTranslator, Widget } from './translator.ts';

type Translate = (state: StudioState, studio: StudioTranslator) => Widget | undefined;

const TRANSLATIONS: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ['say-play', sayWidget],
  ['gather-input-on-call', gatherWidget],
  ['split-based-on', splitWidget],
  ['connect-call-to', connectWidget],
  ['enqueue-call', enqueueWidget],
  ['record-voicemail', voicemailWidget],
  ['make-http-request', requestWidget],
  ['set-variables', variablesWidget],
]);

/** Draws a widget: as a node of the same meaning, else as a grey box that keeps it whole. */
export function widgetFor(state: StudioState, studio: StudioTranslator): Widget {
  return TRANSLATIONS.get(state.type)?.(state, studio) ?? keptWidget(state, studio);
}

function keptWidget(state: StudioState, studio: StudioTranslator): Widget {
  const { name, type, transitions } = state;
  const connected = transitions.findIndex(({ next }) => studio.state(next ?? undefined));
  const nodeId = studio.flow.keep({
    source: 'twilio-studio',
    kind: type,
    name,
    original: JSON.stringify(state, null, 2),
    ways: transitions.map(({ event, conditions }) => conditions?.[0]?.friendly_name || event),
    goOn: Math.max(0, connected),
  });
  const wire = () =>
    transitions.forEach(({ next }, index) => {
      if (next) studio.flow.connect(nodeId, `way:${index + 1}`, studio.node(next));
    });
  return { nodeId, wire };
}

function sayWidget(state: StudioState, studio: StudioTranslator): Widget | undefined {
  // Digits that are played, not said.
  if (text(state, 'say') === '' && text(state, 'play') === '') return undefined;
  const nodeId = studio.flow.add('say', state.name, { prompt: speechOf(state, studio) });
  noteSpeech(state, nodeId, studio);
  if ((number(state, 'loop') ?? 1) > 1) studio.flow.note('option-left-out', { option: 'loop' }, nodeId);
  return { nodeId, wire: () => studio.lead(nodeId, ['next'], state, 'audioComplete') };
}

const UNANSWERED = ['no-answer', 'busy', 'unavailable'];

/** To a number; clients, SIP addresses and several at once have no node here. */
function connectWidget(state: StudioState, studio: StudioTranslator): Widget | undefined {
  const to = withoutPunctuation(text(state, 'to'));
  const isNumber = to !== '' && ExternalNumberSchema.safeParse(to).success;
  if (!['', 'number'].includes(text(state, 'noun')) || !isNumber) return undefined;
  const { ringMs } = studio.flow.draft.project.settings;
  const nodeId = studio.flow.add('external', state.name, {
    number: to,
    rings: ringsFor(number(state, 'timeout') ?? 30, ringMs),
    callerId: /contact\.channel|trigger\.call\.From/.test(text(state, 'caller_id')) ? 'caller' : 'number',
  });
  if (text(state, 'record') === 'true') studio.flow.note('option-left-out', { option: 'record' }, nodeId);
  return { nodeId, wire: () => studio.lead(nodeId, UNANSWERED, state, 'callCompleted') };
}

function enqueueWidget(state: StudioState, studio: StudioTranslator): Widget {
  const queue = text(state, 'queue_name').trim();
  const queueId = studio.flow.draft.queueNamed(queue === '' || queue.includes('{{') ? state.name : queue);
  const nodeId = studio.flow.add('queue', state.name, { queueId });
  const wire = () => {
    studio.lead(nodeId, ['full', 'join-empty'], state, 'failedToEnqueue', 'callFailure');
    studio.lead(nodeId, ['timeout', 'leave-empty'], state, 'callComplete');
  };
  return { nodeId, wire };
}

function voicemailWidget(state: StudioState, studio: StudioTranslator): Widget {
  const nodeId = studio.flow.add('voicemail', state.name, {
    maxMs: within((number(state, 'max_length') ?? 120) * 1000, 5000, 600_000),
    silenceMs: within((number(state, 'timeout') ?? 5) * 1000, 1000, 30_000),
  });
  if (text(state, 'transcribe') === 'true') studio.flow.note('option-left-out', { option: 'transcribe' }, nodeId);
  const wire = () => {
    studio.lead(nodeId, ['done'], state, 'recordingComplete');
    studio.lead(nodeId, ['too-short', 'failed'], state, 'noAudio', 'recordingComplete');
  };
  return { nodeId, wire };
}

function variablesWidget(state: StudioState, studio: StudioTranslator): Widget | undefined {
  const { variables } = state.properties;
  if (!Array.isArray(variables) || variables.length === 0 || variables.length > 20) return undefined;
  const assignments = variables.map((one: { key?: unknown; value?: unknown }) => {
    const expression = studio.values.expression(String(one.value ?? ''));
    const isUsable = typeof one.key === 'string' && expression !== undefined && expression.length <= 1000;
    return isUsable ? { key: String(one.key), expression } : undefined;
  });
  if (assignments.includes(undefined)) return undefined;
  const known = assignments.flatMap((one) => one ?? []);
  const nodeId = studio.flow.add('set-variable', state.name, {
    assignments: known.map(({ key, expression }) => ({
      variable: studio.flow.draft.variableFor(key),
      expression,
    })),
  });
  return { nodeId, wire: () => studio.lead(nodeId, ['next', 'error'], state, 'next') };
}
