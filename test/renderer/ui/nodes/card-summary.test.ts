import { describe, expect, it } from 'vitest';
import { startI18n } from '../../../../renderer/i18n/index.ts';
import { namesFor, summarise } from '../../../../renderer/ui/nodes/card-summary.ts';
import { outputLabel } from '../../../../renderer/ui/nodes/output-label.ts';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { node, sampleProject } from '../../../support/sample-project.ts';

const office = { name: 'Office', timeZone: 'UTC', weekly: [] };
const project = ProjectSchema.parse({
  ...sampleProject(),
  schedules: { office, fair: { ...office, name: 'Fair', override: 'closed' } },
});
const { t } = startI18n('en');
const say = (...of: Parameters<typeof node>) => {
  const one = node(...of);
  return summarise(one, namesFor(one, project, 'main', t), t);
};

describe('what a card says', () => {
  it.each([
    ['start', {}, 'The call is answered'],
    ['say', { prompt: { kind: 'text', text: '  Good\n\nmorning. ' } }, 'Good morning.'],
    ['say', { prompt: { kind: 'text', text: ' ' } }, 'Says nothing yet'],
    ['say', { prompt: { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'hi.mp3', durationMs: 1 } }, 'hi.mp3'],
    ['menu', { prompt: { kind: 'prompt', promptId: 'gone' } }, 'The prompt was removed'],
    ['employee', { people: [] }, 'Nobody chosen yet'],
    ['employee', { people: ['ann'] }, 'Rings Ann Smith'],
    ['employee', { people: ['ann', 'bob'] }, 'Rings Ann Smith, Bob Jones one after the other'],
    ['employee', { people: ['ann', 'ghost'], mode: 'all' }, 'Rings Ann Smith, Someone removed all at once'],
    ['extension', { prompt: { kind: 'text', text: 'Whom do you want?' } }, 'Whom do you want?'],
    ['queue', { queueId: 'sales' }, 'Waits in Sales'],
    ['queue', { queueId: 'gone' }, 'The queue was removed'],
    ['queue', { queueId: undefined }, 'No queue chosen yet'],
    ['schedule', {}, 'No schedule chosen yet'],
    ['schedule', { scheduleId: 'gone' }, 'The schedule was removed'],
    ['schedule', { scheduleId: 'office' }, 'By Office'],
    ['schedule', { scheduleId: 'fair' }, 'Fair: closed by hand'],
    ['language', {}, 'On in “pl”'],
    ['callback', {}, 'Sales calls back'],
    ['callback', { queueId: 'gone' }, 'The queue was removed'],
    ['callback', { queueId: undefined }, 'No queue chosen yet'],
    ['condition', {}, 'The first case that holds'],
    ['digits', {}, 'Please type your number.'],
    ['set-variable', {}, 'Sets nothing yet'],
    ['set-variable', { assignments: [{ variable: 'a', expression: '1' }] }, 'Sets a'],
    ['request', { url: '' }, 'No address yet'],
    ['request', {}, 'GET https://crm.example/customers'],
    ['queue-state', {}, 'Looks at Sales'],
    ['voicemail', {}, 'For General mailbox'],
    ['voicemail', { mailbox: { kind: 'person', personId: 'ann' } }, 'For Ann Smith'],
    ['voicemail', { mailbox: { kind: 'queue', queueId: 'gone' } }, 'For The queue was removed'],
    ['queue-state', { queueId: 'gone' }, 'The queue was removed'],
    ['random', {}, 'Shares the calls out by chance'],
    ['sub-flow', { flowId: 'main' }, 'Calls Main menu'],
    ['sub-flow', { flowId: 'gone' }, 'The flow was removed'],
    ['sub-flow', { flowId: undefined }, 'No flow chosen yet'],
    ['return', { result: 'paid' }, 'Comes back with “paid”'],
    ['go-to', {}, '→ Welcome'],
    ['go-to', { target: { kind: 'node' } }, 'Nowhere to go chosen yet'],
    ['go-to', { target: { kind: 'node', nodeId: 'gone' } }, 'The node was removed'],
    ['go-to', { target: { kind: 'back' } }, '↩ the previous menu'],
    ['external', {}, 'Calls +48221234567'],
    ['external', { number: '' }, 'No number set yet'],
    ['consent', {}, 'May we record? Yes: 1. No: 2.'],
    ['exit', {}, 'Goes on by the default handling of the number'],
    ['hang-up', { cause: 'busy' }, 'Ends with the busy tone'],
  ] as const)('%s %j: %s', (type, data, text) => {
    expect(say(type, { data })).toBe(text);
  });
});

describe('names of outputs', () => {
  it('are words, and keys by their cap', () => {
    expect(outputLabel({ id: 'key:#', kind: 'key' }, t)).toBe('Key #');
    expect(outputLabel({ id: 'no-answer', kind: 'outcome' }, t)).toBe('No answer');
    expect(outputLabel({ id: 'case:2', kind: 'outcome' }, t)).toBe('Case 2');
    expect(outputLabel({ id: 'branch:b', kind: 'outcome' }, t)).toBe('Branch b');
    expect(outputLabel({ id: 'result:paid', kind: 'outcome' }, t)).toBe('paid');
    expect(outputLabel({ id: 'case:2', kind: 'outcome', caption: '+48…' }, t)).toBe('+48…');
    expect(outputLabel({ id: 'something-new', kind: 'outcome' }, t)).toBe('something-new');
  });
});
