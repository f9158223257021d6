import type { FlowId, Id, PersonId, PromptId, QueueId, ScheduleId } from '../flow/ids.ts';
import type { DefaultHandling, Flow, Project } from '../flow/project.ts';
import { NumberSchema, QueueSchema } from '../flow/project.ts';
import type { Schedule } from '../flow/schedule.ts';
import type { SpeechUse } from '../flow/speech.ts';
import { VariableNameSchema, VariableSchema, type VariableType } from '../flow/variables.ts';
import { lookup } from '../lib/record.ts';
import { FlowDraft } from './flow-draft.ts';
import { placed } from './layout.ts';
import { withoutTwins } from './merge-twins.ts';
import type { ImportNote, NoteCode } from './notes.ts';
import { cut, sameName } from './text.ts';

/** What an import gives: the project with what was taken in, which flows are new, and what there is to tell. */
export interface Imported {
  readonly project: Project;
  readonly flowIds: readonly FlowId[];
  readonly notes: readonly ImportNote[];
}

/** Makes identities; `prefix` is a letter that says of what. */
export type NewId = (prefix: string) => Id;

/**
 * A project that flows are being added to. People, queues, prompts and variables that are named there already are used,
 * others are made and noted. The project given is never written to.
 */
export class ImportDraft {
  readonly #newId: NewId;
  readonly #reserved: readonly string[];
  readonly #queueDefaults: object;
  readonly #flows = new Map<FlowId, FlowDraft>();
  readonly #notes: ImportNote[] = [];
  #project: Project;

  /**
   * @param reserved extensions that the source speaks of: people who are made without one get others
   * @param queueDefaults settings of queues that are made
   */
  constructor(project: Project, newId: NewId, reserved: readonly string[] = [], queueDefaults: object = {}) {
    this.#project = project;
    this.#newId = newId;
    this.#reserved = reserved;
    this.#queueDefaults = queueDefaults;
  }

  get project(): Project {
    return this.#project;
  }

  /** A new flow under that name, or one like it when there is one of that name. */
  flow(name: string, startName: string): FlowDraft {
    const id = this.#newId('f');
    const taken = [...Object.values(this.#project.flows), ...this.#flows.values()].map((flow) => flow.name);
    const flow = new FlowDraft(this, id, freeName(cut(name, 90) || id, taken), startName);
    this.#flows.set(id, flow);
    return flow;
  }

  note(code: NoteCode, params: ImportNote['params'], at?: ImportNote['at']): void {
    this.#notes.push({ code, params, ...(at && { at }) });
  }

  personWith(extension: string, name = ''): PersonId {
    const { people } = this.#project;
    const found = Object.entries(people).find(([, person]) => person.extension === extension);
    if (found) return found[0];
    const id = this.#newId('p');
    const person = { name: cut(name, 100) || extension, extension };
    this.#project = { ...this.#project, people: { ...people, [id]: person } };
    this.note('person-made', { name: person.name, extension });
    return id;
  }

  /** The person of that name, who gets the next free extension when new. */
  personNamed(name: string): PersonId {
    const { people } = this.#project;
    const found = Object.entries(people).find(([, person]) => sameName(person.name, name));
    if (found) return found[0];
    const taken = Object.values(people).map(({ extension }) => extension);
    return this.personWith(freeExtension([...taken, ...this.#reserved]), name);
  }

  queueNamed(name: string): QueueId {
    const { queues } = this.#project;
    const found = Object.entries(queues).find(([, queue]) => sameName(queue.name, name));
    if (found) return found[0];
    const id = this.#newId('q');
    const queue = QueueSchema.parse({ members: [], ...this.#queueDefaults, name: cut(name, 100) || id });
    this.#project = { ...this.#project, queues: { ...queues, [id]: queue } };
    this.note('queue-made', { name: queue.name });
    return id;
  }

  /**
   * A prompt of the library for a sound that is not here. Until somebody writes what it says, or gives it its sound, it
   * says its name in every language that calls may be in, so that the flow can be tried at once.
   */
  soundNamed(written: string): SpeechUse {
    const { prompts, settings } = this.#project;
    const name = cut(written, 100) || '?';
    const known = Object.entries(prompts).find(([, prompt]) => sameName(prompt.name, name));
    if (known) return { kind: 'prompt', promptId: known[0] };
    const promptId: PromptId = this.#newId('a');
    const source = { kind: 'text', text: name } as const;
    const prompt = { name, sources: { [settings.language]: source } };
    this.#project = { ...this.#project, prompts: { ...prompts, [promptId]: prompt } };
    this.note('sound-wanted', { name });
    return { kind: 'prompt', promptId };
  }

  /** A variable's name as it may be here, e.g. `Customer ID` → `customer_id`; the variable is made when it is new. */
  variableFor(name: string, type: VariableType = 'text'): string {
    const wanted = name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, '_')
      .replace(/^[^a-z]+|_+$/g, '');
    const plain = (wanted || 'value').slice(0, 30);
    const variable = VariableNameSchema.safeParse(plain).success ? plain : `${plain.slice(0, 28)}_1`;
    const { variables } = this.#project;
    if (lookup(variables, variable)) return variable;
    const made = { ...variables, [variable]: VariableSchema.parse({ type }) };
    this.#project = { ...this.#project, variables: made };
    this.note('variable-made', { name: variable });
    return variable;
  }

  schedule(schedule: Schedule): ScheduleId {
    const { schedules } = this.#project;
    const found = Object.entries(schedules).find(
      ([, known]) => sameName(known.name, schedule.name) && JSON.stringify(known) === JSON.stringify(schedule),
    );
    if (found) return found[0];
    const id = this.#newId('s');
    const name = freeName(
      schedule.name,
      Object.values(schedules).map((known) => known.name),
    );
    this.#project = { ...this.#project, schedules: { ...schedules, [id]: { ...schedule, name } } };
    this.note('schedule-made', { name });
    return id;
  }

  /** A number that leads into a flow. One that is there already stays as it is. */
  number(number: string, name: string, flowId: FlowId, defaultHandling: DefaultHandling = { kind: 'hang-up' }): void {
    const { numbers } = this.#project;
    if (Object.values(numbers).some((known) => known.number === number)) return;
    const entry = NumberSchema.safeParse({ number, name: cut(name, 100), defaultHandling, useVoiceMenu: true, flowId });
    if (!entry.success) return;
    this.#project = { ...this.#project, numbers: { ...numbers, [this.#newId('d')]: entry.data } };
    this.note('number-made', { number });
  }

  /** What was imported; nodes that no call can tell apart are one. */
  finish(): Imported {
    const flows: Record<FlowId, Flow> = { ...this.#project.flows };
    let notes: readonly ImportNote[] = this.#notes;
    for (const [id, draft] of this.#flows) {
      const { flow, twinOf } = withoutTwins(draft.flow());
      flows[id] = placed(flow);
      notes = notes.map((note) => {
        if (note.at?.flowId !== id) return note;
        return { ...note, at: { flowId: id, nodeId: twinOf.get(note.at.nodeId) ?? note.at.nodeId } };
      });
    }
    const told = [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
    return { project: { ...this.#project, flows }, flowIds: [...this.#flows.keys()], notes: told };
  }
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let count = 2; taken.includes(free); count++) free = `${name} ${count}`;
  return free;
}

function freeExtension(taken: readonly string[]): string {
  let extension = 101;
  while (taken.includes(String(extension))) extension++;
  return String(extension);
}
