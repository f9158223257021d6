import { sortedEntries } from '../../lib/record.ts';
import type { Rule, RuleContext } from './rule.ts';

/** CK7: a prompt of the library without a version in a language that the project speaks. */
export const missingLanguage: Rule = (context) => {
  const { project, report } = context;
  if (Object.keys(project.prompts).length === 0) return;
  const main = project.settings.speech.language ?? project.settings.language;
  const spoken = [...languagesOf(context)].filter((language) => language !== baseOf(main)).sort();
  for (const [promptId, { name, sources }] of sortedEntries(project.prompts)) {
    const has = new Set(Object.keys(sources).map(baseOf));
    for (const language of spoken) {
      if (has.has(language) || has.size === 0) continue;
      const message = `The prompt "${name}" has no version in "${language}", which this project speaks too.`;
      report('check/missing-language', { message, params: { prompt: name, language, promptId } });
    }
  }
};

/** Languages that nodes ask for, of whatever type they are. (The project's own one is told of by lowering.) */
function languagesOf({ placed }: RuleContext): ReadonlySet<string> {
  const languages = new Set<string>();
  for (const { node } of placed) collect(node.data, languages);
  return languages;
}

function collect(value: unknown, languages: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [member, inner] of Object.entries(value)) {
    if (member === 'language' && typeof inner === 'string') languages.add(baseOf(inner));
    else collect(inner, languages);
  }
}

function baseOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}
