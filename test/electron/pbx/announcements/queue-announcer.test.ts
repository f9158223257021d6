import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EncodedAudio } from '../../../../electron/media/encoded-audio.ts';
import { QueueAnnouncer } from '../../../../electron/pbx/announcements/queue-announcer.ts';
import { QueueSchema } from '../../../../shared/flow/project.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import type { Standing } from '../../../../shared/queue/queue.ts';

const SOUND = new EncodedAudio(new Int16Array(160));
const PROMPT = new EncodedAudio(new Int16Array(320));

let clock: ManualClock;
let announcer: QueueAnnouncer;
/** What was said and when, in seconds: `0 #2 ~90000`, `30 prompt`. */
let said: string[];
let logged: string[];
let standing: Standing | undefined;
/** Ends what plays now. */
let finish: (() => void) | undefined;
let failing: boolean;

function make(settings: Record<string, unknown>, prompt = false): void {
  const text: string[] = [];
  announcer = new QueueAnnouncer({
    clock,
    logger: { log: (_level, event, fields) => logged.push(`${event} ${fields?.part} ${fields?.code}`) },
    settings: QueueSchema.parse({ name: 'Q', members: [], ...settings }),
    standing: () => standing,
    speak: ({ position, remainingMs }) => {
      if (position === undefined && remainingMs === undefined) return undefined;
      if (failing) return Promise.reject(new DialtreeError({ code: 'speech/no-voice', message: 'No voice.' }));
      text.push([position && `#${position}`, remainingMs && `~${remainingMs}`].filter(Boolean).join(' '));
      return Promise.resolve(SOUND);
    },
    prompt: prompt ? () => Promise.resolve(PROMPT) : undefined,
    player: {
      playOver: (sound, onFinished) => {
        expect(finish, 'one at a time').toBeUndefined();
        said.push(`${clock.nowMs() / 1000} ${sound === PROMPT ? 'prompt' : text.shift()}`);
        finish = () => {
          finish = undefined;
          onFinished();
        };
      },
    },
  });
}

/** Time goes by; what is said takes none. */
async function go(seconds: number): Promise<void> {
  await settle();
  for (let second = 0; second < seconds; second++) {
    clock.advance(1000);
    await settle();
  }
}

/** Lets what is being spoken be spoken, and heard to its end. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    finish?.();
  }
}

beforeEach(() => {
  clock = new ManualClock();
  said = [];
  logged = [];
  standing = { position: 2, remainingMs: 90_000 };
  finish = undefined;
  failing = false;
});

afterEach(() => {
  announcer.stop();
  expect(clock.pending).toBe(0);
});

describe('when', () => {
  test('[QA1] the place at once and after each pause; nothing of what is off', async () => {
    make({ announcePosition: 'always', announceEveryMs: 20_000 });
    announcer.start();
    await go(45);
    expect(said).toEqual(['0 #2', '20 #2', '40 #2']);
  });

  test('[QA1] the time without the place; each minute where the queue does not say how often', async () => {
    make({ announceHoldTime: true });
    announcer.start();
    await go(125);
    expect(said).toEqual(['0 ~90000', '60 ~90000', '120 ~90000']);
  });

  test('[QA1] the pause begins with the end of what was said', async () => {
    make({ announcePosition: 'always', announceEveryMs: 20_000 });
    announcer.start();
    for (let round = 0; round < 5; round++) await Promise.resolve();
    clock.advance(8000);
    await go(25);
    expect(said).toEqual(['0 #2', '28 #2']);
  });

  test('[QA1] the prompt is heard for the first time after its pause; both take turns', async () => {
    make({ announcePosition: 'always', announceEveryMs: 20_000, waitingPromptEveryMs: 30_000 }, true);
    announcer.start();
    await go(65);
    expect(said).toEqual(['0 #2', '20 #2', '30 prompt', '40 #2', '60 prompt', '60 #2']);
  });

  test('[QA2] what is due while something is said follows it', async () => {
    make({ announcePosition: 'always', announceEveryMs: 15_000, waitingPromptEveryMs: 15_000 }, true);
    announcer.start();
    for (let round = 0; round < 5; round++) await Promise.resolve();
    // The first one is a long one.
    clock.advance(16_000);
    expect(said).toEqual(['0 #2']);
    await settle();
    expect(said).toEqual(['0 #2', '16 prompt']);
  });

  test('a queue that tells nothing sets no timer', () => {
    make({});
    announcer.start();
    expect(clock.pending).toBe(0);
  });
});

describe('what', () => {
  test('[QA3] only when it changes; the time is told each time', async () => {
    make({ announcePosition: 'changes', announceHoldTime: true, announceEveryMs: 15_000 });
    announcer.start();
    await go(16);
    standing = { position: 1, remainingMs: undefined };
    await go(30);
    standing = { position: 1, remainingMs: 30_000 };
    await go(15);
    expect(said).toEqual(['0 #2 ~90000', '15 ~90000', '30 #1', '60 ~30000']);
  });

  test('[QA6] what cannot be spoken is logged, and said the next time', async () => {
    make({ announcePosition: 'changes', announceEveryMs: 15_000 });
    failing = true;
    announcer.start();
    await go(1);
    expect([said, logged]).toEqual([[], ['pbx.announcement-failed standing speech/no-voice']]);
    failing = false;
    await go(15);
    expect(said).toEqual(['15 #2']);
  });
});

describe('the end', () => {
  test('[QA5] nothing is said any more, though it is spoken already', async () => {
    make({ announcePosition: 'always' });
    announcer.start();
    announcer.stop();
    await go(70);
    expect(said).toEqual([]);
  });

  test('[QA5] what ends while it is said sets nothing off', async () => {
    make({ announcePosition: 'always' }, true);
    announcer.start();
    for (let round = 0; round < 5; round++) await Promise.resolve();
    announcer.stop();
    finish?.();
    await go(130);
    expect(said).toEqual(['0 #2']);
  });
});
