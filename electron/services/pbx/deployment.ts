import type { PbxStatus } from '../../../shared/bridge/contract.ts';
import type { PbxConfig } from '../../../shared/bridge/pbx.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { speechOf } from '../../../shared/engine/lower/prompts.ts';
import { isSpokenLive } from '../../../shared/engine/program.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { recordingNotices } from '../../../shared/flow/recording.ts';
import type { SpeechSource } from '../../../shared/flow/speech.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { SpeechService } from '../speech/speech-service.ts';
import type { EmbeddedAccounts } from './accounts.ts';
import { webSecrets } from './web-secrets.ts';

export type PromptProblem = PbxStatus['promptProblems'][number];

/** A configuration for the PBX, and the prompts that could not be rendered for it. */
export interface Deployment {
  readonly config: PbxConfig;
  readonly promptProblems: readonly PromptProblem[];
}

/** Lowers a project and renders everything that callers will hear. A prompt that fails is reported, not fatal. */
export async function prepareDeployment(
  project: Project,
  accounts: EmbeddedAccounts,
  speech: SpeechService,
  folders: { readonly voicemail: string; readonly recordings: string },
): Promise<Deployment> {
  const { program } = lowerProject(project);
  const promptProblems: PromptProblem[] = [];
  const render = async (promptKey: string, source: SpeechSource, audio: Record<string, string>) => {
    try {
      audio[promptKey] = await speech.render(source);
    } catch (error) {
      const { code, message } = toErrorDetail(error);
      promptProblems.push({ promptKey, code, message });
    }
  };

  const audio: Record<string, string> = {};
  for (const [promptKey, source] of Object.entries(program.prompts)) {
    if (!isSpokenLive(source)) await render(promptKey, source, audio);
  }
  const music: Record<string, string> = {};
  for (const [queueId, { musicOnHold }] of Object.entries(project.queues)) {
    const source = musicOnHold && speechOf(project, musicOnHold);
    if (source && !(source.kind === 'text' && isSpokenLive(source))) await render(queueId, source, music);
  }
  const notices: Record<string, string | null> = {};
  if (Object.values(project.queues).some(({ recording = 'never' }) => recording !== 'never')) {
    for (const [language, text] of Object.entries(recordingNotices(project.settings.recording))) {
      const source = speechOf(project, { kind: 'text', text, language });
      const rendered: Record<string, string> = {};
      if (source) await render(noticeKey(language), source, rendered);
      notices[language] = rendered[noticeKey(language)] ?? null;
    }
  }
  const config: PbxConfig = {
    program,
    accounts: accounts.forPbx(project),
    queues: project.queues,
    ringMs: project.settings.ringMs,
    language: project.settings.language,
    dialPlan: Object.fromEntries(Object.entries(project.numbers).map(([id, number]) => [number.number, id])),
    audio,
    music,
    voicemailDir: folders.voicemail,
    recording: { directory: folders.recordings, projectId: project.id, notices },
    secrets: webSecrets(process.env),
    nodeNames: nodeNames(project),
  };
  return { config, promptProblems };
}

/** Under which problems with a notice are told. */
const noticeKey = (language: string) => `recording:${language}`;

/** Every node but the start, which says nothing about the way a caller took. */
function nodeNames(project: Project): PbxConfig['nodeNames'] {
  const flows = Object.entries(project.flows).map(([flowId, flow]) => {
    const nodes = Object.entries(flow.nodes).filter(([, node]) => node.type !== 'start');
    return [flowId, Object.fromEntries(nodes.map(([nodeId, node]) => [nodeId, node.name || nodeId]))];
  });
  return Object.fromEntries(flows);
}
