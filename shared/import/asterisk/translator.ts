import type { NodeId } from '../../flow/ids.ts';
import type { VariableType } from '../../flow/variables.ts';
import type { FlowDraft } from '../flow-draft.ts';
import type { TranslatedExpression } from './expression.ts';
import { jumpTarget } from './jumps.ts';
import { type Dialplan, findExtension, type Step } from './parse-dialplan.ts';
import { translateStep } from './steps.ts';
import { type Known, substitute } from './substitute.ts';

/** Where a call is in a dialplan, with what is known there of its variables. */
export interface Place {
  readonly context: string;
  /** As dialled, not the pattern. */
  readonly exten: string;
  readonly priority: number;
  readonly known: Known;
}

/** What a step is in a flow: nothing at all (`on`: where the call goes on), a node, or the end of the call. */
export type Translated =
  | { readonly kind: 'on'; readonly to: Place | undefined }
  | { readonly kind: 'node'; readonly nodeId: NodeId; readonly wire: () => void };

/** More steps than that without anything happening are a loop. */
const MOST_STEPS = 500;

/** Walks a dialplan from where calls come in, each place once, and draws what happens as a flow. */
export class DialplanTranslator {
  readonly flow: FlowDraft;
  readonly dialplan: Dialplan;
  readonly #types: ReadonlyMap<string, VariableType>;
  readonly #made = new Map<string, NodeId>();
  readonly #wires: (() => void)[] = [];
  #end: NodeId | undefined;

  constructor(flow: FlowDraft, dialplan: Dialplan) {
    this.flow = flow;
    this.dialplan = dialplan;
    this.#types = variableTypes(dialplan);
  }

  /** Draws what calls go through from that place on. */
  translate(first: Place): void {
    this.flow.connect('start', 'next', this.node(first));
    // A list that grows is walked to its new end; wires come after their nodes, so that loops close.
    for (const wire of this.#wires) wire();
  }

  /** The node that a call comes to at a place; where the dialplan has nothing more, the end of the call. */
  node(from: Place | undefined): NodeId {
    let place = from;
    for (let count = 0; place && count < MOST_STEPS; count++) {
      const key = keyOf(place);
      const known = this.#made.get(key);
      if (known !== undefined) return known;
      const step = this.step(place);
      if (!step) break;
      const translated = translateStep(step, place, this);
      if (translated.kind === 'on') {
        place = translated.to;
        continue;
      }
      this.#made.set(key, translated.nodeId);
      this.#wires.push(translated.wire);
      return translated.nodeId;
    }
    return this.end();
  }

  /** Where calls end. */
  end(): NodeId {
    this.#end ??= this.flow.add('hang-up', '');
    return this.#end;
  }

  step({ context, exten, priority }: Place): Step | undefined {
    const found = findExtension(this.dialplan, context, exten);
    return found?.extension.steps.find((step) => step.priority === priority);
  }

  /** The next priority. */
  after(place: Place, more: Readonly<Record<string, string>> = {}): Place {
    return { ...place, priority: place.priority + 1, known: new Map([...place.known, ...Object.entries(more)]) };
  }

  /** The extension of a context that a call is sent to; undefined where there is none. */
  at(place: Place, exten: string, context = place.context): Place | undefined {
    const found = findExtension(this.dialplan, context, exten);
    if (!found) return undefined;
    // An extension of an included context runs there (pbx.c, pbx_find_extension), but menus see the whole.
    return { context, exten, priority: 1, known: new Map([...place.known, ['EXTEN', exten], ['CONTEXT', context]]) };
  }

  /** Where a jump leads; undefined, and noted, where there is nothing. */
  jump(place: Place, written: string): Place | undefined {
    const target = jumpTarget(substitute(written, place.known));
    if (!target) return undefined;
    const context = target.context ?? place.context;
    const exten = target.exten ?? place.exten;
    const steps = findExtension(this.dialplan, context, exten)?.extension.steps;
    const labelled = steps?.find(
      ({ label, priority }) => label === target.priority || String(priority) === target.priority,
    );
    if (!labelled) {
      this.flow.draft.note('nowhere-to-go', { target: [context, exten, target.priority].join(',') });
      return undefined;
    }
    const known = new Map([...place.known, ['EXTEN', exten], ['CONTEXT', context]]);
    return { context, exten, priority: labelled.priority, known };
  }

  /** A variable of the dialplan as it is here; undefined for functions. */
  variable(name: string): TranslatedExpression | undefined {
    if (/^CALLERID\(num(ber)?\)$/i.test(name)) return { cel: 'caller.number', type: 'text' };
    if (/^CALLERID\(name\)$/i.test(name)) return { cel: 'caller.name', type: 'text' };
    if (!/^\w+$/.test(name)) return undefined;
    const type = this.#types.get(name) ?? 'text';
    return { cel: this.flow.draft.variableFor(name, type), type };
  }
}

function keyOf({ context, exten, priority, known }: Place): string {
  const values = [...known].filter(([name]) => name !== 'CONTEXT').map(([name, value]) => `${name}=${value}`);
  return [context, exten, priority, ...values].join('\n');
}

/** Variables that are only ever set to numbers are numbers here. */
function variableTypes({ contexts }: Dialplan): ReadonlyMap<string, VariableType> {
  const isNumber = new Map<string, boolean>();
  for (const { extensions } of contexts.values()) {
    for (const { app, args } of extensions.flatMap(({ steps }) => steps)) {
      const [, name, value = ''] = app.toLowerCase() === 'set' ? (/^\s*"?_*(\w+)=(.*)$/.exec(args) ?? []) : [];
      if (name === undefined) continue;
      const number = /^\s*-?\d+\s*$/.test(value) || /^\s*\$\[[^"]*[-+*/][^"]*\]\s*$/.test(value);
      isNumber.set(name, number && (isNumber.get(name) ?? true));
    }
  }
  return new Map([...isNumber].map(([name, number]) => [name, number ? 'number' : 'text']));
}
