import type { DialOutcome, PromptKey, QueueOutcome } from '../../shared/engine/events.ts';
import type { World } from '../../shared/engine/world.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { TestWorld } from '../../shared/flow/project-test.ts';

/** What single people, queues and web services do, whatever the others do. By person, queue and node. */
export interface SimulatorExceptions {
  readonly people: TestWorld['people'];
  readonly queues: TestWorld['queues'];
  readonly requests: NonNullable<TestWorld['requests']>;
  readonly queueStates: NonNullable<TestWorld['queueStates']>;
}

export const NO_EXCEPTIONS: SimulatorExceptions = { people: {}, queues: {}, requests: {}, queueStates: {} };

/** People who answer do so after this, ms; in queues after `QUEUE_MS`. */
export const PICK_UP_MS = 3000;
export const QUEUE_MS = 6000;

/** How many things do something of their own. */
export function countExceptions(exceptions: SimulatorExceptions): number {
  return Object.values(exceptions).reduce((sum, of) => sum + Object.keys(of).length, 0);
}

/** The world of a simulated call: what everyone does, and what single ones do instead. */
export function worldFor(
  { people, queues }: Project,
  everyone: { readonly people: DialOutcome; readonly queues: Exclude<QueueOutcome, 'key-pressed'> },
  exceptions: SimulatorExceptions,
  prompts: Readonly<Record<PromptKey, number>>,
): World {
  const all = <Behaviour>(of: object, behaviour: Behaviour) =>
    Object.fromEntries(Object.keys(of).map((id) => [id, behaviour]));
  // JSON takes away members without a value, which a world may not have.
  const own: Pick<World, 'people' | 'queues' | 'requests' | 'queueStates'> = JSON.parse(JSON.stringify(exceptions));
  return {
    ...own,
    prompts,
    people: { ...all(people, { outcome: everyone.people, afterMs: PICK_UP_MS }), ...own.people },
    queues: { ...all(queues, { outcome: everyone.queues, afterMs: QUEUE_MS }), ...own.queues },
  };
}
