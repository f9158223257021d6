import { KEYS, type Key, type NodeId } from '../../flow/ids.ts';
import { isKey, within } from '../text.ts';
import { nextOf, number, type StudioState, text } from './definition.ts';
import { noteSpeech, speechOf } from './speech.ts';
import { splitCases } from './split.ts';
import type { StudioTranslator, Widget } from './translator.ts';

/**
 * Keys that are typed. With a split behind it that asks for single keys, both are a menu; else the digits are kept, and
 * the split is a condition. Studio goes on after one wrong key, so there is one attempt for those.
 */
export function gatherWidget(state: StudioState, studio: StudioTranslator): Widget {
  const split = studio.state(nextOf(state, 'keypress'));
  const choices = split && choicesOf(state, split);
  const widget = choices ? menu(state, split, choices, studio) : digits(state, studio);
  noteSpeech(state, widget.nodeId, studio);
  if (nextOf(state, 'speech') !== undefined) studio.flow.note('speech-input', { name: state.name }, widget.nodeId);
  return widget;
}

/** Keys and where they lead; undefined when the split asks for anything else. */
function choicesOf(
  gather: StudioState,
  split: StudioState,
): readonly { key: Key; next: string | undefined }[] | undefined {
  if (
    split.type !== 'split-based-on' ||
    text(split, 'input').replace(/\s/g, '') !== `{{widgets.${gather.name}.Digits}}`
  ) {
    return undefined;
  }
  const choices = splitCases(split).map(({ conditions, next }) => {
    const [only, ...others] = conditions;
    if (!only || others.length > 0) return undefined;
    const keys = (only.type === 'matches_any_of' ? only.value.split(',') : [only.value]).map((key) => key.trim());
    const isChoice = ['equal_to', 'matches_any_of'].includes(only.type) && keys.every(isKey);
    return isChoice ? keys.filter(isKey).map((key) => ({ key, next })) : undefined;
  });
  return choices.length === 0 || choices.includes(undefined) ? undefined : choices.flatMap((choice) => choice ?? []);
}

function times(state: StudioState) {
  const waitMs = within((number(state, 'timeout') ?? 5) * 1000, 500, 60_000);
  const attempts = within(number(state, 'loop') ?? 1, 1, 10);
  return { firstDigitTimeoutMs: waitMs, noInputAttempts: attempts, invalidAttempts: 1 };
}

function menu(
  state: StudioState,
  split: StudioState,
  choices: readonly { key: Key; next: string | undefined }[],
  studio: StudioTranslator,
): Widget {
  const keys = KEYS.filter((key) => choices.some((choice) => choice.key === key));
  const nodeId = studio.flow.add('menu', state.name, {
    prompt: speechOf(state, studio),
    keys,
    ...times(state),
    hash: keys.includes('#') ? 'key' : 'terminator',
  });
  studio.folded.add(split.name);
  const wire = () => {
    // The first of several that ask for the same key decides.
    for (const { key, next } of choices.toReversed()) studio.flow.connect(nodeId, `key:${key}`, studio.node(next));
    studio.lead(nodeId, ['invalid'], split, 'noMatch');
    studio.lead(nodeId, ['no-input'], state, 'timeout');
  };
  return { nodeId, wire };
}

function digits(state: StudioState, studio: StudioTranslator): Widget {
  const nodeId: NodeId = studio.flow.add('digits', state.name, {
    prompt: speechOf(state, studio),
    variable: studio.values.digitsOf(state.name),
    maxDigits: within(number(state, 'number_of_digits') ?? 32, 1, 32),
    hash: text(state, 'finish_on_key') === '#' ? 'terminator' : 'ignored',
    ...times(state),
  });
  const wire = () => {
    studio.lead(nodeId, ['next'], state, 'keypress');
    studio.lead(nodeId, ['no-input', 'invalid'], state, 'timeout');
  };
  return { nodeId, wire };
}
