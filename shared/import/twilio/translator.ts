import type { NodeId } from '../../flow/ids.ts';
import type { FlowDraft } from '../flow-draft.ts';
import { nextOf, type StudioFlow, type StudioState } from './definition.ts';
import { StudioValues } from './values.ts';
import { widgetFor } from './widgets.ts';

/** A widget as drawn here: the node that calls enter, and how to lead on from it. */
export interface Widget {
  readonly nodeId: NodeId;
  readonly wire: () => void;
}

/** Walks a Studio flow from where calls come in, each widget once, and draws it here. */
export class StudioTranslator {
  readonly flow: FlowDraft;
  readonly values: StudioValues;
  /** Names of widgets that were taken into the node of another. */
  readonly folded = new Set<string>();
  readonly #source: string;
  readonly #states: ReadonlyMap<string, StudioState>;
  readonly #made = new Map<string, Widget>();
  #end: NodeId | undefined;

  constructor(flow: FlowDraft, definition: StudioFlow) {
    this.flow = flow;
    this.values = new StudioValues(flow.draft);
    this.#source = JSON.stringify(definition.states).replaceAll('\\"', '"');
    this.#states = new Map(definition.states.map((state) => [state.name, state]));
  }

  /** The whole definition as text, for finding what is used where. */
  get source(): string {
    return this.#source;
  }

  /** Draws what calls go through from that widget on. */
  translate(first: string): void {
    this.flow.connect('start', 'next', this.node(first));
    // A map that grows is walked to its new end; wires come after their widgets, so that loops close.
    for (const widget of this.#made.values()) widget.wire();
  }

  /** The node that a widget begins with; without a widget, the end of the call, as in Studio. */
  node(name: string | undefined): NodeId {
    const state = this.state(name);
    if (!state) {
      this.#end ??= this.flow.add('hang-up', '');
      return this.#end;
    }
    let widget = this.#made.get(state.name);
    if (!widget) {
      widget = widgetFor(state, this);
      this.#made.set(state.name, widget);
    }
    return widget.nodeId;
  }

  state(name: string | undefined): StudioState | undefined {
    return name === undefined ? undefined : this.#states.get(name);
  }

  /** Connects outputs to where the first of these events leads. */
  lead(nodeId: NodeId, outputs: readonly string[], state: StudioState, ...events: readonly string[]): void {
    for (const output of outputs) this.flow.connect(nodeId, output, this.node(nextOf(state, ...events)));
  }

  /** How many widgets calls came to. */
  get reached(): number {
    return new Set([...this.#made.keys(), ...this.folded]).size;
  }
}
