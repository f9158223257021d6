import { lookup } from '../../../shared/lib/record.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** Plays prompts one after the other: files that were rendered before, and texts with values, which are spoken now. */
export function playPrompts(host: EffectHost, { playId, prompts, texts = {} }: EffectOf<'play'>): void {
  const { config, context, record, player } = host;
  record.update({ phase: 'flow', queueId: null, personId: null });
  const sounds = prompts.map((key) => {
    const text = lookup(texts, key);
    const source = text === undefined ? undefined : lookup(config.program.prompts, key);
    if (text === undefined || source?.kind !== 'text') return lookup(config.audio, key);
    return context.speaker.speak({ ...source, text });
  });
  void player.play(sounds, {
    onFinished: () => host.tell({ type: 'prompt-finished', playId }),
    onFailed: (reason) => host.tell({ type: 'prompt-failed', playId, reason }),
  });
}
