import type { Project } from '../../flow/project.ts';
import { DialtreeError } from '../../lib/errors.ts';
import { ImportDraft, type Imported } from '../draft.ts';
import type { ImportOptions } from '../options.ts';
import { nextOf, parseStudioFlow } from './definition.ts';
import { StudioTranslator } from './translator.ts';

/**
 * Takes a Twilio Studio flow into a project, as far as it concerns calls that come in.
 * @throws DialtreeError `import/not-studio`, `import/no-calls`
 */
export function importStudioFlow(project: Project, json: unknown, options: ImportOptions): Imported {
  const definition = parseStudioFlow(json);
  const trigger =
    definition.states.find(({ name }) => name === definition.initial_state) ??
    definition.states.find(({ type }) => type === 'trigger');
  const first =
    trigger && (trigger.type === 'trigger' ? nextOf(trigger, 'incomingCall', 'incomingParent') : trigger.name);
  if (first === undefined) {
    throw new DialtreeError({
      code: 'import/no-calls',
      message: 'This Studio flow has nothing for calls that come in: its trigger leads nowhere by "Incoming Call".',
      hint: 'Choose a flow for calls; flows for messages cannot be taken over.',
    });
  }
  const draft = new ImportDraft(project, options.newId);
  const studio = new StudioTranslator(
    draft.flow(definition.description || options.name, options.startName),
    definition,
  );
  studio.translate(first);
  const widgets = definition.states.filter(({ type }) => type !== 'trigger').length;
  if (widgets > studio.reached) draft.note('messages-left-out', { count: widgets - studio.reached });
  return draft.finish();
}
