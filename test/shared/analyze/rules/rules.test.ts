import { describe, expect, test } from 'vitest';
import { checkProject } from '../../../../shared/analyze/check.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { menu, type NodeSketch, says, sketchProject, startingWith } from '../../../support/engine-driver.ts';

/** Findings of one rule: where, and what their sentence needs. */
function found(code: string, project: Project) {
  return checkProject(project)
    .filter((finding) => finding.code === `check/${code}`)
    .map(({ nodeId, output, params, fix }) => ({ nodeId, output, params, fix }));
}

const places = (code: string, project: Project) =>
  found(code, project).map(({ nodeId, output }) => [nodeId, output].filter((part) => part !== null).join(' '));

/** A project with other things than its flow. */
const withThings = (things: object, nodes: Record<string, NodeSketch> = {}) =>
  sketchProject({ start: { type: 'start' }, ...nodes }, () => things);

describe('queues', () => {
  test('[CK1] a member twice; the fix keeps the first place', () => {
    const members = ['ann', 'bob', 'ann'].map((personId, penalty) => ({ personId, penalty }));
    const project = withThings({ queues: { team: { name: 'Team', members } } });
    const [finding, ...others] = found('duplicate-member', project);
    expect(others).toEqual([]);
    expect(finding?.params).toMatchObject({ person: 'Ann', queue: 'Team' });
    const fixed = finding?.fix?.(project);
    expect(fixed?.queues.team?.members).toEqual(members.slice(0, 2));
    expect(project.queues.team?.members).toHaveLength(3);
  });
});

describe('keys', () => {
  const everyone = { directDial: { kind: 'everyone' } };

  test('[CK2] a key that waits for extensions', () => {
    const project = startingWith(menu({ keys: ['1', '3'], repeatKeys: ['2'], ...everyone }));
    expect(found('key-waits', project)).toMatchObject([
      { nodeId: 'm', output: null, params: { key: '2', seconds: 3, entries: '2xx' } },
      { nodeId: 'm', output: 'key:1', params: { key: '1', seconds: 3, entries: '1xx' } },
    ]);
  });

  test('[CK2] where all wait by choice, nothing is told', () => {
    expect(found('key-waits', startingWith(menu({ keys: ['1'], matchMode: 'wait-full' })))).toEqual([]);
  });

  test('[CK2] extensions that can never be entered', () => {
    const project = startingWith(menu({ keys: ['1'], matchMode: 'first-match', ...everyone }));
    expect(found('shadowed-extension', project).map(({ params }) => params)).toEqual([
      { digits: '101', by: '1' },
      { digits: '102', by: '1' },
    ]);
  });

  test('[CK3] a key that is asked for and does nothing, in any of the prompts', () => {
    const prompts = { prompt: 'Press 1, or press 3.', invalidPrompt: 'Wrong, press 4.', noInputPrompt: 'Press star.' };
    const project = startingWith(menu({ keys: ['1'], repeatKeys: ['*'], ...prompts }));
    expect(found('spoken-key', project).map(({ params }) => params.key)).toEqual(['3', '4']);
  });

  test('[CK3] hash may end the entry', () => {
    const prompt = 'Press 1, then press hash.';
    expect(places('spoken-key', startingWith(menu({ keys: ['1'], prompt })))).toEqual(['m']);
    expect(places('spoken-key', startingWith(menu({ keys: ['1'], prompt, hash: 'terminator' })))).toEqual([]);
  });

  test('[CK3] a key that nothing mentions, unless a message before does or a recording may', () => {
    const silent = menu({ keys: ['1', '2'], repeatKeys: ['9'], prompt: 'Press 1.' });
    expect(places('key-not-spoken', startingWith(silent))).toEqual(['m', 'm key:2']);
    const before = startingWith(
      { type: 'say', data: { prompt: 'Two is sales, nine repeats.' }, to: { next: 'n' } },
      { n: silent },
    );
    expect(places('key-not-spoken', before)).toEqual([]);
    const audio = { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'a.mp3', durationMs: 1 };
    const recorded = startingWith({ ...silent, data: { ...silent.data, invalidPrompt: audio } });
    expect(places('key-not-spoken', recorded)).toEqual([]);
  });

  test('[CK3] where extensions are typed there are no keys to speak of', () => {
    const project = startingWith({ type: 'extension', data: { prompt: 'Press the three digits.' } });
    expect([...places('spoken-key', project), ...places('key-not-spoken', project)]).toEqual([]);
  });
});

