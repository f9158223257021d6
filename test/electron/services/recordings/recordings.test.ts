import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { serialiseWav } from '../../../../electron/media/wav.ts';
import { recordingHandlers } from '../../../../electron/services/recordings/recording-handlers.ts';
import { LOOK_EVERY_MS, RecordingRetention } from '../../../../electron/services/recordings/recording-retention.ts';
import { RecordingStore } from '../../../../electron/services/recordings/recording-store.ts';
import type { CallSummary } from '../../../../shared/bridge/pbx.ts';
import { RECORDING_PIECE_BYTES, type Recording, type RecordingState } from '../../../../shared/bridge/recordings.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const [FIRST, SECOND] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const DAY_MS = 86_400_000;
const LOGGED: string[] = [];
const logger = { log: (_level: string, event: string) => void LOGGED.push(event) };

let directory: string;
let store: RecordingStore;
beforeEach(() => {
  LOGGED.length = 0;
  directory = join(tempDir(), 'recordings');
  store = new RecordingStore(directory, logger);
});

/** Writes a recording as the PBX does: two channels at 8 kHz. */
function keep(id: string, part: Partial<Recording> = {}, durationMs = 1000): void {
  mkdirSync(directory, { recursive: true });
  const recording: Recording = {
    id,
    callId: id.slice(0, 36),
    projectId: 'p',
    queueId: 'help',
    personId: 'ann',
    caller: { number: '600', name: '' },
    startedAtMs: 0,
    durationMs,
    sampleRate: 8000,
    pauses: [],
    endedBy: 'end',
    ...part,
  };
  writeFileSync(join(directory, `${id}.json`), JSON.stringify(recording));
  const samples = new Int16Array(durationMs * 16);
  writeFileSync(join(directory, `${id}.wav`), serialiseWav({ sampleRate: 8000, samples }));
}

describe('the store of recordings', () => {
  test('has those of a call in their order; a length that was never written is that of the sound', async () => {
    expect(await store.ofCall(FIRST)).toEqual([]);
    keep(`${FIRST}_10`, { startedAtMs: 30 });
    keep(`${FIRST}_2`, { startedAtMs: 20, durationMs: 0, endedBy: null }, 2500);
    keep(FIRST, { startedAtMs: 10 });
    keep(SECOND);
    const found = await store.ofCall(FIRST);
    expect(found.map(({ id, durationMs }) => [id, durationMs])).toEqual([
      [FIRST, 1000],
      [`${FIRST}_2`, 2500],
      [`${FIRST}_10`, 1000],
    ]);
    expect(Object.fromEntries(await store.fileNames())).toEqual({
      [FIRST]: [`${FIRST}.wav`, `${FIRST}_2.wav`, `${FIRST}_10.wav`],
      [SECOND]: [`${SECOND}.wav`],
    });
  });

  test('gives the sound in pieces, and deletes it', async () => {
    keep(FIRST, {}, 100_000);
    const pieces: Buffer[] = [];
    let from = 0;
    for (let total = 1; from < total; ) {
      const { bytes, totalBytes } = await store.piece(FIRST, from);
      pieces.push(bytes);
      from += bytes.length;
      total = totalBytes;
    }
    expect(pieces.map(({ length }) => length)).toEqual([RECORDING_PIECE_BYTES, 3_200_044 - RECORDING_PIECE_BYTES]);
    expect((await store.piece(FIRST, 99_999_999)).bytes).toHaveLength(0);
    expect(await store.remove(FIRST)).toBe(FIRST);
    expect(readdirSync(directory)).toEqual([]);
    await expect(store.piece(FIRST, 0)).rejects.toMatchObject({ code: 'recording/unknown' });
    await expect(store.remove('../../etc/passwd')).rejects.toMatchObject({ code: 'recording/unknown' });
  });

  test('leaves alone what it cannot read, and what is none of it', async () => {
    keep(FIRST);
    writeFileSync(join(directory, `${SECOND}.json`), '{"half');
    writeFileSync(join(directory, 'notes.json'), '{}');
    expect(await store.ofCall(SECOND)).toEqual([]);
    expect(LOGGED).toEqual(['recordings.unreadable']);
    expect([...(await store.fileNames()).keys()].sort()).toEqual([FIRST, SECOND]);
    await store.forget('p', Number.MAX_SAFE_INTEGER);
    expect(readdirSync(directory).sort()).toEqual([`${SECOND}.json`, 'notes.json'].sort());
  });
});

