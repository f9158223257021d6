import type { NodeType } from '../../../shared/flow/catalogue.ts';
import { NOTE_COLOURS, type NoteColour } from '../../../shared/flow/note.ts';
import { NODE_ICONS } from '../../ui/nodes/node-looks.tsx';

/** Tokens that the far layer paints with. */
const TOKENS = {
  canvas: '--dt-canvas',
  raised: '--dt-raised',
  border: '--dt-border-strong',
  text: '--dt-text',
  accent: '--dt-accent',
  danger: '--dt-danger',
  warning: '--dt-warning',
  ok: '--dt-ok',
  live: '--dt-live',
  wire: '--dt-wire',
  heat: '--dt-heat',
} as const;

/** Colours of one theme, as the canvas takes them. */
export interface Colours extends Readonly<Record<keyof typeof TOKENS, string>> {
  /** Accent of each node type. */
  readonly kind: Readonly<Record<NodeType, string>>;
  /** The accent, laid thinly over a card. */
  readonly soft: Readonly<Record<NodeType, string>>;
  /** The accent as the fill of a card that is but a dot. */
  readonly dot: Readonly<Record<NodeType, string>>;
  /** Paper of each colour of notes. */
  readonly note: Readonly<Record<NoteColour, string>>;
  readonly font: string;
}

/** The tokens as they hold for an element. Read again when the theme changes. */
export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const value = (token: string) => style.getPropertyValue(token).trim() || '#888888';
  const base = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, value(token)])) as Record<
    keyof typeof TOKENS,
    string
  >;
  const types = Object.keys(NODE_ICONS) as NodeType[];
  const each = (make: (kind: string) => string) =>
    Object.fromEntries(types.map((type) => [type, make(value(`--dt-kind-${type}`))])) as Record<NodeType, string>;
  return {
    ...base,
    kind: each((kind) => kind),
    soft: each((kind) => mix(kind, base.raised, 0.14)),
    dot: each((kind) => mix(kind, base.raised, 0.5)),
    note: Object.fromEntries(
      NOTE_COLOURS.map((colour) => [colour, mix(value(`--dt-note-${colour}`), base.raised, 0.3)]),
    ) as Record<NoteColour, string>,
    font: style.fontFamily || 'sans-serif',
  };
}

/** `share` of one colour in another; both as `#rrggbb` or `#rgb`. What is written otherwise stays itself. */
export function mix(one: string, other: string, share: number): string {
  const [first, second] = [channels(one), channels(other)];
  if (!first || !second) return one;
  const mixed = first.map((value, index) => Math.round(value * share + (second[index] ?? 0) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour: string): number[] | null {
  // Style sheets are minified: #ffffff comes as #fff.
  const full = /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
  if (!/^#[0-9a-f]{6}$/i.test(full)) return null;
  return [1, 3, 5].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
}