describe('prompts', () => {
  test('[CK4] the first key comes after half a minute', () => {
    const talk = 'We care. '.repeat(60);
    expect(found('long-before-choice', startingWith(menu({ keys: ['1'], prompt: `${talk}Press 1.` })))).toMatchObject([
      { nodeId: 'm', params: { seconds: 38 } },
    ]);
    expect(places('long-before-choice', startingWith(menu({ keys: ['1'], prompt: `Press 1. ${talk}` })))).toEqual([]);
  });

  test('[CK7] a language that some node asks for is missing in a prompt of the library', () => {
    const text = (words: string) => ({ kind: 'text', text: words });
    const prompts = {
      both: { name: 'Both', sources: { en: text('Hi'), 'pl-PL': text('Cześć') } },
      one: { name: 'One', sources: { en: text('Hi') } },
      none: { name: 'None', sources: {} },
    };
    const polish = { type: 'say', data: { prompt: { ...text('Cześć'), language: 'pl' } } } as const;
    expect(found('missing-language', withThings({ prompts }, { polish }))).toMatchObject([
      { nodeId: null, params: { prompt: 'One', language: 'pl' } },
    ]);
    expect(found('missing-language', withThings({ prompts }))).toEqual([]);
  });

  test('[CK18] a voice that this machine has not: the project’s own once, others at their nodes', () => {
    const say = (voice: string) =>
      ({ type: 'say', data: { prompt: { kind: 'text', text: 'Hello.', voice } } }) as const;
    const project = withThings({}, { a: say('piper:en_GB-alan-low'), b: say('say:Alex'), c: say('gmw/en') });
    project.flows.main!.nodes.start!.connections.next = 'a';
    project.settings.speech = { voice: 'piper:en_US-amy-low' };
    const missing = (voices?: readonly string[]) =>
      checkProject(project, undefined, voices)
        .filter(({ code }) => code === 'check/missing-voice')
        .map(({ nodeId, params, severity }) => [nodeId, params.voice, severity]);
    expect(missing(['say:Alex'])).toEqual([
      [null, 'piper:en_US-amy-low', 'warning'],
      ['a', 'piper:en_GB-alan-low', 'warning'],
    ]);
    expect(missing(['say:Alex', 'piper:en_US-amy-low', 'piper:en_GB-alan-low'])).toEqual([]);
    // Nobody knows what the machine has.
    expect(missing()).toEqual([]);
  });

  test('[CK8] a text that a voice of another language reads', () => {
    const say = (text: string, language?: string) =>
      startingWith({ type: 'say', data: { prompt: { kind: 'text', text, ...(language && { language }) } } });
    const polish = 'Dziękujemy, że dzwonisz do nas. Prosimy poczekać na połączenie.';
    const english = 'Thank you for calling us. Please wait for the next of our colleagues.';
    expect(found('other-language', say(polish))).toMatchObject([{ nodeId: 'm', params: { text: 'pl', voice: 'en' } }]);
    expect(found('other-language', say(english, 'pl-PL'))).toMatchObject([{ params: { text: 'en', voice: 'pl' } }]);
    for (const project of [say(polish, 'pl'), say(english), say('Kiosk 24', 'pl'), say('Hello.', 'pl')]) {
      expect(found('other-language', project)).toEqual([]);
    }
  });
});

