import i18next, { type TFunction } from 'i18next';
import { z } from 'zod';
import { en } from '../../renderer/i18n/en.ts';
import { pl } from '../../renderer/i18n/pl.ts';
import { outputLabel } from '../../renderer/ui/nodes/output-label.ts';
import { catalogue, createNode, NODE_TYPES, type NodeType, outputsOf } from '../../shared/flow/catalogue.ts';
import { type JsonSchema, valuesText } from './schema-text.ts';

/** Languages of the documentation, each with the words that are not in the window. */
const WORDS = {
  en: {
    title: 'Nodes',
    intro: 'Every node type with its settings and outputs. Made from the program by `npm run docs:nodes`.',
    type: 'Type',
    settings: ['Setting', 'Values', 'Without it'],
    noSettings: 'No settings.',
    outputs: ['Output', 'Name', 'Unconnected'],
    noOutputs: 'No outputs: the call goes on elsewhere or ends here.',
    outputsNote: 'Outputs of a fresh node; settings may add some.',
    need: { required: 'a problem', optional: 'default handling of the number' },
    needed: 'needed',
    none: 'none',
    or: 'or',
    listOf: 'list of',
    text: 'text',
    number: 'number',
    integer: 'whole number',
    upTo: 'at most',
    yesNo: 'yes or no',
  },
  pl: {
    title: 'Węzły',
    intro: 'Wszystkie rodzaje węzłów z ustawieniami i wyjściami. Utworzone z programu przez `npm run docs:nodes`.',
    type: 'Rodzaj',
    settings: ['Ustawienie', 'Wartości', 'Gdy go brak'],
    noSettings: 'Bez ustawień.',
    outputs: ['Wyjście', 'Nazwa', 'Niepołączone'],
    noOutputs: 'Bez wyjść: połączenie toczy się dalej gdzie indziej albo tu się kończy.',
    outputsNote: 'Wyjścia nowego węzła; ustawienia mogą dodać kolejne.',
    need: { required: 'to problem', optional: 'domyślna obsługa numeru' },
    needed: 'wymagane',
    none: 'nic',
    or: 'lub',
    listOf: 'lista:',
    text: 'tekst',
    number: 'liczba',
    integer: 'liczba całkowita',
    upTo: 'najwyżej',
    yesNo: 'tak lub nie',
  },
} as const;
export type DocsLanguage = keyof typeof WORDS;
export type DocsWords = (typeof WORDS)[DocsLanguage];
export const DOCS_LANGUAGES = Object.keys(WORDS) as readonly DocsLanguage[];

/** The file that documents the nodes in a language, from the project's folder. */
export function nodeDocsFile(language: DocsLanguage): string {
  return `docs/nodes.${language}.md`;
}

/** The documentation of every node type, from its schema and the window's texts. */
export function nodeDocs(language: DocsLanguage): string {
  const words = WORDS[language];
  const texts = i18next.createInstance({
    lng: language,
    resources: { en: { translation: en }, pl: { translation: pl } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void texts.init();
  const sections = NODE_TYPES.map((type) => section(type, words, texts.t));
  return `${[`# ${words.title}`, words.intro, ...sections].join('\n\n')}\n`;
}

function section(type: NodeType, words: DocsWords, t: TFunction): string {
  const schema = z.toJSONSchema(catalogue[type].schema, { io: 'input' }) as JsonSchema;
  const settings = Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const needed = schema.required?.includes(name) ? words.needed : words.none;
    const without = value.default === undefined ? needed : `\`${JSON.stringify(value.default)}\``;
    return [`\`${name}\``, valuesText(value, words) + (name.endsWith('Ms') ? ' (ms)' : ''), without];
  });
  const outputs = outputsOf(createNode(type, '', { x: 0, y: 0 })).map((output) => [
    `\`${output.id}\``,
    outputLabel(output, t),
    words.need[output.need],
  ]);
  return [
    `## ${t(`node.${type}.name`)}`,
    `${t(`node.${type}.hint`)}`,
    `${words.type}: \`${type}\``,
    settings.length === 0 ? words.noSettings : table(words.settings, settings),
    outputs.length === 0 ? words.noOutputs : `${words.outputsNote}\n\n${table(words.outputs, outputs)}`,
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
