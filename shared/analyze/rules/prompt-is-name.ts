import { referencesOf } from '../../flow/catalogue.ts';
import { lookup } from '../../lib/record.ts';
import type { Rule } from './rule.ts';

/** CK17: a prompt of the library that says nothing but its own name, as one does that was imported without its sound. */
export const promptIsName: Rule = ({ project, placed, report }) => {
  const nameless = new Set(
    Object.entries(project.prompts).flatMap(([id, { name, sources }]) =>
      Object.values(sources).some((source) => source.kind === 'text' && source.text.trim() === name) ? [id] : [],
    ),
  );
  if (nameless.size === 0) return;
  for (const { node, at } of placed) {
    for (const { to, id } of referencesOf(node)) {
      if (to !== 'prompt' || !nameless.has(id)) continue;
      const name = lookup(project.prompts, id)?.name ?? id;
      const message = `The prompt "${name}" says only its own name: write what callers shall hear, or give it its sound.`;
      report('check/prompt-is-name', { message, params: { name }, at });
    }
  }
};
