import type { NodeId } from '../../flow/ids.ts';
import { LanguageSchema, type SpeechUse } from '../../flow/speech.ts';
import { cut } from '../text.ts';
import { type StudioState, text } from './definition.ts';
import type { StudioTranslator } from './translator.ts';

/** What a widget says or plays. A file is named in the library; its sound stays with Twilio. */
export function speechOf(state: StudioState, { flow, values }: StudioTranslator): SpeechUse {
  const [said, file] = [text(state, 'say'), text(state, 'play')];
  if (said === '' && file !== '') return flow.draft.soundNamed(fileName(file));
  const words = cut(values.template(said) ?? said, 5000);
  return { kind: 'text', text: words, ...languageOf(text(state, 'language'), flow.draft.project.settings.language) };
}

/** A text's language where it is not the project's; regions are left to the voice. */
function languageOf(written: string, usual: string): { language?: string } {
  const [base = ''] = written.toLowerCase().split('-');
  if (base === '' || base === usual.split('-')[0] || !LanguageSchema.safeParse(base).success) return {};
  return { language: base };
}

/** Notes of what is said that a caller hears otherwise here. */
export function noteSpeech(state: StudioState, nodeId: NodeId, { flow, values }: StudioTranslator): void {
  const said = text(state, 'say');
  if (values.template(said) === undefined) flow.note('expression-kept', { text: cut(said, 100) }, nodeId);
}

function fileName(url: string): string {
  const [path = url] = url.split(/[?#]/);
  return path.split('/').findLast((part) => part !== '') ?? url;
}
