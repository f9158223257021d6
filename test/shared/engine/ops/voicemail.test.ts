import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { type NodeSketch, only, runCall, says, sketchProject, startingWith } from '../../../support/engine-driver.ts';

const WAYS = ['done', 'too-short', 'failed'];
const leaving = (data: NodeSketch['data'] = {}) =>
  startingWith({ type: 'voicemail', data, to: Object.fromEntries(WAYS.map((way) => [way, way])) }, says(...WAYS));
const greeting = { kind: 'text', text: 'after the tone' };
const saying = (durationMs: number, reason?: 'silence' | 'failed') => ({
  world: { messages: { m: { durationMs, ...(reason ? { reason } : {}) } } },
});
const call = { callId: 'c', caller: { number: '' }, target: { kind: 'flow', flowId: 'main' }, startedAtMs: 0 } as const;

describe('leaving a message', () => {
  test('[VM1] [VM2] after the greeting, until silence', () => {
    const { lines, said } = runCall(leaving({ greeting }), '', saying(4000));
    expect(said).toEqual(['after the tone', 'done']);
    expect(lines.slice(4, 9)).toEqual([
      '0 prompt-started m after the tone',
      '1000 prompt-finished m',
      '1000 recording-started m {"kind":"general"}',
      '5000 recording-ended m silence 4000',
      '5000 outcome m done',
    ]);
  });

  test('[VM1] a key skips the greeting; without one it begins at once', () => {
    expect(runCall(leaving({ greeting }), '5@300').lines).toContain('300 recording-started m {"kind":"general"}');
    expect(runCall(leaving()).lines).toContain('0 recording-started m {"kind":"general"}');
  });

  test('[VM1] a greeting that fails is left out; one that there is no source for fails the node', () => {
    const { program } = lowerProject(leaving({ greeting }));
    const key = Object.entries(program.prompts).find(
      ([, source]) => 'text' in source && source.text === greeting.text,
    )![0];
    expect(runCall(program, '', { world: { prompts: { [key]: 'fails' } } }).said).toContain('done');
    expect(runCall(leaving({ greeting: { kind: 'text', text: ' ' } })).said).toEqual(['failed']);
  });

  test('[VM2] until the longest length', () => {
    const { lines } = runCall(leaving({ maxMs: 6000 }), '', saying(9000));
    expect(lines).toContain('6000 recording-ended m max-length 6000');
  });

  test('[VM3] # ends it, other keys do not', () => {
    const { lines, said } = runCall(leaving(), '5@1000 #@2500 #@2500', saying(9000));
    expect(only(lines, 'digit')).toEqual(['digit m #']);
    expect(lines).toContain('2500 recording-ended m key 2500');
    expect(said).toEqual(['done']);
  });

  test('[VM4] too short is no message; a recording that fails is told', () => {
    expect(runCall(leaving({ minMs: 2000 }), '#@1999').said).toEqual(['too-short']);
    expect(runCall(leaving({ minMs: 2000 }), '#@2000').said).toEqual(['done']);
    expect(runCall(leaving(), '', saying(9000, 'failed')).said).toEqual(['failed']);
  });

  test('[VM4] who hangs up has left a message too', () => {
    const { program } = lowerProject(leaving());
    const begun = start(program, call);
    const { effects } = step(program, begun.state, { type: 'caller-hung-up', atMs: 3000 });
    expect(effects[0]).toEqual({ type: 'stop-recording', recordingId: 'recording-1' });
    expect(effects[1]).toMatchObject({ entry: { type: 'recording-ended', reason: 'hang-up', durationMs: 3000 } });
  });

  test('[VM5] each end can happen, before the key and after it', () => {
    const { program } = lowerProject(leaving());
    const { state } = start(program, call);
    const ids = (at: typeof state) => outcomes(program, at).map(({ id }) => id);
    expect(ids(state)).toEqual([
      'digit:#',
      'recording:silence',
      'recording:max-length',
      'recording:too-short',
      'recording:failed',
      'caller-hung-up',
    ]);
    const stopping = step(program, state, { type: 'digit', digit: '#', atMs: 1 }).state;
    expect(ids(stopping)).toEqual(['recording:key', 'recording:too-short', 'recording:failed', 'caller-hung-up']);
  });

  test.each([
    [{ kind: 'person', personId: 'ann' }, true],
    [{ kind: 'person', personId: 'gone' }, false],
    [{ kind: 'queue', queueId: 'team' }, true],
    [{ kind: 'queue', queueId: 'constructor' }, false],
  ])('[VM6] the mailbox %j is there: %s', (mailbox, isThere) => {
    const { program, diagnostics } = lowerProject(leaving({ mailbox }));
    expect(program.ops['main/m']).toMatchObject({ mailbox: isThere ? mailbox : { kind: 'general' } });
    expect(diagnostics.filter(({ nodeId }) => nodeId === 'm')).toHaveLength(isThere ? 0 : 1);
  });

  test('[VM6] as a default handling: a tone, the message, the end', () => {
    const project = sketchProject({}, () => ({
      numbers: {
        line: {
          number: '100',
          defaultHandling: { kind: 'voicemail', mailbox: { kind: 'person', personId: 'ann' } },
          useVoiceMenu: false,
        },
      },
    }));
    const { lines, state } = runCall(project);
    expect(lines).toEqual([
      '0 call-started  {"kind":"number","numberId":"line"}',
      '0 default-handling line',
      '0 recording-started default:line {"kind":"person","personId":"ann"}',
      '5000 recording-ended default:line silence 5000',
      '5000 outcome default:line done',
      '5000 ended flow normal',
    ]);
    expect(state.wait).toMatchObject({ kind: 'ended', cause: 'normal' });
  });
});
