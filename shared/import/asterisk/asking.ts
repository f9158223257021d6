import { KEYS, type Key, type NodeId, type PersonId } from '../../flow/ids.ts';
import { within } from '../text.ts';
import { SPECIAL } from './jumps.ts';
import { argumentsOf, extensionsOf, findExtension, type Step } from './parse-dialplan.ts';
import { soundsOf } from './sounds.ts';
import { isOpen, substitute } from './substitute.ts';
import type { DialplanTranslator, Place, Translated } from './translator.ts';

/** Times of a call that was never told others (pbx.c, rtimeoutms and dtimeoutms), in seconds. */
const RESPONSE_S = 10;
const DIGIT_S = 5;

/** `Background` and `WaitExten` are a menu of the context's extensions, `Read` collects digits. */
export function askedStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  return step.app.toLowerCase() === 'read' ? readStep(step, place, walk) : menuStep(place, walk);
}

/** `Read(variable,files,max,options,attempts,timeout)` goes on with an empty variable when nothing is typed. */
function readStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [name = '', files = '', most = '', , attempts = '', seconds = ''] = argumentsOf(
    substitute(step.args, place.known),
  );
  if (!/^\w+$/.test(name) || isOpen(files)) return undefined;
  const nodeId = walk.flow.add('digits', name, {
    prompt: soundsOf(files, walk),
    variable: walk.flow.draft.variableFor(name, walk.variable(name)?.type),
    maxDigits: within(Number(most) || 32, 1, 32),
    firstDigitTimeoutMs: within((Number(seconds) || RESPONSE_S) * 1000, 500, 60_000),
    noInputAttempts: within(Number(attempts) || 1, 1, 10),
    invalidAttempts: 1,
  });
  const wire = () => {
    for (const output of ['next', 'no-input', 'invalid'])
      walk.flow.connect(nodeId, output, walk.node(walk.after(place)));
  };
  return { kind: 'node', nodeId, wire };
}

/** Sounds up to where the dialplan waits, or does something else. */
interface Asking {
  readonly sounds: readonly string[];
  readonly waitS: number;
  /** Where a caller is who types nothing; undefined: the extension `t`. */
  readonly afterwards: Place | undefined;
}

function menuStep(place: Place, walk: DialplanTranslator): Translated | undefined {
  const asking = askingAt(place, walk);
  if (asking.sounds.some(isOpen)) return undefined;
  const keys = keysOf(place, walk);
  const timeout = (kind: string) => Number(place.known.get(`TIMEOUT(${kind})`)) || undefined;
  const nodeId = walk.flow.add('menu', place.context, {
    prompt: soundsOf(asking.sounds.join('&'), walk),
    keys,
    firstDigitTimeoutMs: within(asking.waitS * 1000, 500, 60_000),
    interDigitTimeoutMs: within((timeout('digit') ?? DIGIT_S) * 1000, 500, 60_000),
    noInputAttempts: 1,
    invalidAttempts: 1,
    directDial: directDial(place, walk),
  });
  noteExtensions(place, walk, nodeId);
  const to = (exten: string) => walk.at(withoutStatuses(place), exten);
  const wire = () => {
    for (const key of keys) walk.flow.connect(nodeId, `key:${key}`, walk.node(to(key)));
    walk.flow.connect(nodeId, 'invalid', walk.node(to('i')));
    walk.flow.connect(nodeId, 'no-input', walk.node(asking.afterwards ?? to('t')));
  };
  return { kind: 'node', nodeId, wire };
}

/** How a call before was answered is forgotten in a menu; it would be drawn once for each answer. */
function withoutStatuses(place: Place): Place {
  return { ...place, known: new Map([...place.known].filter(([name]) => !/^(DIAL|QUEUE)STATUS$/.test(name))) };
}

const UNNOTICED = /^(answer|noop|verbose|progress|ringing|wait|background)$/i;

function askingAt(first: Place, walk: DialplanTranslator): Asking {
  const sounds: string[] = [];
  const response = Number(first.known.get('TIMEOUT(response)')) || RESPONSE_S;
  for (let place = first; ; place = walk.after(place)) {
    const step = walk.step(place);
    const app = step?.app.toLowerCase();
    if (app === 'waitexten') {
      const [seconds = ''] = argumentsOf(step?.args ?? '');
      return { sounds, waitS: Number(seconds) || response, afterwards: undefined };
    }
    if (app === 'background') {
      const [files = ''] = argumentsOf(substitute(step?.args ?? '', place.known));
      sounds.push(files);
    } else if (step === undefined || !UNNOTICED.test(step.app)) {
      // Digits count while the sounds play; then the dialplan does what comes next, or ends.
      return { sounds, waitS: 0.5, afterwards: step ? place : { ...place, priority: -1 } };
    }
  }
}

function keysOf(place: Place, walk: DialplanTranslator): Key[] {
  return KEYS.filter((key) => findExtension(walk.dialplan, place.context, key));
}

/** Extensions of more than one digit that ring a person of that extension. */
function directDial(place: Place, walk: DialplanTranslator) {
  const people: PersonId[] = [];
  for (const { extension } of extensionsOf(walk.dialplan, place.context)) {
    if (!isLong(extension.pattern)) continue;
    const rings = extension.steps.find(({ app }) => app.toLowerCase() === 'dial');
    if (!rings) continue;
    if (extension.pattern.startsWith('_')) {
      if (ringsItself(rings.args, extension.pattern)) return { kind: 'everyone' as const };
    } else if (ringsItself(rings.args, extension.pattern)) {
      people.push(walk.flow.draft.personWith(extension.pattern));
    }
  }
  return people.length === 0 ? { kind: 'off' as const } : { kind: 'people' as const, people };
}

/** Whether a dial rings the phone of the extension that was dialled. */
function ringsItself(args: string, pattern: string): boolean {
  return /\$\{EXTEN\}/.test(args) || args.includes(pattern);
}

const isLong = (pattern: string) => pattern.startsWith('_') || /^[0-9]{2,8}$/.test(pattern);

/** Extensions that callers may dial in the menu and that a menu here has no place for. */
function noteExtensions(place: Place, walk: DialplanTranslator, nodeId: NodeId): void {
  for (const { extension } of extensionsOf(walk.dialplan, place.context)) {
    const { pattern, steps } = extension;
    if (SPECIAL.has(pattern) || pattern === 's' || KEYS.some((key) => key === pattern)) continue;
    const rings = steps.some(({ app, args }) => app.toLowerCase() === 'dial' && ringsItself(args, pattern));
    if (rings && pattern.startsWith('_')) walk.flow.note('extensions-open', { pattern }, nodeId);
    else if (!rings && isLong(pattern)) walk.flow.note('option-left-out', { option: `exten => ${pattern}` }, nodeId);
  }
}