describe('paths', () => {
  test('[CK5] a circle without a key is told once, with its way', () => {
    const project = startingWith(menu({ keys: ['1'] }, { 'no-input': 'a', 'key:1': 'b' }), {
      a: { type: 'say', data: { prompt: 'a' }, to: { next: 'm' } },
      b: { type: 'say', data: { prompt: 'b' }, to: { next: 'm' } },
    });
    expect(found('loop-without-input', project)).toMatchObject([{ nodeId: 'a', params: { nodes: 'a → m → a' } }]);
  });

  test('[CK5] keys, wrong keys and break-out keys are input', () => {
    const project = startingWith(menu({ keys: ['1'] }, { 'key:1': 'q', invalid: 'm' }), {
      q: { type: 'queue', data: { queueId: 'team', breakOutKey: '1' }, to: { 'key-pressed': 'm' } },
    });
    expect(found('loop-without-input', project)).toEqual([]);
  });

  test('[CK5] going through it, a call meets the guard', () => {
    const wait = startingWith(
      { type: 'queue', data: { queueId: 'team' }, to: { timeout: 'sorry' } },
      { sorry: { type: 'say', data: { prompt: 'sorry' }, to: { next: 'm' } } },
    );
    expect(places('loop-without-input', wait)).toEqual(['m']);
  });

  test('[CK6] a menu that leads to no person, not even by its default handling', () => {
    const nodes = {
      ...says('a'),
      far: menu({ keys: ['1'] }, { 'key:1': 'q' }),
      q: { type: 'queue', data: { queueId: 'team' } },
    };
    const project = startingWith(menu({ keys: ['1'] }, { 'key:1': 'a' }), nodes as Record<string, NodeSketch>);
    expect(places('menu-without-person', project)).toEqual(['m']);
    const person = { kind: 'person', personId: 'ann' } as const;
    const numbers = { line: { ...project.numbers.line!, defaultHandling: person } };
    expect(places('menu-without-person', { ...project, numbers })).toEqual([]);
  });

  test('[CK10] the third menu of the Standard plan, along the shortest way', () => {
    const levels = (plan: string, shortcut?: string) =>
      sketchProject(
        {
          start: { type: 'start', to: { next: 'one' } },
          one: menu({ keys: ['1', '2'] }, { 'key:1': 'two', ...(shortcut && { 'key:2': shortcut }) }),
          two: menu({ keys: ['1'] }, { 'key:1': 'say' }),
          say: { type: 'say', data: { prompt: 'a' }, to: { next: 'three' } },
          three: menu({ keys: ['1'] }, { 'key:1': 'one' }),
        },
        () => ({ settings: { plan } }),
      );
    expect(found('too-deep', levels('standard'))).toMatchObject([{ nodeId: 'three', params: { level: 3, levels: 2 } }]);
    expect(checkProject(levels('standard')).find(({ code }) => code === 'check/too-deep')?.severity).toBe('error');
    expect(found('too-deep', levels('standard', 'three'))).toEqual([]);
    expect(found('too-deep', levels('professional'))).toEqual([]);
  });

  test('[CK11] what nothing leads to; the fix removes it and what leads to it from other such nodes', () => {
    const project = startingWith(
      { type: 'hang-up' },
      {
        alone: { type: 'say', data: { prompt: 'a' }, to: { next: 'm' } },
        other: { type: 'say', data: { prompt: 'b' }, to: { next: 'alone' } },
      },
    );
    const [alone, other] = found('unreachable-node', project);
    expect([alone?.nodeId, other?.nodeId]).toEqual(['alone', 'other']);
    const fixed = alone?.fix?.(project);
    expect(fixed?.flows.main?.nodes.alone).toBeUndefined();
    expect(fixed?.flows.main?.nodes.other?.connections).toEqual({});
    expect(fixed?.flows.main?.nodes.m).toBe(project.flows.main?.nodes.m);
  });
});

describe('schedules', () => {
  const week = (from: string, to: string) => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to }));
  const schedule = (part: object) =>
    withThings({ schedules: { s: { name: 'S', timeZone: 'UTC', weekly: [], ...part } } });

  test.each([
    ['no hours', {}, 'never-opens'],
    ['hours of no length', { weekly: week('09:00', '09:00') }, 'never-opens'],
    ['a holiday only', { holidays: { '12-24': { hours: [{ from: '09:00', to: '10:00' }] } } }, undefined],
    ['office hours', { weekly: week('09:00', '17:00') }, undefined],
    ['all day', { weekly: week('00:00', '24:00') }, 'never-closes'],
    ['over midnight and back', { weekly: [...week('22:00', '06:00'), ...week('06:00', '22:00')] }, 'never-closes'],
    ['a minute closed', { weekly: [...week('22:00', '06:00'), ...week('06:01', '22:00')] }, undefined],
    ['all day but a holiday', { weekly: week('00:00', '24:00'), holidays: { '12-25': {} } }, undefined],
    ['closed by hand', { weekly: week('09:00', '17:00'), override: 'closed' }, undefined],
  ])('[CK9] %s', (_, part, expected) => {
    const codes = checkProject(schedule(part)).map(({ code }) => code);
    const told = codes.filter((code) => code === 'check/never-opens' || code === 'check/never-closes');
    expect(told).toEqual(expected === undefined ? [] : [`check/${expected}`]);
  });
});

