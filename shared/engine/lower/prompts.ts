import type { PromptId } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import type { SpeechSource, SpeechUse, TextSource } from '../../flow/speech.ts';
import { contentHash } from '../../lib/content-hash.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import { stableJson } from '../../lib/stable-json.ts';
import type { PromptKey } from '../events.ts';

/** LW5: the key of what cannot be said; no program has a source for it. */
export const UNPLAYABLE: PromptKey = 'none';

/** Tells what is wrong with a prompt; the place is known to who asked. */
export type ReportPrompt = (
  code: 'flow/empty-prompt' | 'flow/unknown-prompt' | 'flow/prompt-without-source' | 'flow/prompt-language',
  message: string,
  params: Readonly<Record<string, string>>,
) => void;

/** The prompts of a program while it is made: one entry for each different thing that is said (LW4). */
export class PromptTable {
  readonly prompts: Record<PromptKey, SpeechSource> = {};
  /** What those say in other languages that calls can be in; by language. */
  readonly versions: Record<PromptKey, Readonly<Record<string, PromptKey>>> = {};
  readonly #project: Project;
  readonly #languages: readonly string[];

  constructor(project: Project) {
    this.#project = project;
    this.#languages = languagesSet(project);
  }

  /** Key of what a use of speech says in this project, `UNPLAYABLE` when it says nothing. */
  keyOf(use: SpeechUse, report: ReportPrompt): PromptKey {
    const source = this.#resolve(use, report);
    const key = source ? this.#add(source, report) : UNPLAYABLE;
    const versions = source && use.kind === 'prompt' ? this.#versionsOf(use.promptId, key, report) : {};
    if (!source || Object.keys(versions).length === 0) return key;
    // A prompt is not the same as another one that differs in its versions only.
    const whole = `p${contentHash(`${key} ${stableJson(versions)}`)}`;
    if (key !== UNPLAYABLE) this.prompts[whole] ??= source;
    this.versions[whole] ??= versions;
    return whole;
  }

  /** LA2: the keys of a library prompt in the languages that calls can be in, where they are others. */
  #versionsOf(promptId: PromptId, key: PromptKey, report: ReportPrompt): Record<string, PromptKey> {
    const sources = lookup(this.#project.prompts, promptId)?.sources ?? {};
    const versions: Record<string, PromptKey> = {};
    for (const wanted of this.#languages) {
      const found = inLanguage(sources, wanted);
      if (!found || baseOf(found[0]) !== baseOf(wanted)) continue;
      const [language, source] = found;
      const version = this.#add(source.kind === 'audio' ? source : this.#voiced(source, language), report);
      if (version !== key) versions[wanted] = version;
    }
    return versions;
  }

  #add(source: SpeechSource, report: ReportPrompt): PromptKey {
    if (source.kind === 'text' && source.text.trim() === '') {
      report('flow/empty-prompt', 'The prompt has no text: callers are passed on to the default handling.', {});
      return UNPLAYABLE;
    }
    // The same recording under another name is the same sound.
    const key = `p${contentHash(source.kind === 'text' ? stableJson(source) : source.sha256)}`;
    this.prompts[key] ??= source;
    return key;
  }

  #resolve(use: SpeechUse, report: ReportPrompt): SpeechSource | null {
    if (use.kind === 'audio') return use;
    if (use.kind === 'text') return this.#voiced(use, this.#language());
    const prompt = lookup(this.#project.prompts, use.promptId);
    if (!prompt) {
      const message = 'The prompt is not in the library any more: callers are passed on to the default handling.';
      report('flow/unknown-prompt', message, { promptId: use.promptId });
      return null;
    }
    const wanted = this.#language();
    const found = inLanguage(prompt.sources, wanted);
    if (!found) {
      const message = `The prompt "${prompt.name}" has no text and no recording: callers are passed on to the default handling.`;
      report('flow/prompt-without-source', message, { prompt: prompt.name });
      return null;
    }
    const [language, source] = found;
    if (baseOf(language) !== baseOf(wanted)) {
      const message = `The prompt "${prompt.name}" has no "${wanted}" version: callers hear the "${language}" one.`;
      report('flow/prompt-language', message, { prompt: prompt.name, wanted, language });
    }
    return source.kind === 'audio' ? source : this.#voiced(source, language);
  }

  #language(): string {
    return this.#project.settings.speech.language ?? this.#project.settings.language;
  }

  /** LW3: what the text leaves open comes from the project; its voice only where it speaks the same language. */
  #voiced(text: TextSource, defaultLanguage: string): TextSource {
    const { speech } = this.#project.settings;
    const language = text.language ?? defaultLanguage;
    const voice = text.voice ?? (language === this.#language() ? speech.voice : undefined);
    return {
      kind: 'text',
      text: text.text,
      language,
      ...(voice === undefined ? {} : { voice }),
      speed: text.speed ?? speech.speed ?? 1,
      volume: text.volume ?? speech.volume ?? 1,
    };
  }
}

/** What a use of speech outside of flows says in this project, in the project's language; null: nothing. */
export function speechOf(project: Project, use: SpeechUse): SpeechSource | null {
  return speechVersionsOf(project, use).source;
}

/** The same, with what it says in other languages that calls can be in (LA2), by language. */
export function speechVersionsOf(
  project: Project,
  use: SpeechUse,
): { readonly source: SpeechSource | null; readonly versions: Readonly<Record<string, SpeechSource>> } {
  const table = new PromptTable(project);
  const key = table.keyOf(use, () => {});
  const versions = Object.entries(lookup(table.versions, key) ?? {}).flatMap(([language, version]) => {
    const source = lookup(table.prompts, version);
    return source === undefined ? [] : [[language, source] as const];
  });
  return { source: lookup(table.prompts, key) ?? null, versions: Object.fromEntries(versions) };
}

/** The languages that nodes set, in the order of the alphabet. */
function languagesSet({ flows }: Project): readonly string[] {
  const nodes = Object.values(flows).flatMap((flow) => Object.values(flow.nodes));
  return [...new Set(nodes.flatMap((node) => (node.type === 'language' ? [node.data.language] : [])))].sort();
}

/** The source for a language: itself, else one of the same base language, else the first by tag. */
function inLanguage(sources: Readonly<Record<string, SpeechSource>>, wanted: string) {
  const all = sortedEntries(sources);
  const same = all.find(([tag]) => tag === wanted);
  return same ?? all.find(([tag]) => baseOf(tag) === baseOf(wanted)) ?? all[0];
}

function baseOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}
