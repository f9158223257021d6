import { caseOf } from './conditions.ts';
import { nextOf, type StudioCondition, type StudioState, text } from './definition.ts';
import type { StudioTranslator, Widget } from './translator.ts';

/** One way out of a split. */
interface Way {
  readonly conditions: readonly StudioCondition[];
  readonly next: string | undefined;
}

/** The ways out of a split that have conditions, in their order. */
export function splitCases(state: StudioState): readonly Way[] {
  return state.transitions.flatMap(({ event, conditions, next }) =>
    event === 'match' ? [{ conditions: conditions ?? [], next: next ?? undefined }] : [],
  );
}

/** Branches by a value. Undefined when the value or a comparison has no translation. */
export function splitWidget(state: StudioState, studio: StudioTranslator): Widget | undefined {
  const value = studio.values.expression(text(state, 'input'));
  if (value === undefined || !/^[a-z][\w.]*$/.test(value)) return undefined;
  const ways = splitCases(state);
  const cases = ways.map(({ conditions }, index) =>
    caseOf({ id: String(index + 1), conditions }, value, (wanted) => studio.values.expression(wanted)),
  );
  if (cases.length > 50 || cases.includes(undefined)) return undefined;
  const nodeId = studio.flow.add('condition', state.name, { cases: cases.flatMap((one) => one ?? []) });
  const wire = () => {
    for (const [index, { next }] of ways.entries()) studio.flow.connect(nodeId, `case:${index + 1}`, studio.node(next));
    studio.flow.connect(nodeId, 'otherwise', studio.node(nextOf(state, 'noMatch')));
  };
  return { nodeId, wire };
}