describe('unused things', () => {
  const things = {
    queues: { team: { name: 'Team', members: [{ personId: 'ann' }] }, other: { name: 'Other', members: [] } },
    prompts: {
      music: { name: 'Music', sources: {} },
      said: { name: 'Said', sources: { en: { kind: 'text', text: 'Hello' } } },
    },
    schedules: { s: { name: 'S', timeZone: 'UTC', weekly: [{ day: 1, from: '09:00', to: '17:00' }] } },
  };
  const say = { type: 'say', data: { prompt: { kind: 'prompt', promptId: 'said' } } } as const;

  test('[CK12] each kind is told, and its fix removes it where nobody can call it', () => {
    const project = withThings(things, { say });
    const all = checkProject(project).filter(({ code }) => code.startsWith('check/unused'));
    expect(all.map(({ code, params }) => [code, params.id])).toEqual(
      [
        ['check/unused-person', 'bob'],
        ['check/unused-person', 'cid'],
        ['check/unused-prompt', 'music'],
        ['check/unused-queue', 'team'],
        ['check/unused-queue', 'other'],
        ['check/unused-schedule', 's'],
      ].sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : a[1]! < b[1]! ? -1 : 1)),
    );
    const fixed = all.reduce((before, { fix }) => fix?.(before) ?? before, project);
    expect(Object.keys(fixed.prompts)).toEqual(['said']);
    expect([fixed.queues, fixed.schedules]).toEqual([{}, {}]);
    expect(fixed.people).toBe(project.people);
  });

  test('[CK12] numbers, nodes, queues, and extensions that may be dialled use things', () => {
    const used = withThings(things, {
      say,
      q: { type: 'queue', data: { queueId: 'team' } },
      x: { type: 'extension', data: { prompt: 'a' } },
      s: { type: 'schedule', data: { scheduleId: 's' } },
    });
    const numbers = { line: { ...used.numbers.line!, defaultHandling: { kind: 'queue' as const, queueId: 'other' } } };
    const codes = checkProject({ ...used, numbers }).flatMap(({ code, params }) =>
      code.startsWith('check/unused') ? [params.id] : [],
    );
    expect(codes).toEqual(['music']);
  });

  test.each(['musicOnHold', 'waitingPrompt'])('[CK12] what queues say is used: %s', (member) => {
    const team = { ...things.queues.team, [member]: { kind: 'prompt', promptId: 'music' } };
    const project = withThings({ ...things, queues: { team } }, { say });
    expect(found('unused-prompt', project)).toEqual([]);
  });

  test('[CK12] a flow that no number leads to', () => {
    const numbers = {};
    expect(found('unused-flow', withThings({ numbers }))).toMatchObject([{ params: { name: 'Main', id: 'main' } }]);
  });
});

describe('flows that call each other', () => {
  const called = (leads: Record<string, string>): Record<string, object> => ({
    start: { type: 'start', to: { next: 'm' } },
    m: menu({ keys: ['1'] }, leads),
    back: { type: 'return', data: { result: 'done' } },
  });
  /** The main flow calls another one from its second menu. */
  const calling = (leads: Record<string, string>, plan = 'standard') => {
    const inner = sketchProject(called(leads) as Record<string, NodeSketch>).flows.main!;
    return sketchProject(
      {
        start: { type: 'start', to: { next: 'one' } },
        one: menu({ keys: ['1'] }, { 'key:1': 'two' }),
        two: menu({ keys: ['1'] }, { 'key:1': 'sub' }),
        sub: { type: 'sub-flow', data: { flowId: 'inner' }, to: { otherwise: 'ann' } },
        ann: { type: 'employee', data: { people: ['ann'] } },
      },
      (base) => ({ settings: { plan }, flows: { ...(base.flows as object), inner: { ...inner, name: 'Inner' } } }),
    );
  };

  test('[CK10] the levels of a called flow follow on those of the calling one', () => {
    expect(found('too-deep', calling({ 'key:1': 'back' }))).toMatchObject([{ nodeId: 'm', params: { level: 3 } }]);
  });

  test('[CK6] what a flow comes back to may lead to somebody', () => {
    expect(places('menu-without-person', calling({ 'key:1': 'back' }))).toEqual([]);
    expect(places('menu-without-person', calling({}))).toEqual(['m']);
  });

  test('[CK11] [CK12] a called flow is used, and its nodes are reached', () => {
    const project = calling({ 'key:1': 'back' });
    expect([...places('unreachable-node', project), ...places('unused-flow', project)]).toEqual([]);
  });

  test('[CK6] an exit leads to the default handling, a jump back to the menu before', () => {
    const person = { kind: 'person', personId: 'ann' } as const;
    const project = startingWith(menu({ keys: ['1'] }, { 'key:1': 'x', 'no-input': 'h', invalid: 'h' }), {
      x: { type: 'exit' },
      h: { type: 'hang-up' },
    });
    const numbers = { line: { ...project.numbers.line!, defaultHandling: person } };
    expect(places('menu-without-person', project)).toEqual(['m']);
    expect(places('menu-without-person', { ...project, numbers })).toEqual([]);
    const back = { type: 'go-to', data: { target: { kind: 'back' } } } as const;
    const deeper = startingWith(menu({ keys: ['1', '2'] }, { 'key:1': 'sub', 'key:2': 'ann' }), {
      sub: menu({ keys: ['1'] }, { 'key:1': 'up', 'no-input': 'h', invalid: 'h' }),
      up: back,
      h: { type: 'hang-up' },
      ann: { type: 'employee', data: { people: ['ann'] } },
    });
    expect(places('menu-without-person', deeper)).toEqual([]);
  });
});

