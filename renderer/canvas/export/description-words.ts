import type { TFunction } from 'i18next';
import type { DescriptionWords } from '../../../shared/analyze/description-words.ts';
import { outputLabel } from '../../ui/nodes/output-label.ts';

/** Prompts that have words for when they are said. */
const MEMBERS = ['prompt', 'noInputPrompt', 'invalidPrompt', 'lastChancePrompt'] as const;

/** Descriptions in the language of the window. */
export function descriptionWords(t: TFunction): DescriptionWords {
  return {
    type: (node) => t(`node.${node.type}.name`),
    noNumber: t('describe.noNumber'),
    entry: (number, handling) => t('describe.entry', { number, handling }),
    hangUp: t('describe.hangUp'),
    nobody: t('describe.nobody'),
    queue: (name) => t('describe.queue', { name }),
    recording: (file) => t('describe.recording', { file }),
    nothing: t('describe.nothing'),
    says: (said, member) => {
      const known = MEMBERS.find((one) => one === member) ?? 'other';
      return t(`describe.says.${known}`, { said });
    },
    uses: (things) => t('describe.uses', { things }),
    thing: (to, name) => t(`describe.thing.${to}`, { name }),
    repeats: (keys) => t('describe.repeats', { keys }),
    extensions: (count) => t('describe.extensions', { count }),
    output: (output) => outputLabel(output, t),
    defaultHandling: t('describe.defaultHandling'),
  };
}
