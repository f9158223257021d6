import type { SpeechUse } from '../../flow/speech.ts';
import { spoken } from '../flow-draft.ts';
import { askedStep } from './asking.ts';
import { branchStep, setStep, timeStep } from './branching.ts';
import { dialStep, queueStep, voicemailStep } from './connecting.ts';
import { argumentsOf, type Step } from './parse-dialplan.ts';
import { soundsOf } from './sounds.ts';
import { isOpen, substitute } from './substitute.ts';
import type { DialplanTranslator, Place, Translated } from './translator.ts';

type Translate = (step: Step, place: Place, walk: DialplanTranslator) => Translated | undefined;

/** What callers do not notice, or what is done by itself here. */
const SILENT =
  /^(answer|noop|verbose|log|progress|ringing|proceeding|wait|resetcdr|nocdr|setmusiconhold|celgenuserevent|userevent|dumpchan|stopplaytones|setcallerpres)$/i;

const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  playback: playStep,
  background: askedStep,
  waitexten: askedStep,
  read: askedStep,
  goto: (step, place, walk) =>
    isOpen(substitute(step.args, place.known)) ? undefined : { kind: 'on', to: walk.jump(place, step.args) },
  gotoif: branchStep,
  gotoiftime: timeStep,
  set: setStep,
  dial: dialStep,
  queue: queueStep,
  voicemail: voicemailStep,
  saydigits: sayValue,
  saynumber: sayValue,
  sayalpha: sayValue,
  hangup: (step, _place, walk) => hangUp(walk, ({ 17: 'busy', 21: 'rejected' } as const)[step.args.trim()] ?? 'normal'),
  busy: (_step, _place, walk) => hangUp(walk, 'busy'),
  congestion: (_step, _place, walk) => hangUp(walk, 'rejected'),
};

/** What one step of a dialplan is in a flow; one that has no translation is kept as a grey box. */
export function translateStep(step: Step, place: Place, walk: DialplanTranslator): Translated {
  if (SILENT.test(step.app)) return { kind: 'on', to: walk.after(place) };
  const app = step.app.toLowerCase();
  const translate = Object.hasOwn(TRANSLATIONS, app) ? TRANSLATIONS[app] : undefined;
  return translate?.(step, place, walk) ?? keptStep(step, place, walk);
}

function keptStep(step: Step, place: Place, walk: DialplanTranslator): Translated {
  const nodeId = walk.flow.keep({
    source: 'asterisk',
    kind: step.app,
    name: step.app,
    original: step.source,
    ways: ['next'],
  });
  return { kind: 'node', nodeId, wire: () => walk.flow.connect(nodeId, 'way:1', walk.node(walk.after(place))) };
}

function playStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [files = ''] = argumentsOf(substitute(step.args, place.known));
  if (isOpen(files)) return undefined;
  return said(soundsOf(files, walk), files, place, walk);
}

/** `SayDigits(${X})`: the value, digit by digit where it is. */
function sayValue(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [value = ''] = argumentsOf(substitute(step.args, place.known));
  const [, name] = /^\$\{([\w()]+)\}$/.exec(value) ?? [];
  const variable = name === undefined ? undefined : walk.variable(name);
  const digitByDigit = step.app.toLowerCase() !== 'saynumber';
  if (variable) return said(spoken(`{${variable.cel}${digitByDigit ? ':digits' : ''}}`), step.app, place, walk);
  if (isOpen(value)) return undefined;
  return said(spoken(digitByDigit ? [...value].join(' ') : value), step.app, place, walk);
}

function said(prompt: SpeechUse, name: string, place: Place, walk: DialplanTranslator): Translated {
  const nodeId = walk.flow.add('say', name, { prompt });
  return { kind: 'node', nodeId, wire: () => walk.flow.connect(nodeId, 'next', walk.node(walk.after(place))) };
}

function hangUp(walk: DialplanTranslator, cause: 'normal' | 'busy' | 'rejected'): Translated {
  const nodeId = cause === 'normal' ? walk.end() : walk.flow.add('hang-up', '', { cause });
  return { kind: 'node', nodeId, wire: () => {} };
}