describe('calls outside', () => {
  const forwarding = (number: string, own = '+48221234567') =>
    sketchProject(
      { start: { type: 'start', to: { next: 'out' } }, out: { type: 'external', data: { number } } },
      () => ({
        numbers: { line: { number: own, defaultHandling: { kind: 'hang-up' }, useVoiceMenu: true, flowId: 'main' } },
      }),
    );

  test.each([
    ['+48600100200', []],
    ['600100200', []],
    ['112', []],
    ['+48700123456', ['toll-premium']],
    ['+97912345678', ['toll-premium']],
    ['+19005551234', ['toll-premium']],
    ['+4930123456', ['toll-abroad']],
    ['+37312345678', ['toll-abroad']],
  ])('[CK14] %s: %j', (number, codes) => {
    const all = checkProject(forwarding(number)).map(({ code }) => code.replace('check/', ''));
    expect(all.filter((code) => code.startsWith('toll'))).toEqual(codes);
    expect(codes.flatMap((code) => places(code, forwarding(number)))).toEqual(codes.map(() => 'out'));
  });

  test('[CK14] where no number of the project says where it is, nothing is abroad', () => {
    expect(found('toll-abroad', forwarding('+4930123456', '100'))).toEqual([]);
  });

  test('[CK14] by the default handling of a number, too', () => {
    const defaultHandling = { kind: 'external', number: '+97912345678' };
    const project = withThings({ numbers: { line: { number: '100', defaultHandling, useVoiceMenu: false } } });
    expect(found('toll-premium', project)).toMatchObject([{ nodeId: null, params: { number: '+97912345678' } }]);
  });
});

describe('secrets', () => {
  const variables = { pin: { secret: true }, name: {} };
  const only = (node: NodeSketch) => startingWith(node, {}, () => ({ variables }));

  test('[CK15] read aloud, also to confirm them', () => {
    const confirm = { prompt: { kind: 'text', text: 'You typed {pin:digits}.' } };
    const asking = only({ type: 'digits', data: { prompt: 'pin?', variable: 'pin', confirm } });
    expect(found('secret-spoken', asking).map(({ params }) => params.variable)).toEqual(['pin']);
    expect(found('secret-spoken', only({ type: 'say', data: { prompt: 'Hello {name}' } }))).toEqual([]);
  });

  test.each([
    [{ url: 'https://crm.example/?pin={pin}' }, ['secret-in-address']],
    [{ url: 'http://crm.example/{name}', headers: [{ name: 'Key', value: '{secret.crm}' }] }, ['secret-in-clear']],
    [{ url: 'http://crm.example/{pin}' }, ['secret-in-address', 'secret-in-clear']],
    [{ url: 'http://localhost:8080/', headers: [{ name: 'Key', value: '{secret.crm}' }] }, []],
    [{ url: 'http://localhost.evil.example/', headers: [{ name: 'Key', value: '{pin}' }] }, ['secret-in-clear']],
    [{ url: 'https://crm.example/', method: 'POST', body: '{"pin": "{pin}"}' }, []],
  ])('[CK16] %j: %j', (data, codes) => {
    const all = checkProject(only({ type: 'request', data })).map(({ code }) => code.replace('check/', ''));
    expect(all.filter((code) => code.startsWith('secret')).sort()).toEqual(codes);
  });
});

test('[CK17] a prompt that says only its own name', () => {
  const text = (words: string) => ({ en: { kind: 'text', text: words } });
  const prompts = { a: { name: 'welcome', sources: text('welcome') }, b: { name: 'bye', sources: text('Goodbye.') } };
  const say = (promptId: string): NodeSketch => ({ type: 'say', data: { prompt: { kind: 'prompt', promptId } } });
  expect(places('prompt-is-name', withThings({ prompts }, { s: say('a'), t: say('b'), u: say('a') }))).toEqual([
    's',
    'u',
  ]);
});
