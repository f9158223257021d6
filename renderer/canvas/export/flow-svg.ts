import { type FlowNode, outputsOf } from '../../../shared/flow/catalogue.ts';
import { outputY } from '../card-geometry.ts';
import type { Colours } from '../far/colours.ts';
import { boundsOfAll, runOf, type Scene, type SceneCard, type SceneNote, type SceneWire } from '../far/scene.ts';
import { backPath, leadsBack } from '../wire-path.ts';

/** What a picture of a flow says on its cards. */
export interface CardTexts {
  readonly nameOf: (node: FlowNode) => string;
  readonly kindOf: (node: FlowNode) => string;
  readonly summaryOf: (node: FlowNode) => string;
  readonly outputOf: (output: ReturnType<typeof outputsOf>[number]) => string;
}

const MARGIN_PX = 40;
const NAME_CHARACTERS = 26;
const LINE_CHARACTERS = 36;

/** A flow as an SVG document of its own, in canvas pixels: notes, wires, cards with their texts. */
export function flowSvg(scene: Scene, title: string, colours: Colours, texts: CardTexts): string {
  const bounds = boundsOfAll(scene) ?? { x: 0, y: 0, width: 0, height: 0 };
  const width = Math.ceil(bounds.width + 2 * MARGIN_PX);
  const height = Math.ceil(bounds.height + 2 * MARGIN_PX);
  const viewBox = `${bounds.x - MARGIN_PX} ${bounds.y - MARGIN_PX} ${width} ${height}`;
  return [
    element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox, 'font-family': colours.font }, [
      element('title', {}, [escaped(title)]),
      element('defs', {}, [
        element(
          'marker',
          { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
          [element('path', { d: 'M 0 0 L 8 4 L 0 8 z', fill: colours.wire })],
        ),
      ]),
      element('rect', { ...boxAround(bounds, MARGIN_PX), fill: colours.canvas }),
      ...scene.notes.map((note) => noteSvg(note, colours)),
      ...scene.wires.map((wire) => wireSvg(wire, colours)),
      ...[...scene.cards.values()].map((card) => cardSvg(card, colours, texts)),
    ]),
    '',
  ].join('\n');
}

function boxAround({ x, y, width, height }: { x: number; y: number; width: number; height: number }, byPx: number) {
  return { x: x - byPx, y: y - byPx, width: width + 2 * byPx, height: height + 2 * byPx };
}

function noteSvg({ x, y, width, height, text, colour }: SceneNote, colours: Colours): string {
  const lines = wrapped(text, Math.max(4, Math.floor(width / 7)), Math.floor((height - 24) / 18));
  return element('g', {}, [
    element('rect', { x, y, width, height, rx: 4, fill: colours.note[colour] }),
    ...lines.map((line, index) => textSvg(line, x + 10, y + 30 + index * 18, 13, colours.text)),
  ]);
}

function wireSvg(wire: SceneWire, colours: Colours): string {
  const { fromX, fromY, toX, toY } = runOf(wire);
  const [from, to] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const middle = (fromX + toX) / 2;
  const d = leadsBack(from, to)
    ? backPath(from, to, [wire.from.y, wire.to.y])
    : `M ${fromX} ${fromY} C ${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
  return element('path', { d, fill: 'none', stroke: colours.wire, 'stroke-width': 1.75, 'marker-end': 'url(#arrow)' });
}

function cardSvg({ node, x, y, width, height }: SceneCard, colours: Colours, texts: CardTexts): string {
  const outputs = outputsOf(node);
  const name = texts.nameOf(node);
  const kind = texts.kindOf(node);
  const colour = colours.kind[node.type];
  return element('g', {}, [
    element('title', {}, [escaped(`${kind}: ${name}`)]),
    element('rect', { x, y, width, height, rx: 8, fill: colours.raised, stroke: colours.border }),
    element('rect', { x, y: y + 8, width: 4, height: 28, fill: colour }),
    textSvg(cut(name, NAME_CHARACTERS), x + 14, y + 21, 13, colours.text, { 'font-weight': 600 }),
    textSvg(kind, x + 14, y + 36, 11, colour),
    ...wrapped(texts.summaryOf(node), LINE_CHARACTERS, 2).map((line, index) =>
      textSvg(line, x + 14, y + 56 + index * 16, 12, colours.text),
    ),
    ...outputs.flatMap((output, row) => {
      const at = y + outputY(height, outputs.length, row);
      const isConnected = node.connections[output.id] !== undefined;
      return [
        textSvg(cut(texts.outputOf(output), LINE_CHARACTERS), x + width - 14, at + 4, 12, colours.text, {
          'text-anchor': 'end',
        }),
        element('circle', {
          cx: x + width,
          cy: at,
          r: 4.5,
          fill: isConnected ? colours.wire : colours.raised,
          stroke: output.need === 'required' && !isConnected ? colours.warning : colours.wire,
          'stroke-width': 2,
        }),
      ];
    }),
  ]);
}

type Attributes = Readonly<Record<string, string | number>>;

function textSvg(text: string, x: number, y: number, sizePx: number, fill: string, more: Attributes = {}): string {
  return element('text', { x, y, 'font-size': sizePx, fill, ...more }, [escaped(text)]);
}

function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${written.join('')}${children.length === 0 ? '/>' : `>${children.join('')}</${name}>`}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML: markup escaped, and without the characters that XML cannot hold. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very ones that XML refuses
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
  );
}

function cut(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters - 1)}…` : text;
}

/** A text in lines of at most so many characters, broken between words; what does not go into `lines` is cut. */
export function wrapped(text: string, characters: number, lines: number): string[] {
  const result: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length > characters && line !== '') {
        result.push(line);
        line = word;
      } else line = longer;
    }
    result.push(line);
  }
  if (result.length <= lines) return result.map((line) => cut(line, characters));
  return result.slice(0, lines).map((line, index) => cut(index === lines - 1 ? `${line} …` : line, characters + 2));
}
