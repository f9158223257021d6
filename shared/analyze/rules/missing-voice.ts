import type { FlowProgram } from '../../engine/program.ts';
import type { Project } from '../../flow/project.ts';
import { isMachineVoice } from '../../flow/speech.ts';
import { lookup } from '../../lib/record.ts';
import { promptKeysOf } from '../prompt-keys.ts';
import type { Rule } from './rule.ts';

/** CK18: a voice that is not on this machine, where it is known which are. */
export const missingVoice: Rule = ({ project, program, placed, voices, report }) => {
  if (voices === undefined) return;
  const isMissing = (voice: string | undefined) =>
    voice !== undefined && isMachineVoice(voice) && !voices.includes(voice);
  const found = (voice: string) => ({
    message: `The voice "${voice}" is not on this computer: the embedded voice of the language reads in its place.`,
    params: { voice },
  });
  const general = project.settings.speech.voice;
  if (general !== undefined && isMissing(general)) report('check/missing-voice', found(general));
  for (const { op, at } of placed) {
    const own = promptKeysOf(op).flatMap((key) => {
      const source = lookup(program.prompts, key);
      return source?.kind === 'text' && source.voice !== undefined ? [source.voice] : [];
    });
    for (const voice of new Set(own)) {
      // What comes from the project is told once, there.
      if (voice !== general && isMissing(voice)) report('check/missing-voice', { ...found(voice), at });
    }
  }
};

/** Whether anything is read by a voice that not every machine has: then it matters which this one has. */
export function namesMachineVoice(project: Project, program: FlowProgram): boolean {
  const voices = [
    project.settings.speech.voice,
    ...Object.values(program.prompts).map((source) => (source.kind === 'text' ? source.voice : undefined)),
  ];
  return voices.some((voice) => voice !== undefined && isMachineVoice(voice));
}
