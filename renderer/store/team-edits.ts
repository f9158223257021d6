import type { FlowNode } from '../../shared/flow/catalogue.ts';
import type { Id, PersonId, QueueId } from '../../shared/flow/ids.ts';
import type { DefaultHandling, Person, PhoneNumber, Project, Queue } from '../../shared/flow/project.ts';
import { QueueSchema } from '../../shared/flow/project.ts';
import { newId } from './new-id.ts';

/** Pure changes of numbers, people and queues. Each gives the changed project. */

type Collection = 'numbers' | 'people' | 'queues';

/** Adds or changes one thing of a collection. */
export function put<Name extends Collection>(
  project: Project,
  name: Name,
  id: Id,
  thing: Project[Name][string],
): Project {
  return { ...project, [name]: { ...project[name], [id]: thing } };
}

function without<Value>(collection: Readonly<Record<Id, Value>>, id: Id): Record<Id, Value> {
  const { [id]: _gone, ...rest } = collection;
  return rest;
}

/** The lowest number from `from` on that nobody has. */
function freeNumber(taken: readonly string[], from: number): string {
  let number = from;
  while (taken.includes(String(number))) number++;
  return String(number);
}

/** Adds a number; until someone says otherwise its calls go to whoever can take them, else are ended. */
export function addNumber(project: Project): Project {
  const number: PhoneNumber = {
    number: freeNumber(
      Object.values(project.numbers).map((other) => other.number),
      100,
    ),
    name: '',
    defaultHandling: firstHandling(project),
    useVoiceMenu: false,
  };
  return put(project, 'numbers', newId('d'), number);
}

function firstHandling(project: Project): DefaultHandling {
  const queueId = Object.keys(project.queues)[0];
  if (queueId !== undefined) return { kind: 'queue', queueId };
  const personId = Object.keys(project.people)[0];
  return personId === undefined ? { kind: 'hang-up' } : { kind: 'person', personId };
}

export function removeNumber(project: Project, id: Id): Project {
  return { ...project, numbers: without(project.numbers, id) };
}

/** Adds a person with the next free extension. */
export function addPerson(project: Project, name: string): Project {
  const taken = Object.values(project.people).map((person) => person.extension);
  const person: Person = { name, extension: freeNumber(taken, 101) };
  return put(project, 'people', newId('p'), person);
}

/**
 * Takes a person out, also from queues and from nodes that ring several. Where a person was the only choice (a number's
 * default handling, a menu's direct dial) the reference stays and is reported: what to do instead is not ours to guess.
 */
export function removePerson(project: Project, id: PersonId): Project {
  const queues = Object.fromEntries(
    Object.entries(project.queues).map(([queueId, queue]) => [
      queueId,
      queue.members.some((member) => member.personId === id)
        ? { ...queue, members: queue.members.filter((member) => member.personId !== id) }
        : queue,
    ]),
  );
  const flows = Object.fromEntries(
    Object.entries(project.flows).map(([flowId, flow]) => [
      flowId,
      Object.values(flow.nodes).some((node) => rings(node, id))
        ? {
            ...flow,
            nodes: Object.fromEntries(Object.entries(flow.nodes).map(([key, node]) => [key, withoutPerson(node, id)])),
          }
        : flow,
    ]),
  );
  return { ...project, people: without(project.people, id), queues, flows };
}

function rings(node: FlowNode, id: PersonId): boolean {
  return node.type === 'employee' && node.data.people.includes(id);
}

function withoutPerson(node: FlowNode, id: PersonId): FlowNode {
  if (node.type !== 'employee' || !rings(node, id)) return node;
  return { ...node, data: { ...node.data, people: node.data.people.filter((other) => other !== id) } };
}

export function addQueue(project: Project, name: string): Project {
  return put(project, 'queues', newId('q'), QueueSchema.parse({ name, members: [] }));
}

/** Takes a queue out. What still names it is reported as a problem. */
export function removeQueue(project: Project, id: QueueId): Project {
  return { ...project, queues: without(project.queues, id) };
}

/** Puts a person before the member at `at` (behind the last one where there is none); who is a member already moves. */
export function withMemberAt(queue: Queue, personId: PersonId, at: number): Queue {
  const before = queue.members.findIndex((member) => member.personId === personId);
  const member = queue.members[before] ?? { personId, penalty: 0 };
  const members = queue.members.filter((one) => one !== member);
  members.splice(before !== -1 && before < at ? at - 1 : at, 0, member);
  return { ...queue, members };
}
