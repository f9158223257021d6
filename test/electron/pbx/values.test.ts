import { afterEach, describe, expect, test } from 'vitest';
import { serialiseWav } from '../../../electron/media/wav.ts';
import { KeySchema } from '../../../shared/flow/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld, PROMPT_MS, type WorldSketch } from '../../support/pbx-world.ts';
import { sine, toneShare } from '../../support/sound.ts';
import { json, startWebService } from '../../support/web-service.ts';

let world: PbxWorld;
let service: Awaited<ReturnType<typeof startWebService>> | undefined;
afterEach(async () => {
  await world.stop();
  await service?.stop();
  service = undefined;
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

/** Asks for a customer number, looks it up, says the balance. */
const sketch = (origin: string): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'ask' } },
    ask: { type: 'digits', data: { prompt: 'Your number?', variable: 'customer', maxDigits: 3 }, to: { next: 'look' } },
    look: {
      type: 'request',
      data: {
        url: `${origin}/customers/{customer}`,
        headers: [{ name: 'Authorization', value: 'Bearer {secret.crm}' }],
        assignments: [{ variable: 'balance', expression: 'response.body.balance' }],
      },
      to: { success: 'tell', 'client-error': 'busy', 'network-error': 'rejected' },
    },
    tell: { type: 'say', data: { prompt: 'You have {balance} złoty.' }, to: { next: 'bye' } },
    bye: { type: 'hang-up' },
    busy: { type: 'hang-up', data: { cause: 'busy' } },
    rejected: { type: 'hang-up', data: { cause: 'rejected' } },
  },
  variables: { customer: {}, balance: { type: 'number' } },
  secrets: { crm: 'tops3cret' },
});

/** Answers the PBX's requests to speak with a tone, as the parent process would with speech. */
async function answerRender(tone: number): Promise<string> {
  const event = await eventually('a text to speak', () => world.events.find((one) => one.type === 'render'));
  if (event.type !== 'render') throw new Error('not a render');
  const wav = serialiseWav({ sampleRate: 16_000, samples: sine(tone, 600, 16_000) });
  world.pbx.handleRendered(event.requestId, { wav: wav.toString('base64') });
  return event.source.text;
}

async function callAndType(digits: string) {
  const call = await (await world.phone('tester')).call('flow.main');
  await call.media.connected;
  await call.media.listen(PROMPT_MS);
  for (const digit of digits) call.media.press(KeySchema.parse(digit));
  return call;
}

const ended = () => eventually('the end of the call', () => world.lastCall?.phase === 'ended' && world.lastCall);

describe('values in a call', () => {
  test('digits are typed, a web service is asked, and what it answers is heard', async () => {
    service = await startWebService((_request, response) => json(response, { balance: 12.5 }));
    world = await PbxWorld.start(sketch(service.origin));
    const call = await callAndType('123');
    expect(await answerRender(1000)).toBe('You have 12.5 złoty.');
    const heard = await call.media.listen(500);
    expect(toneShare(heard.subarray(800), 1000)).toBeGreaterThan(0.9);
    expect(await call.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
    expect((await ended()).endCause).toBe('normal');
    expect(service.asked).toMatchObject([{ url: '/customers/123', headers: { authorization: 'Bearer tops3cret' } }]);
    expect(JSON.stringify(world.events.filter(({ type }) => type !== 'render'))).not.toContain('tops3cret');
  });

  test('a text that cannot be spoken is an error, never silence', async () => {
    service = await startWebService((_request, response) => json(response, { balance: 1 }));
    world = await PbxWorld.start(sketch(service.origin));
    const call = await callAndType('123');
    const event = await eventually('a text to speak', () => world.events.find((one) => one.type === 'render'));
    if (event.type === 'render') world.pbx.handleRendered(event.requestId, { code: 'speech/no-voice' });
    await call.untilEnded();
    expect(world.trace('prompt-failed')).toMatchObject({ reason: 'speech/no-voice' });
    expect(world.trace('default-handling')).toBeDefined();
  });

  test('a service that fails leads on by its output', async () => {
    service = await startWebService((_request, response) => json(response, {}, 404));
    world = await PbxWorld.start(sketch(service.origin));
    const call = await callAndType('123');
    await call.untilEnded();
    expect((await ended()).endCause).toBe('busy');
  });

  test('who hangs up while a service is asked leaves nothing behind', async () => {
    service = await startWebService(() => {});
    world = await PbxWorld.start(sketch(service.origin));
    const call = await callAndType('123');
    await eventually('the request', () => service?.asked.length === 1);
    await call.hangUp();
    expect((await ended()).endCause).toBe('caller-hung-up');
  });
});

describe('looking at a queue', () => {
  const looking: WorldSketch = {
    nodes: {
      start: { type: 'start', to: { next: 'look' } },
      look: { type: 'queue-state', data: { queueId: 'help' }, to: { free: 'bye', busy: 'busy', nobody: 'rejected' } },
      bye: { type: 'hang-up' },
      busy: { type: 'hang-up', data: { cause: 'busy' } },
      rejected: { type: 'hang-up', data: { cause: 'rejected' } },
    },
    queues: { help: { members: [{ personId: 'ann' }] } },
  };

  test('nobody is here, someone is free, everyone is talking', async () => {
    world = await PbxWorld.start(looking);
    const tester = await world.phone('tester');
    const causeOf = async () => {
      const calls = world.calls().length;
      await tester.call('flow.main').then(
        (call) => call.untilEnded(),
        () => undefined,
      );
      return eventually(
        'the end',
        () => world.calls().length > calls && world.lastCall?.phase === 'ended' && world.lastCall.endCause,
      );
    };
    expect(await causeOf()).toBe('rejected');
    const ann = await world.phone('ann');
    expect(await causeOf()).toBe('normal');
    const eve = await world.phone('eve');
    const answering = ann.nextCall().then((incoming) => incoming.answer());
    const talking = await eve.call('101');
    await answering;
    expect(await causeOf()).toBe('busy');
    await talking.hangUp();
  });
});
