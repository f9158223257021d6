import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type PbxEvent, PbxEventSchema } from '../../../../shared/bridge/pbx.ts';
import { RecordingSchema } from '../../../../shared/bridge/recordings.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, passwordOf, REALM, type WorldSketch } from '../../../support/pbx-world.ts';
import { TestPhone } from '../../../support/phone/test-phone.ts';
import { sine, toneShare } from '../../../support/sound.ts';
import { readStereo } from '../../../support/stereo.ts';

const ENTRY = fileURLToPath(new URL('../../../../electron/pbx/process.ts', import.meta.url));

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }], recording: 'always' } },
};

test('[RE10] a PBX that is killed leaves what was said until then, to be played', async () => {
  // Only for its configuration and its folder; the calls are in the other process.
  const world = await PbxWorld.start(sketch);
  onTestFinished(() => world.stop());
  const events: PbxEvent[] = [];
  const child = fork(ENTRY, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  child.on('message', (message) => events.push(PbxEventSchema.parse(message)));
  child.send({ type: 'start', host: '127.0.0.1', port: 0, realm: REALM });
  child.send({ type: 'configure', requestId: 'r', config: world.config(sketch) });
  await eventually('the configuration', () => events.some(({ type }) => type === 'configured'), 20_000);
  const started = events.find((event) => event.type === 'started');
  const phone = async (user: string) => {
    const made = new TestPhone({ wsUrl: started!.wsUrl, user, password: passwordOf(user), realm: REALM });
    onTestFinished(() => made.close());
    await made.connect();
    expect(await made.register()).toBe(200);
    return made;
  };
  const [ann, tester] = [await phone('101'), await phone('tester')];
  const caller = await tester.call('flow.main');
  const operator = await ann.nextCall();
  await operator.answer();
  await Promise.all([caller.media.connected, operator.media.connected]);
  caller.media.speak(sine(900, 1000));
  operator.media.speak(sine(600, 1000));
  const call = await eventually('the recording', () =>
    events
      .flatMap((event) => (event.type === 'call' ? [event.call] : []))
      .find((c) => c.recording?.state === 'recording'),
  );
  await caller.media.listen(2500);
  child.kill('SIGKILL');
  await exited;
  await Promise.all([caller.media.close(), operator.media.close()]);
  const path = join(world.directory, 'recordings', call.callId);
  const sound = await readStereo(`${path}.wav`);
  expect(sound.durationMs).toBeGreaterThan(1000);
  expect(toneShare(sound.left.subarray(4000), 900)).toBeGreaterThan(0.9);
  expect(toneShare(sound.right.subarray(4000), 600)).toBeGreaterThan(0.9);
  const entry = RecordingSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
  expect(entry).toMatchObject({ callId: call.callId, personId: 'ann', durationMs: 0, endedBy: null });
});
