import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importStudioFlow } from '../../../../shared/import/twilio/index.ts';
import { only, runCall } from '../../../support/engine-driver.ts';
import { countingIds, emptyProject, importedFlow, nodeNamed, wires } from '../../../support/import-helpers.ts';

const SHOP = JSON.parse(
  readFileSync(new URL('../../../fixtures/import/studio-shop.json', import.meta.url), 'utf8'),
) as { states: { name: string }[] };
const options = () => ({ name: 'File', startName: 'Start', newId: countingIds() });
const imported = (json: unknown = SHOP) => importStudioFlow(emptyProject(), json, options());

/** A flow of one widget that calls come to; its `next` widgets are all missing. */
function flowOf(type: string, properties: object, transitions: object[] = []) {
  return {
    states: [
      { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall', next: 'it' }] },
      { name: 'it', type, transitions, properties },
    ],
  };
}
const dataOf = (type: string, properties: object, transitions?: object[]) => {
  const { type: made, data } = nodeNamed(importedFlow(imported(flowOf(type, properties, transitions))), 'it');
  return { type: made, ...data };
};

describe('a Twilio Studio flow', () => {
  it('is drawn as nodes of the same meaning; a gather and its split are one menu', () => {
    const flow = importedFlow(imported());
    expect(flow.name).toBe('Harbour Bikes');
    const drawn = wires(flow);
    expect(drawn.filter((wire) => !/voicemail message$|hang-up$/.test(wire))).toEqual([
      'start Start next → condition vip',
      'condition vip case:1 → external to_owner',
      'condition vip otherwise → menu main_menu',
      'menu main_menu key:3 → digits order_number',
      'menu main_menu key:2 → digits order_number',
      'menu main_menu key:1 → queue sales',
      'menu main_menu invalid → say wrong_key',
      'voicemail message too-short → say wrong_key',
      'voicemail message failed → say wrong_key',
      'digits order_number next → request look_up',
      'say wrong_key next → menu main_menu',
      'request look_up success → condition order_state',
      'condition order_state case:1 → imported courier',
      'condition order_state case:2 → set-variable flex',
      'condition order_state otherwise → say tell_amount',
      'set-variable flex next → queue sales',
      'set-variable flex error → queue sales',
    ]);
    expect(drawn).toContain('menu main_menu no-input → voicemail message');
    expect(drawn).toContain('external to_owner busy → voicemail message');
    expect(drawn).toContain('queue sales full → voicemail message');
    expect(drawn).toContain('queue sales timeout → hang-up');
  });

  it('keeps times, attempts, texts and numbers', () => {
    const flow = importedFlow(imported());
    expect(nodeNamed(flow, 'main_menu').data).toMatchObject({
      prompt: { text: 'Welcome to {shop}. For sales, press 1. For an order, press 2.' },
      keys: ['1', '2', '3'],
      firstDigitTimeoutMs: 6000,
      noInputAttempts: 2,
      invalidAttempts: 1,
    });
    expect(nodeNamed(flow, 'to_owner').data).toEqual({ number: '+48600100201', rings: 4, callerId: 'caller' });
    expect(nodeNamed(flow, 'order_number').data).toMatchObject({ variable: 'order_number', maxDigits: 6 });
    expect(nodeNamed(flow, 'message').data).toMatchObject({ maxMs: 600_000, silenceMs: 4000 });
    expect(nodeNamed(flow, 'look_up').data).toMatchObject({
      url: 'https://shop.example/orders?number={order_number}&via=phone%20line',
      assignments: [
        { variable: 'look_up_state', expression: 'response.body.state' },
        { variable: 'look_up_totals_0_amount', expression: 'response.body.totals[0].amount' },
      ],
    });
    expect(nodeNamed(flow, 'flex').data).toEqual({
      assignments: [{ variable: 'reason', expression: '"late " + order_number' }],
    });
  });

  it('keeps what has no translation whole, in a grey box that goes on where the widget does', () => {
    const { notes, ...rest } = imported();
    const box = nodeNamed(importedFlow({ notes, ...rest }), 'courier');
    expect(box.data).toMatchObject({ source: 'twilio-studio', kind: 'run-function', goOn: '2' });
    expect(JSON.parse((box.data as { original: string }).original)).toEqual(
      SHOP.states.find(({ name }) => name === 'courier'),
    );
    expect(Object.keys(box.connections)).toEqual(['way:2']);
  });

  it('reports what is otherwise, left out or made', () => {
    expect(
      imported()
        .notes.map(({ code, params }) => `${code} ${Object.values(params).join(' ')}`)
        .toSorted(),
    ).toEqual([
      "expression-kept You owe {{widgets.look_up.parsed.totals[0].amount}}. {{ 'now' | date: '%H' }}",
      'messages-left-out 1',
      'option-left-out transcribe',
      'queue-made Sales',
      'sound-wanted order-number.mp3',
      'speech-input order_number',
      'step-kept run-function courier',
      'variable-made look_up_state',
      'variable-made look_up_totals_0_amount',
      'variable-made order_number',
      'variable-made reason',
      'variable-made shop',
    ]);
  });

  it('takes calls as Studio did', () => {
    const { project, flowIds } = imported();
    const calls = (keys: string, from = '+48221002000') =>
      only(
        runCall(
          {
            ...project,
            numbers: {
              line: {
                number: '100',
                name: '',
                defaultHandling: { kind: 'hang-up' },
                useVoiceMenu: true,
                flowId: flowIds[0]!,
              },
            },
          },
          keys,
          { caller: { number: from, name: '' } } as object,
        ).lines,
        'node-entered',
      ).map((entered) => importedFlow({ project, flowIds, notes: [] }).nodes[entered.split(' ')[1]!]?.name);
    expect(calls('1@2000')).toEqual(['Start', 'vip', 'main_menu', 'sales']);
    expect(calls('9@2000 1@9000').slice(2, 6)).toEqual(['main_menu', 'wrong_key', 'main_menu', 'sales']);
    expect(calls('').slice(2, 4)).toEqual(['main_menu', 'message']);
    expect(calls('', '+48600100200').slice(1, 3)).toEqual(['vip', 'to_owner']);
  });

  it.each([
    ['a Flex task', 'send-to-flex', { workflow: 'WW1' }],
    ['a client', 'connect-call-to', { noun: 'client', to: 'anna' }],
    ['a number that is worked out', 'connect-call-to', { noun: 'number', to: '{{flow.variables.to}}' }],
    ['digits that are played', 'say-play', { digits: '1w2' }],
    [
      'a form that is sent',
      'make-http-request',
      { method: 'POST', url: 'https://a.example', parameters: [{ key: 'a', value: 'b' }] },
    ],
    ['an unknown value', 'set-variables', { variables: [{ key: 'a', value: '{{widgets.x.SpeechResult}}' }] }],
    ['a split by something unknown', 'split-based-on', { input: '{{trigger.message.Body}}' }],
  ])('keeps %s as a grey box', (_what, type, properties) => {
    expect(dataOf(type, properties)).toMatchObject({ type: 'imported', kind: type });
  });

  it.each([
    ['not_equal_to', 'a', { kind: 'variable', comparison: 'differs', value: 'a' }],
    ['is_blank', '', { expression: 'name == ""' }],
    ['is_not_blank', '', { expression: 'name != ""' }],
    ['contains', 'a"b', { expression: 'name.contains("a\\"b")' }],
    ['does_not_contain', 'a', { expression: '!name.contains("a")' }],
    ['does_not_start_with', 'a', { expression: '!name.startsWith("a")' }],
    ['matches_any_of', 'a, b', { expression: 'name in ["a", "b"]' }],
    ['does_not_match_any_of', 'a,b', { expression: '!(name in ["a", "b"])' }],
    ['less_than', '5', { expression: 'double(name) < 5.0' }],
    ['greater_than', '2.5', { expression: 'double(name) > 2.5' }],
    ['equal_to', '{{trigger.call.To}}', { expression: 'name == call.number' }],
  ])('asks %s %j', (type, value, expected) => {
    const way = { event: 'match', conditions: [{ type, value, arguments: [], friendly_name: '' }] };
    const found = dataOf('split-based-on', { input: '{{flow.variables.name}}' }, [way]);
    expect(found).toMatchObject({ type: 'condition', cases: [expected] });
  });

  it('keeps a comparison by pattern as a grey box', () => {
    const way = {
      event: 'match',
      conditions: [{ type: 'regex', value: '^a', arguments: [], friendly_name: 'like a' }],
    };
    const found = dataOf('split-based-on', { input: '{{flow.variables.name}}' }, [way]);
    expect(found).toMatchObject({ type: 'imported', ways: [{ name: 'like a' }] });
  });

  it('may be wrapped as the REST API gives it', () => {
    expect(importedFlow(imported({ sid: 'FW1', friendly_name: 'x', definition: SHOP })).name).toBe('Harbour Bikes');
  });

  it.each([
    [{ states: [] }, 'import/not-studio'],
    [{ states: [{ name: 'x' }] }, 'import/not-studio'],
    [42, 'import/not-studio'],
    [{ states: [{ name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall' }] }] }, 'import/no-calls'],
  ])('tells why %j cannot be taken', (json, code) => {
    expect(() => imported(json)).toThrow(expect.objectContaining({ code }));
  });
});
