import type { PbxStatus } from '../../../shared/bridge/contract.ts';
import type { PbxConfig } from '../../../shared/bridge/pbx.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { speechOf, speechVersionsOf } from '../../../shared/engine/lower/prompts.ts';
import { isSpokenLive } from '../../../shared/engine/program.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { recordingNotices } from '../../../shared/flow/recording.ts';
import type { SpeechSource } from '../../../shared/flow/speech.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { SpeechService } from '../speech/speech-service.ts';
import type { EmbeddedAccounts } from './accounts.ts';
import { webSecrets } from './web-secrets.ts';

export type PromptProblem = PbxStatus['promptProblems'][number];

type WaitingPrompt = NonNullable<PbxConfig['waitingPrompts']>[string];

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
  /** Undefined for what is spoken during a call, and for what fails. */
  const render = async (promptKey: string, source: SpeechSource | null): Promise<string | undefined> => {
    if (source === null || isSpokenLive(source)) return undefined;
    try {
      return await speech.render(source);
    } catch (error) {
      const { code, message } = toErrorDetail(error);
      promptProblems.push({ promptKey, code, message });
      return undefined;
    }
  };

  const audio: Record<string, string> = {};
  for (const [promptKey, source] of Object.entries(program.prompts)) {
    const path = await render(promptKey, source);
    if (path !== undefined) audio[promptKey] = path;
  }
  const music: Record<string, string> = {};
  const waitingPrompts: Record<string, WaitingPrompt> = {};
  for (const [queueId, { musicOnHold, waitingPrompt }] of Object.entries(project.queues)) {
    const path = musicOnHold && (await render(queueId, speechOf(project, musicOnHold)));
    if (path !== undefined) music[queueId] = path;
    if (waitingPrompt !== undefined) {
      const { source, versions } = speechVersionsOf(project, waitingPrompt);
      const files: WaitingPrompt = { path: await render(queueId, source), versions: {} };
      for (const [language, version] of Object.entries(versions)) {
        const file = await render(queueId, version);
        if (file !== undefined) files.versions[language] = file;
      }
      waitingPrompts[queueId] = files;
    }
  }
  const notices: Record<string, string | null> = {};
  if (Object.values(project.queues).some(({ recording = 'never' }) => recording !== 'never')) {
    for (const [language, text] of Object.entries(recordingNotices(project.settings.recording))) {
      const source = speechOf(project, { kind: 'text', text, language });
      notices[language] = (await render(noticeKey(language), source)) ?? null;
    }
  }
  const config: PbxConfig = {
    program,
    accounts: accounts.forPbx(project),
    queues: project.queues,
    ringMs: project.settings.ringMs,
    language: project.settings.language,
    speech: project.settings.speech,
    dialPlan: Object.fromEntries(Object.entries(project.numbers).map(([id, number]) => [number.number, id])),
    audio,
    music,
    waitingPrompts,
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
