import type { ConditionCase } from '../../flow/nodes/condition.ts';
import { LanguageSchema } from '../../flow/speech.ts';
import { translateExpression } from './expression.ts';
import { branchesOf } from './jumps.ts';
import type { Step } from './parse-dialplan.ts';
import { isOpen, substitute } from './substitute.ts';
import { scheduleOf } from './times.ts';
import type { DialplanTranslator, Place, Translated } from './translator.ts';

/** Where a branch leads: a jump, or the next priority where none is written. */
function branch(place: Place, written: string, walk: DialplanTranslator): Place | undefined {
  return written === '' ? walk.after(place) : walk.jump(place, written);
}

/** `GotoIf($[…]?yes:no)`. What is known while reading is decided then; else it is a condition. */
export function branchStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const { condition, yes, no } = branchesOf(step.args);
  const written = substitute(condition, place.known);
  const [, inside] = /^\$\[([\s\S]*)\]$/.exec(written) ?? [];
  const expression = translateExpression(inside ?? (isOpen(written) ? written : `"${written}"`), (name) =>
    walk.variable(name),
  );
  const decided = isOpen(inside ?? written) ? undefined : decide(inside ?? written);
  if (decided !== undefined) return { kind: 'on', to: branch(place, decided ? yes : no, walk) };
  if (!expression || expression.cel.length > 1000) return keptBranch(step, place, yes, no, walk);
  const nodeId = walk.flow.add('condition', '', { cases: [caseFor(expression.cel, expression.type)] });
  const wire = () => {
    walk.flow.connect(nodeId, 'case:1', walk.node(branch(place, yes, walk)));
    walk.flow.connect(nodeId, 'otherwise', walk.node(branch(place, no, walk)));
  };
  return { kind: 'node', nodeId, wire };
}

/** A plain question about the caller or a variable is one that the form shows as such. */
function caseFor(cel: string, type: string): ConditionCase {
  const [, name, value] = /^([a-z][a-z0-9_.]*) == "([^"\\]*)"$/.exec(cel) ?? [];
  if (name === 'caller.number' && /^\+?[0-9*#]{1,20}$/.test(value ?? ''))
    return { id: '1', kind: 'equals', value: value ?? '' };
  if (name !== undefined && value !== undefined && !name.includes('.')) {
    return { id: '1', kind: 'variable', variable: name, comparison: 'equals', value };
  }
  const truth = type === 'number' ? `${cel} != 0.0` : type === 'text' ? `!(${cel} in ["", "0"])` : cel;
  return { id: '1', kind: 'expression', expression: truth };
}

/** A comparison of two texts that are both known: `"BUSY" = "BUSY"`. */
function decide(inside: string): boolean | undefined {
  const [, a = '', sign, b = ''] = /^\s*"?([^"=!<>&|]*?)"?\s*(!=|=)\s*"?([^"=!<>&|]*?)"?\s*$/.exec(inside) ?? [];
  if (sign !== undefined) return (a === b) === (sign === '=');
  return /^\s*"?[\w.-]*"?\s*$/.test(inside) ? !['', '0'].includes(inside.replace(/["\s]/g, '')) : undefined;
}

function keptBranch(step: Step, place: Place, yes: string, no: string, walk: DialplanTranslator): Translated {
  const nodeId = walk.flow.keep({
    source: 'asterisk',
    kind: step.app,
    name: step.app,
    original: step.source,
    ways: [yes || 'true', no || 'false'],
    goOn: 1,
  });
  const wire = () => {
    walk.flow.connect(nodeId, 'way:1', walk.node(branch(place, yes, walk)));
    walk.flow.connect(nodeId, 'way:2', walk.node(branch(place, no, walk)));
  };
  return { kind: 'node', nodeId, wire };
}

/** `GotoIfTime(times,weekdays,mdays,months?open:closed)`: a schedule. */
export function timeStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const { condition, yes, no } = branchesOf(step.args);
  const schedule = isOpen(condition) ? undefined : scheduleOf(condition, walk.flow.draft.project.settings.timeZone);
  if (!schedule) return keptBranch(step, place, yes, no, walk);
  const nodeId = walk.flow.add('schedule', schedule.name, { scheduleId: walk.flow.draft.schedule(schedule) });
  const wire = () => {
    walk.flow.connect(nodeId, 'open', walk.node(branch(place, yes, walk)));
    walk.flow.connect(nodeId, 'closed', walk.node(branch(place, no, walk)));
  };
  return { kind: 'node', nodeId, wire };
}

/** `Set(NAME=value)`. Times are kept for the next menu; the language is a node; what a call is called is left out. */
export function setStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [, target = '', written = ''] = /^\s*"?_*([^=]+?)\s*=([\s\S]*)$/.exec(step.args) ?? [];
  const value = substitute(written, place.known)
    .trim()
    .replace(/^"(.*)"$/, '$1');
  const on = { kind: 'on', to: walk.after(place) } as const;
  if (/^TIMEOUT\((digit|response)\)$/i.test(target)) {
    const kind = /digit/i.test(target) ? 'digit' : 'response';
    return { kind: 'on', to: walk.after(place, { [`TIMEOUT(${kind})`]: value }) };
  }
  if (/^(CHANNEL\(language\)|LANGUAGE\(\))$/i.test(target)) return languageStep(value, place, walk);
  if (/[()]/.test(target)) {
    walk.flow.draft.note('option-left-out', { option: `Set(${step.args})`.slice(0, 100) });
    return on;
  }
  const name = target.replace(/[^\w]/g, '_');
  const [, inside] = /^\$\[([\s\S]*)\]$/.exec(value) ?? [];
  const variable = walk.variable(name);
  const plain = /^-?\d+$/.test(value) && variable?.type === 'number' ? { cel: `${value}.0` } : undefined;
  const source = inside ?? (value.includes('${') ? value : `"${value}"`);
  const expression =
    plain ??
    translateExpression(/[\s]/.test(source) && inside === undefined ? `"${source}"` : source, (one) =>
      walk.variable(one),
    );
  if (!variable || !expression || expression.cel.length > 1000) return undefined;
  const nodeId = walk.flow.add('set-variable', name, {
    assignments: [{ variable: variable.cel, expression: expression.cel }],
  });
  const wire = () => {
    for (const output of ['next', 'error']) walk.flow.connect(nodeId, output, walk.node(walk.after(place)));
  };
  return { kind: 'node', nodeId, wire };
}

function languageStep(written: string, place: Place, walk: DialplanTranslator): Translated | undefined {
  const language = written.replace('_', '-');
  if (!LanguageSchema.safeParse(language).success) return undefined;
  const nodeId = walk.flow.add('language', '', { language });
  return { kind: 'node', nodeId, wire: () => walk.flow.connect(nodeId, 'next', walk.node(walk.after(place))) };
}
