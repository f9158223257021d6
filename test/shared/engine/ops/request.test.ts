import { describe, expect, test } from 'vitest';
import type { Effect, RequestResult } from '../../../../shared/engine/events.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { changesNothing, type NodeSketch, only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const WAYS = ['success', 'client-error', 'server-error', 'timeout', 'network-error', 'bad-response'] as const;

function asking(data: NodeSketch['data'] = {}, others: Record<string, NodeSketch> = {}) {
  return startingWith(
    {
      type: 'request',
      data: { url: 'https://crm.example/{customer}?from={caller.number}', ...data },
      to: Object.fromEntries(WAYS.map((way) => [way, way])),
    },
    { ...says(...WAYS), ...others },
    () => ({
      variables: {
        customer: { initial: 'a/b c' },
        pin: { initial: '7"7', secret: true },
        tier: {},
        balance: { type: 'number' },
      },
    }),
  );
}

const answering = (result: RequestResult, afterMs?: number) => ({
  world: { requests: { m: { result, ...(afterMs === undefined ? {} : { afterMs }) } } },
});
const response = (status: number, body: unknown = {}): RequestResult => ({ kind: 'response', status, body });

function effectOf(project: ReturnType<typeof asking>) {
  const call = {
    callId: 'c',
    caller: { number: '+48 6' },
    target: { kind: 'flow', flowId: 'main' },
    startedAtMs: 0,
  } as const;
  const { program } = lowerProject(project);
  const begun = start(program, call);
  const effect = begun.effects.find((one): one is Extract<Effect, { type: 'request' }> => one.type === 'request');
  return { program, effect, state: begun.state };
}

describe('asking a web service', () => {
  test('[HT1] values are made safe for where they go; secrets of the driver stay', () => {
    const headers = [
      { name: 'Authorization', value: 'Bearer {secret.crm}' },
      { name: 'X-Caller', value: '{caller.number}' },
    ];
    const { effect } = effectOf(asking({ method: 'POST', headers, body: '{"pin": "{pin}"}' }));
    expect(effect).toMatchObject({
      method: 'POST',
      url: 'https://crm.example/a%2Fb%20c?from=%2B48%206',
      headers: [headers[0], { name: 'X-Caller', value: '+48 6' }],
      body: '{"pin": "7\\"7"}',
      timeoutMs: 5000,
    });
    expect(effectOf(asking({ body: '{}' })).effect).not.toHaveProperty('body');
  });

  test('[HT1] [VA3] the trace shows the address without secrets', () => {
    const { lines } = runCall(asking({ url: 'https://crm.example/{pin}/{customer}' }));
    expect(only(lines, 'request-started', 'request-ended')).toEqual([
      'request-started m GET https://crm.example/%E2%80%A2/a%2Fb%20c',
      'request-ended m response 200',
    ]);
  });

  test.each([
    [response(200), 'success'],
    [response(299), 'success'],
    [response(302), 'client-error'],
    [response(404), 'client-error'],
    [response(500), 'server-error'],
    [{ kind: 'timeout' }, 'timeout'],
    [{ kind: 'network-error', reason: 'refused' }, 'network-error'],
  ] as const)('[HT2] %j leaves by %s', (result, way) => {
    expect(runCall(asking(), '', answering(result)).said).toEqual([way]);
  });

  test('[HT2] an answer that comes too late is a timeout', () => {
    const { lines } = runCall(asking({ timeoutMs: 1000 }), '', answering(response(200), 1500));
    expect(lines).toContain('1000 outcome m timeout');
  });

  test('[HT3] keeps what is wanted, as the variables are', () => {
    const assignments = [
      { variable: 'tier', expression: 'response.body.customer.tags[1]' },
      { variable: 'balance', expression: 'response.body.balance * 2 + response.status' },
    ];
    const body = { customer: { tags: ['x', 'gold'] }, balance: 1.5 };
    const { state, said } = runCall(asking({ assignments }), '', answering(response(201, body)));
    expect(said).toEqual(['success']);
    expect(state.variables).toMatchObject({ tier: 'gold', balance: 204 });
  });

  test('[HT3] keeps nothing when a part is not there or of another kind', () => {
    const assignments = [
      { variable: 'tier', expression: 'response.body.tier' },
      { variable: 'balance', expression: 'response.body.balance' },
    ];
    for (const body of [{ tier: 'x' }, { tier: 'x', balance: 'much' }, null, 'text', [1]]) {
      const { state, said } = runCall(asking({ assignments }), '', answering(response(200, body)));
      expect(said).toEqual(['bad-response']);
      expect(state.variables.tier).toBe('');
    }
  });

  test('[HT4] every way out can happen, and each value that is compared with', () => {
    const check: NodeSketch = {
      type: 'condition',
      data: { cases: [{ id: 'a', kind: 'expression', expression: 'tier == "gold"' }] },
    };
    const assignments = [{ variable: 'tier', expression: 'response.body.list[1].tier' }];
    const { program, state } = effectOf(asking({ assignments }, { check }));
    const possible = outcomes(program, state);
    expect(possible.map(({ id }) => id)).toEqual([
      'request:success',
      'request:success:tier="gold"',
      ...WAYS.slice(1).map((way) => `request:${way}`),
      'caller-hung-up',
    ]);
    const tiers = possible.slice(0, 2).map(({ event }) => step(program, state, event).state.variables.tier);
    expect(tiers).toEqual(['', 'gold']);
    expect(step(program, state, possible[6]!.event).effects).toContainEqual(
      expect.objectContaining({ entry: expect.objectContaining({ output: 'bad-response' }) }),
    );
  });

  test('[EN2] a result that is none changes nothing', () => {
    const { program, state } = effectOf(asking());
    for (const result of [undefined, null, {}, { kind: 'constructor' }, { kind: 'response', status: '200' }]) {
      const event = { type: 'request-ended', requestId: 'request-1', result, atMs: 1 } as never;
      expect(changesNothing(program, state, event)).toBe(true);
    }
  });

  test.each([
    [{ url: '' }, 'flow/no-address'],
    [{ url: 'crm.example' }, 'flow/bad-address'],
    [{ url: 'https://{customer}/x' }, 'flow/bad-address'],
    [{ url: 'https://a b/' }, 'flow/bad-address'],
    [{ url: 'https://crm.example/{gone}' }, 'flow/unknown-value'],
    [{ method: 'POST', body: '{customer' }, 'flow/body-not-json'],
    [{ assignments: [{ variable: 'gone', expression: '1' }] }, 'flow/unknown-variable'],
  ])('[HT2] %j is reported: %s', (data, code) => {
    expect(lowerProject(asking(data)).diagnostics.map((one) => one.code)).toContain(code);
  });

  test('[HT1] values outside of quotes are right in JSON too', () => {
    const { diagnostics } = lowerProject(asking({ method: 'POST', body: '{"n": {balance}, "t": "{tier}"}' }));
    expect(diagnostics.filter(({ nodeId }) => nodeId === 'm')).toEqual([]);
  });
});
