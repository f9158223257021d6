import { z } from 'zod';
import { DialtreeError } from '../../lib/errors.ts';

const ConditionSchema = z.object({
  type: z.string(),
  value: z.string().default(''),
  friendly_name: z.string().default(''),
  arguments: z.array(z.string()).default([]),
});
const TransitionSchema = z.object({
  event: z.string(),
  next: z.string().nullish(),
  conditions: z.array(ConditionSchema).nullish(),
});
const StateSchema = z.object({
  name: z.string(),
  type: z.string(),
  transitions: z.array(TransitionSchema).default([]),
  properties: z.record(z.string(), z.unknown()).default({}),
});
const DefinitionSchema = z.object({
  description: z.string().default(''),
  states: z.array(StateSchema).min(1),
  initial_state: z.string().optional(),
});

/** A Studio flow as its JSON says (Twilio, "Flow definition"); only what an import needs is checked. */
export type StudioFlow = z.infer<typeof DefinitionSchema>;
/** One widget. */
export type StudioState = StudioFlow['states'][number];
export type StudioCondition = z.infer<typeof ConditionSchema>;

/** Whether JSON looks like a Studio flow, as it is or as the REST API wraps it (`definition`). */
export function isStudioFlow(json: unknown): boolean {
  const { states } = unwrapped(json) as { states?: unknown };
  return (
    Array.isArray(states) &&
    states.some((state) => typeof state === 'object' && state !== null && 'transitions' in state)
  );
}

/** @throws DialtreeError `import/not-studio` */
export function parseStudioFlow(json: unknown): StudioFlow {
  const parsed = DefinitionSchema.safeParse(unwrapped(json));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') || 'states';
  throw new DialtreeError({
    code: 'import/not-studio',
    message: `This is no Twilio Studio flow: ${path}: ${issue?.message}.`,
    hint: 'In Studio open the flow, choose "Show Flow JSON" in the trigger widget, and copy all of it.',
    params: { path },
  });
}

function unwrapped(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return {};
  const { definition } = json as { definition?: unknown };
  return typeof definition === 'object' && definition !== null ? definition : json;
}

/** Where a transition leads: the widget's name, or undefined when it leads nowhere. */
export function nextOf(state: StudioState, ...events: readonly string[]): string | undefined {
  const found = events.flatMap(
    (event) => state.transitions.find((transition) => transition.event === event && transition.next) ?? [],
  );
  return found[0]?.next ?? undefined;
}

/** A property as text; empty when it is not there. */
export function text(state: StudioState, property: string): string {
  const value = state.properties[property];
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

/** A property as a number; Studio writes some as text. */
export function number(state: StudioState, property: string): number | undefined {
  const written = text(state, property).trim();
  const value = Number(written);
  return written !== '' && Number.isFinite(value) ? value : undefined;
}