describe('retention', () => {
  const begin = (clock: ManualClock, settings: { projectId: string; keepDays: number }) => {
    const forgotten: string[] = [];
    const retention = new RecordingRetention({
      clock,
      logger,
      store,
      settings: async () => settings,
      onForgotten: (callIds) => forgotten.push(...callIds),
    });
    return { retention, forgotten };
  };
  const left = () => readdirSync(directory).filter((name) => name.endsWith('.wav'));

  test('deletes what is older than the project keeps, each hour, and nothing of other projects', async () => {
    const clock = new ManualClock();
    keep(FIRST, { startedAtMs: clock.wallMs() - 2 * DAY_MS - 1 });
    keep(SECOND, { startedAtMs: clock.wallMs() - 2 * DAY_MS + LOOK_EVERY_MS - 1 });
    keep(`${SECOND}_2`, { startedAtMs: 0, projectId: 'other' });
    const { retention, forgotten } = begin(clock, { projectId: 'p', keepDays: 2 });
    await retention.start();
    expect(left()).toEqual([`${SECOND}.wav`, `${SECOND}_2.wav`]);
    expect(forgotten).toEqual([FIRST]);
    expect(clock.nextDueMs).toBe(LOOK_EVERY_MS);
    clock.advance(LOOK_EVERY_MS);
    await expect.poll(left).toEqual([`${SECOND}_2.wav`]);
    expect(forgotten).toEqual([FIRST, SECOND]);
    await expect.poll(() => clock.pending).toBe(1);
    retention.stop();
    expect(clock.pending).toBe(0);
  });

  test('0 keeps everything; a project that cannot be read deletes nothing', async () => {
    const clock = new ManualClock();
    keep(FIRST);
    const kept = begin(clock, { projectId: 'p', keepDays: 0 });
    await kept.retention.start();
    kept.retention.stop();
    const unreadable = new RecordingRetention({
      clock,
      logger,
      store,
      settings: () => Promise.reject(new Error('no project')),
      onForgotten: () => {},
    });
    await unreadable.start();
    unreadable.stop();
    expect(left()).toEqual([`${FIRST}.wav`]);
    expect(LOGGED).toEqual(['recordings.not-forgotten']);
  });
});

describe('what an operator may do', () => {
  const recording: RecordingState = { mode: 'on-request', state: 'off', sinceMs: 0, recordedMs: 0, error: null };
  const call = (part: Partial<CallSummary>) => ({ callId: FIRST, recording, ...part }) as CallSummary;
  const ask = async (known: CallSummary | undefined, action: 'start' | 'stop' = 'start') => {
    const sent: string[] = [];
    const handlers = recordingHandlers(() => ({
      store,
      active: () => (known ? [known] : []),
      send: (callId, what) => sent.push(`${what} ${callId}`),
      onChanged: () => {},
    }));
    await handlers['calls.record']({ callId: FIRST, action }, 'w');
    return sent;
  };

  test('goes to the PBX', async () => {
    expect(await ask(call({}))).toEqual([`start ${FIRST}`]);
    expect(await ask(call({}), 'stop')).toEqual([`stop ${FIRST}`]);
  });

  test.each([
    ['recording/no-call', undefined, 'start'],
    ['recording/not-allowed', call({ recording: null }), 'start'],
    ['recording/refused', call({ recordingConsent: false }), 'start'],
    ['recording/always', call({ recording: { ...recording, mode: 'always' } }), 'stop'],
  ] as const)('is refused with %s', async (code, known, action) => {
    await expect(ask(known, action)).rejects.toMatchObject({ code });
  });
});
