import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseWav } from '../../../../electron/media/wav.ts';
import { VoicemailStore } from '../../../../electron/services/voicemail-store.ts';
import type { NodeSketch } from '../../../support/engine-driver.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import { canMount, smallDisk } from '../../../support/small-disk.ts';
import { sine, toneShare } from '../../../support/sound.ts';

const BEEP_MS = 300;
let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const sketch = (data: NodeSketch['data'] = {}): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'vm' } },
    vm: {
      type: 'voicemail',
      data: { mailbox: { kind: 'person', personId: 'ann' }, silenceMs: 1000, minMs: 300, ...data },
      to: { done: 'bye', 'too-short': 'busy', failed: 'rejected' },
    },
    bye: { type: 'hang-up' },
    busy: { type: 'hang-up', data: { cause: 'busy' } },
    rejected: { type: 'hang-up', data: { cause: 'rejected' } },
  },
});

const directory = () => join(world.directory, 'voicemail');
const store = () => new VoicemailStore(directory(), { log: () => {} });
const ended = () => eventually('the end of the call', () => world.lastCall?.phase === 'ended' && world.lastCall);

/** A caller who has heard the tone. */
async function callAfterTone(): Promise<TestCall> {
  const phone = await world.phone('tester', { displayName: '+48600' });
  const call = await phone.call('flow.main');
  await call.media.connected;
  const heard = await call.media.listen(BEEP_MS);
  expect(toneShare(heard, 1000)).toBeGreaterThan(0.8);
  await eventually('the recording', () => world.trace('recording-started'));
  return call;
}

describe('leaving a message', () => {
  test('until silence: what was said is in the file, the silence after it is not', async () => {
    world = await PbxWorld.start(sketch());
    const call = await callAfterTone();
    await call.media.say(sine(700, 1200));
    expect(await call.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
    const [message, ...others] = await store().list();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      mailbox: { kind: 'person', personId: 'ann' },
      caller: { number: '+48600' },
      dialled: 'flow.main',
      heard: false,
    });
    const { sampleRate, samples } = parseWav(await store().audio(message!.id));
    expect(sampleRate).toBe(8000);
    expect(samples.length / 8).toBeCloseTo(message!.durationMs, -1);
    expect(message!.durationMs).toBeGreaterThan(1300);
    expect(message!.durationMs).toBeLessThan(2300);
    const voice = samples.subarray(3200, 8000);
    expect(toneShare(voice, 700)).toBeGreaterThan(0.9);
    expect(world.events.filter(({ type }) => type === 'voicemail')).toEqual([{ type: 'voicemail', id: message!.id }]);
    expect((await ended()).endCause).toBe('normal');
  });

  test('who hangs up has left it too; # ends it at once', async () => {
    for (const end of ['hang-up', 'key'] as const) {
      world = await PbxWorld.start(sketch());
      const call = await callAfterTone();
      await call.media.say(sine(700, 800));
      if (end === 'key') {
        call.media.press('#');
        await call.untilEnded();
      } else {
        call.hangUp();
      }
      await eventually('the message', () => world.events.some(({ type }) => type === 'voicemail'));
      expect((await store().list())[0]?.durationMs).toBeGreaterThan(600);
      if (end === 'hang-up') await world.stop();
    }
  });

  test('who says nothing has left none', async () => {
    world = await PbxWorld.start(sketch());
    const call = await callAfterTone();
    await call.untilEnded();
    expect((await ended()).endCause).toBe('busy');
    expect(await readdir(directory())).toEqual([]);
    expect(world.events.filter(({ type }) => type === 'voicemail')).toEqual([]);
  });

  test('a folder that cannot be written leads on by its output, and is told', async () => {
    // A folder below a file cannot be made.
    world = await PbxWorld.start({ ...sketch(), voicemailDir: join(import.meta.filename, 'x') });
    const phone = await world.phone('tester');
    const call = await phone.call('flow.main');
    await call.untilEnded();
    expect((await ended()).endCause).toBe('rejected');
    expect(world.logs('pbx.voicemail-failed')).toHaveLength(1);
  });

  test.skipIf(!canMount)(
    'a disk that becomes full leads on by its output; what was said until then is kept',
    async () => {
      const disk = smallDisk(40);
      world = await PbxWorld.start({ ...sketch(), voicemailDir: disk });
      const call = await callAfterTone();
      call.media.speak(sine(700, 6000));
      expect(await call.untilEnded()).toMatchObject({ by: 'remote' });
      expect(world.trace('recording-ended')).toMatchObject({ reason: 'failed' });
      expect((await ended()).endCause).toBe('rejected');
      const left = new VoicemailStore(disk, { log: () => {} });
      const [message] = await left.list();
      expect(message).toMatchObject({ caller: { number: '+48600' }, heard: false });
      expect(message!.durationMs).toBeGreaterThan(1900);
      const { samples } = parseWav(await left.audio(message!.id));
      expect(toneShare(samples.subarray(3200), 700)).toBeGreaterThan(0.9);
      expect(world.events.filter(({ type }) => type === 'voicemail')).toEqual([{ type: 'voicemail', id: message!.id }]);
    },
  );

  test('the PBX does not stop before the message is on the disk', async () => {
    world = await PbxWorld.start(sketch());
    const call = await callAfterTone();
    await call.media.say(sine(700, 700));
    await world.pbx.stop();
    const names = await readdir(directory());
    expect(names.map((name) => name.split('.')[1]).sort()).toEqual(['json', 'wav']);
  });
});

describe('the store of messages', () => {
  test('tells the length of a message that was cut off, marks, and deletes', async () => {
    world = await PbxWorld.start(sketch());
    const call = await callAfterTone();
    await call.media.say(sine(700, 900));
    await call.untilEnded();
    const [message] = await store().list();
    const path = join(directory(), `${message!.id}.json`);
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), durationMs: 0 }));
    const [recovered] = await store().list();
    expect(recovered?.durationMs).toBeCloseTo(message!.durationMs, -1);
    await store().markHeard(message!.id, true);
    expect((await store().list())[0]?.heard).toBe(true);
    await store().remove(message!.id);
    expect(await store().list()).toEqual([]);
    await expect(store().audio(message!.id)).rejects.toMatchObject({ code: 'voicemail/unknown' });
    await expect(store().remove('../../etc/passwd')).rejects.toMatchObject({ code: 'voicemail/unknown' });
  });

  test('leaves alone what it cannot read', async () => {
    world = await PbxWorld.start(sketch());
    const call = await callAfterTone();
    await call.media.say(sine(700, 900));
    await call.untilEnded();
    const [message] = await store().list();
    const path = join(directory(), `${message!.id}.json`);
    await writeFile(path, '{"half');
    await chmod(path, 0o600);
    expect(await store().list()).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('{"half');
  });
});
