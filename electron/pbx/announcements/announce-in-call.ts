import type { PbxConfig } from '../../../shared/bridge/pbx.ts';
import type { QueueId } from '../../../shared/flow/ids.ts';
import type { TextSource } from '../../../shared/flow/speech.ts';
import { lookup } from '../../../shared/lib/record.ts';
import type { Placed, Queue } from '../../../shared/queue/queue.ts';
import type { EffectHost } from '../effects/effect-host.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import { announcementText } from './announcement-texts.ts';
import { QueueAnnouncer } from './queue-announcer.ts';

/** Who tells a caller of a flow, who waits by `placed`, how they stand. */
export function announcerFor(
  host: EffectHost,
  queueId: QueueId,
  queue: Queue<AnsweredPerson>,
  placed: Placed<AnsweredPerson>,
): QueueAnnouncer {
  const { config, context, language, player } = host;
  const { clock, logger, prompts, announcements } = context;
  const path = promptPath(config, queueId, language);
  return new QueueAnnouncer({
    clock,
    logger,
    player,
    settings: queue.settings,
    standing: () => queue.standingOf(placed),
    speak: (announcement) => {
      const { base, ...voice } = announcementVoice(config, language);
      const text = announcementText(announcement, base);
      return text === '' ? undefined : announcements.speak({ ...voice, text });
    },
    prompt: path === undefined ? undefined : () => prompts.load(path),
  });
}

/** LA2: the file of a queue's prompt in a call of the given language (null: the project's). */
function promptPath({ waitingPrompts = {} }: PbxConfig, queueId: QueueId, language: string | null): string | undefined {
  const files = lookup(waitingPrompts, queueId);
  return (language === null ? undefined : lookup(files?.versions ?? {}, language)) ?? files?.path;
}

/** QA4: how announcements are read in a call of the given language (null: the project's). */
export function announcementVoice(
  { speech = {}, language = 'en' }: Pick<PbxConfig, 'speech' | 'language'>,
  spoken: string | null,
): Omit<TextSource, 'text'> & { readonly base: 'en' | 'pl' } {
  const main = speech.language ?? language;
  const tag = [spoken, main].find((one) => one !== null && baseOf(one) !== undefined) ?? 'en';
  return {
    kind: 'text',
    base: baseOf(tag) ?? 'en',
    language: tag,
    // LW3: the project's voice is for its own language.
    ...(tag === main && speech.voice !== undefined ? { voice: speech.voice } : {}),
    speed: speech.speed ?? 1,
    volume: speech.volume ?? 1,
  };
}

/** The language of our texts that a tag is of; undefined when there are none in it. */
function baseOf(tag: string): 'en' | 'pl' | undefined {
  const base = tag.split('-', 1)[0];
  return base === 'en' || base === 'pl' ? base : undefined;
}
