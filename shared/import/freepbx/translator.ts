import { KEYS, type Key, type NodeId } from '../../flow/ids.ts';
import type { SpeechUse } from '../../flow/speech.ts';
import { type FlowDraft, spoken } from '../flow-draft.ts';
import { isKey, within } from '../text.ts';
import { destinationNode } from './destinations.ts';
import { type Row, rowWith, type Tables } from './tables.ts';

/** Draws IVRs of FreePBX, and what they lead to, each once. */
export class FreepbxTranslator {
  readonly flow: FlowDraft;
  readonly tables: Tables;
  readonly #made = new Map<string, NodeId>();
  readonly #wires: (() => void)[] = [];

  constructor(flow: FlowDraft, tables: Tables) {
    this.flow = flow;
    this.tables = tables;
  }

  /** Draws what calls go through from a destination on. */
  translate(destination: string): void {
    this.flow.connect('start', 'next', this.node(destination));
    // A list that grows is walked to its new end; wires come after their nodes, so that loops close.
    for (const wire of this.#wires) wire();
  }

  /** The node of a destination (`context,extension,priority`); undefined where none is set. */
  node(destination: string | undefined): NodeId | undefined {
    const written = destination?.trim() ?? '';
    if (written === '') return undefined;
    const known = this.#made.get(written);
    if (known !== undefined) return known;
    const nodeId = this.#ivrAt(written) ?? destinationNode(written, this);
    this.#made.set(written, nodeId);
    return nodeId;
  }

  /** Wires that node once all before it are. */
  later(wire: () => void): void {
    this.#wires.push(wire);
  }

  /** A recording of the library by its number; nothing where none is chosen, or the one that comes with FreePBX. */
  recording(id: string | undefined): SpeechUse | undefined {
    if (id === undefined || ['', '0', '-1', 'default', 'none'].includes(id)) return undefined;
    const name = rowWith(this.tables, 'recordings', 'id', id)?.displayname;
    return this.flow.draft.soundNamed(name || `Recording ${id}`);
  }

  #ivrAt(destination: string): NodeId | undefined {
    const [, id = ''] = /^ivr-(\d+),/.exec(destination) ?? [];
    const ivr = rowWith(this.tables, 'ivr_details', 'id', id);
    return ivr && this.#menu(ivr);
  }

  #menu(ivr: Row): NodeId {
    const { draft } = this.flow;
    const entries = (this.tables.get('ivr_entries') ?? []).filter(({ ivr_id }) => ivr_id === ivr.id);
    const keys: Key[] = KEYS.filter((key) => entries.some(({ selection }) => selection === key));
    const people = entries.flatMap(({ selection = '', dest = '' }) =>
      isPerson(selection, dest) ? [draft.personWith(selection)] : [],
    );
    const nodeId = this.flow.add('menu', ivr.name ?? '', {
      prompt: this.recording(ivr.announcement) ?? spoken(''),
      ...promptsAfterErrors(ivr, this),
      keys,
      firstDigitTimeoutMs: within((Number(ivr.timeout_time) || 10) * 1000, 500, 60_000),
      noInputAttempts: attempts(ivr.timeout_loops),
      invalidAttempts: attempts(ivr.invalid_loops),
      replayAfterError: ivr.invalid_append_announce !== '0',
      directDial: dialOf(ivr.directdial, people),
    });
    for (const { selection = '' } of entries) {
      if (!isKey(selection) && !people.some((id) => draft.project.people[id]?.extension === selection)) {
        this.flow.note('option-left-out', { option: `${ivr.name}: ${selection}` }, nodeId);
      }
    }
    this.later(() => {
      for (const { selection, dest } of entries)
        if (isKey(selection ?? '')) this.flow.connect(nodeId, `key:${selection}`, this.node(dest));
      this.flow.connect(nodeId, 'invalid', this.#said(ivr.invalid_recording, ivr.invalid_destination));
      this.flow.connect(nodeId, 'no-input', this.#said(ivr.timeout_recording, ivr.timeout_destination));
    });
    return nodeId;
  }

  /** A recording that is played before a destination. */
  #said(recording: string | undefined, destination: string | undefined): NodeId | undefined {
    const prompt = this.recording(recording);
    if (!prompt) return this.node(destination);
    const nodeId = this.flow.add('say', '', { prompt });
    this.flow.connect(nodeId, 'next', this.node(destination));
    return nodeId;
  }
}

/** A selection that is the extension of the person to whom it leads. */
function isPerson(selection: string, destination: string): boolean {
  const [, extension] = /^(?:from-did-direct|from-internal|ext-local),(\d{2,8}),/.exec(destination) ?? [];
  return extension === selection;
}

function promptsAfterErrors(ivr: Row, walk: FreepbxTranslator) {
  const invalidPrompt = walk.recording(ivr.invalid_retry_recording);
  const noInputPrompt = walk.recording(ivr.timeout_retry_recording);
  return { ...(invalidPrompt && { invalidPrompt }), ...(noInputPrompt && { noInputPrompt }) };
}

/** Retries are attempts less one; `disabled` has none. */
function attempts(loops: string | undefined): number {
  return within((Number(loops) || 0) + 1, 1, 10);
}

function dialOf(directDial: string | undefined, people: readonly string[]) {
  if (directDial !== undefined && !['', '0', 'disabled', 'off'].includes(directDial.toLowerCase())) {
    return { kind: 'everyone' as const };
  }
  return people.length === 0 ? { kind: 'off' as const } : { kind: 'people' as const, people: [...people] };
}
