import type { Key, NodeId } from '../../flow/ids.ts';
import { KEYS } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { ImportDraft, type Imported, type NewId } from '../draft.ts';
import { type FlowDraft, spoken } from '../flow-draft.ts';
import { extensionsIn, sameName } from '../text.ts';
import { type OutlineEntry, type OutlineMenu, type OutlineProblem, parseOutline } from './parse-outline.ts';
import { type OutlineTarget, outlineTarget } from './targets.ts';

/** What a flow from an outline needs of the window. */
export interface OutlineOptions {
  readonly name: string;
  readonly startName: string;
  readonly newId: NewId;
  /** Of the texts that are made up: "For sales, press 1." */
  readonly language: 'en' | 'pl';
}

/**
 * A flow from an indented plain text (`parseOutline`). A line without an arrow leads to the queue or person of its name;
 * what is not in the project is made. With a problem nothing is made.
 */
export function flowFromOutline(
  project: Project,
  text: string,
  options: OutlineOptions,
): { readonly problems: readonly OutlineProblem[]; readonly imported: Imported | null } {
  const { menu, problems } = parseOutline(text);
  const draft = new ImportDraft(project, options.newId, extensionsIn(text));
  const writer = new OutlineWriter(draft.flow(options.name, options.startName), options.language);
  writer.write(menu);
  const all = [...problems, ...writer.problems].sort((a, b) => a.line - b.line);
  return { problems: all, imported: all.length > 0 ? null : draft.finish() };
}

interface Place {
  readonly name: string;
  readonly menu: OutlineMenu;
  readonly nodeId: NodeId;
}

/** Draws an outline in a flow. */
export class OutlineWriter {
  readonly problems: OutlineProblem[] = [];
  readonly #flow: FlowDraft;
  readonly #language: 'en' | 'pl';
  readonly #menus: Place[] = [];

  constructor(flow: FlowDraft, language: 'en' | 'pl') {
    this.#flow = flow;
    this.#language = language;
  }

  /** @returns the node that calls come to first. */
  write(menu: OutlineMenu): NodeId {
    if (menu.entries.length === 0) {
      const words = this.#flow.add('say', '', { prompt: spoken(menu.text) });
      this.#flow.connect('start', 'next', words);
      this.#flow.connect(words, 'next', this.#flow.add('hang-up', ''));
      return words;
    }
    const first = this.#addMenus(menu, this.#flow.name);
    this.#flow.connect('start', 'next', first);
    for (const place of this.#menus) for (const entry of place.menu.entries) this.#wire(place, entry);
    return first;
  }

  /** All menus first, so that lines may lead to one that is written further down. */
  #addMenus(menu: OutlineMenu, name: string): NodeId {
    const keys = menu.entries.flatMap(({ on }) => KEYS.find((key) => key === on) ?? []);
    const repeatKeys = menu.entries.flatMap((entry) => (isRepeat(entry) ? [entry.on as Key] : []));
    const nodeId = this.#flow.add('menu', name, {
      prompt: spoken(menu.text || this.#madeUp(menu)),
      keys: [...new Set(keys.filter((key) => !repeatKeys.includes(key)))],
      repeatKeys,
    });
    this.#menus.push({ name, menu, nodeId });
    for (const { menu: below, label } of menu.entries) if (below) this.#addMenus(below, label);
    return nodeId;
  }

  #madeUp(menu: OutlineMenu): string {
    const choices = menu.entries.filter(({ on, label }) => on !== 'no-input' && on !== 'invalid' && label !== '');
    const say = {
      en: (label: string, key: string) => `For ${label}, press ${key}.`,
      pl: (label: string, key: string) => `${label}: naciśnij ${key}.`,
    };
    const names: Readonly<Record<string, string>> =
      this.#language === 'en' ? { '*': 'star', '#': 'hash' } : { '*': 'gwiazdkę', '#': 'krzyżyk' };
    return choices.map(({ on, label }) => say[this.#language](label, names[on] ?? on)).join(' ');
  }

  #wire(place: Place, entry: OutlineEntry): void {
    if (isRepeat(entry)) return;
    const output = entry.on === 'no-input' || entry.on === 'invalid' ? entry.on : `key:${entry.on}`;
    this.#flow.connect(place.nodeId, output, this.#nodeFor(place, entry));
  }

  #nodeFor(place: Place, entry: OutlineEntry): NodeId | undefined {
    const { label, target, text, menu, line } = entry;
    if (menu) return this.#menus.find((other) => other.menu === menu)?.nodeId;
    const leadsTo = target === null && text !== '' ? null : outlineTarget(target ?? label);
    const goesOn = leadsTo === null ? place.nodeId : this.#targetNode(place, leadsTo, label, line);
    if (text === '') return goesOn;
    const words = this.#flow.add('say', label, { prompt: spoken(text), skippable: true });
    this.#flow.connect(words, 'next', goesOn);
    return words;
  }

  #targetNode(place: Place, target: OutlineTarget, label: string, line: number): NodeId | undefined {
    const flow = this.#flow;
    switch (target.kind) {
      case 'hang-up':
        return flow.add('hang-up', label);
      case 'top':
        return this.#menus[0]?.nodeId;
      case 'repeat':
        return place.nodeId;
      case 'back': {
        const above = this.#menus.find(({ menu }) => menu.entries.some((entry) => entry.menu === place.menu));
        if (!above) this.problems.push({ line, code: 'back-at-top', params: {} });
        return above?.nodeId;
      }
      case 'menu': {
        const found = this.#menus.find(({ name }) => sameName(name, target.name));
        if (!found) this.problems.push({ line, code: 'menu-unknown', params: { name: target.name } });
        return found?.nodeId;
      }
      case 'external':
        return flow.add('external', label, { number: target.number });
      case 'extension':
        return flow.add('employee', label, { people: [flow.draft.personWith(target.number, label)] });
      case 'person':
        return flow.add('employee', label || target.name, { people: [flow.draft.personNamed(target.name)] });
      case 'queue':
        return flow.add('queue', label || target.name, { queueId: flow.draft.queueNamed(target.name) });
      case 'voicemail':
        return this.#voicemail(target.name, label);
      case 'name':
        return this.#named(target.name, label);
    }
  }

  #voicemail(name: string, label: string): NodeId {
    const { people, queues } = this.#flow.draft.project;
    const person = Object.entries(people).find(([, it]) => sameName(it.name, name) || it.extension === name);
    const queue = Object.entries(queues).find(([, it]) => sameName(it.name, name));
    const mailbox = person
      ? ({ kind: 'person', personId: person[0] } as const)
      : queue
        ? ({ kind: 'queue', queueId: queue[0] } as const)
        : ({ kind: 'general' } as const);
    return this.#flow.add('voicemail', label || name, { mailbox });
  }

  #named(name: string, label: string): NodeId | undefined {
    const menu = this.#menus.find((place) => sameName(place.name, name));
    if (menu) return menu.nodeId;
    const { people } = this.#flow.draft.project;
    const isPerson = Object.values(people).some((person) => sameName(person.name, name));
    if (isPerson) return this.#flow.add('employee', label || name, { people: [this.#flow.draft.personNamed(name)] });
    return this.#flow.add('queue', label || name, { queueId: this.#flow.draft.queueNamed(name || label || '?') });
  }
}

/** A key that plays its menu again has no node of its own. */
function isRepeat({ on, label, target, menu, text }: OutlineEntry): boolean {
  if (menu || text !== '' || on === 'no-input' || on === 'invalid') return false;
  return outlineTarget(target ?? label).kind === 'repeat';
}
