import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importDialplan } from '../../../../shared/import/asterisk/index.ts';
import { only, runCall } from '../../../support/engine-driver.ts';
import { countingIds, emptyProject, importedFlow, nodeNamed, wires } from '../../../support/import-helpers.ts';

const OFFICE = readFileSync(new URL('../../../fixtures/import/office-extensions.conf', import.meta.url), 'utf8');
const imported = (text = OFFICE) =>
  importDialplan(emptyProject(), text, { name: 'File', startName: 'Start', newId: countingIds() });
const menuOf = (lines: string) => `[ivr]\nexten => s,1,Answer()\n${lines}`;
const drawn = (lines: string) => wires(importedFlow(imported(menuOf(lines)))).slice(1);

describe('an Asterisk dialplan', () => {
  it('is drawn from where calls come in', () => {
    const result = imported();
    expect(result.flowIds).toHaveLength(1);
    const flow = importedFlow(result);
    expect(flow.name).toBe('office');
    expect(wires(flow)).toMatchInlineSnapshot(`
      [
        "start Start next → language",
        "language next → schedule 25 dec",
        "schedule 25 dec open → say custom/closed",
        "schedule 25 dec closed → schedule 9:00-16:59 mon-fri",
        "say custom/closed next → hang-up",
        "schedule 9:00-16:59 mon-fri open → set-variable TRIES",
        "schedule 9:00-16:59 mon-fri closed → say custom/closed",
        "set-variable TRIES next → menu open",
        "set-variable TRIES error → menu open",
        "menu open key:1 → queue sales",
        "menu open key:2 → digits CUSTOMER",
        "menu open key:0 → employee",
        "menu open invalid → set-variable TRIES",
        "menu open no-input → employee",
        "queue sales timeout → say custom/all-busy",
        "queue sales full → employee",
        "queue sales join-empty → employee",
        "queue sales leave-empty → employee",
        "digits CUSTOMER next → condition",
        "digits CUSTOMER no-input → condition",
        "digits CUSTOMER invalid → condition",
        "employee no-answer → external",
        "employee busy → say custom/busy",
        "employee unavailable → external",
        "set-variable TRIES next → condition",
        "set-variable TRIES error → condition",
        "say custom/all-busy next → voicemail",
        "condition case:1 → say SayDigits",
        "condition otherwise → condition",
        "external no-answer → hang-up",
        "external busy → hang-up",
        "external unavailable → hang-up",
        "say custom/busy next → hang-up",
        "condition case:1 → say custom/closed",
        "condition otherwise → say pbx-invalid",
        "voicemail done → hang-up",
        "voicemail too-short → hang-up",
        "voicemail failed → hang-up",
        "say SayDigits next → hang-up",
        "condition case:1 → employee",
        "condition otherwise → imported AGI",
        "say pbx-invalid next → menu open",
        "employee no-answer → hang-up",
        "employee busy → hang-up",
        "employee unavailable → hang-up",
        "imported AGI way:1 → menu support",
        "menu support key:1 → hang-up",
        "menu support key:* → menu open",
        "menu support invalid → hang-up",
        "menu support no-input → say SayDigits",
      ]
    `);
  });

  it('has one flow for all numbers that lead to it', () => {
    const { project, flowIds } = imported();
    expect(Object.values(project.numbers).map(({ number, flowId }) => [number, flowId])).toEqual([
      ['48221002000', flowIds[0]],
      ['48221002001', flowIds[0]],
    ]);
  });

  it('keeps times, people, schedules and who may be dialled', () => {
    const result = imported();
    const flow = importedFlow(result);
    const { people, schedules, variables } = result.project;
    expect(nodeNamed(flow, 'open').data).toMatchObject({
      keys: ['1', '2', '0'],
      firstDigitTimeoutMs: 6000,
      interDigitTimeoutMs: 2000,
      noInputAttempts: 1,
      directDial: { kind: 'everyone' },
    });
    expect(nodeNamed(flow, 'CUSTOMER').data).toMatchObject({
      variable: 'customer',
      maxDigits: 6,
      noInputAttempts: 2,
      firstDigitTimeoutMs: 8000,
    });
    expect(
      Object.values(people)
        .map(({ name, extension }) => `${extension} ${name}`)
        .toSorted(),
    ).toEqual(['101 101', '102 102', '103 anna']);
    expect(Object.values(schedules)).toMatchObject([
      { name: '25 dec', weekly: [], holidays: { '12-25': { hours: [{ from: '00:00', to: '24:00' }] } } },
      { name: '9:00-16:59 mon-fri', weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })) },
    ]);
    expect(variables).toMatchObject({ tries: { type: 'number' }, customer: { type: 'text' } });
  });

  it('reports what is otherwise, left out or made', () => {
    const notes = imported().notes.map(({ code, params }) => `${code} ${Object.values(params).join(' ')}`);
    expect(notes.toSorted()).toMatchInlineSnapshot(`
      [
        "extensions-open _1[0-5]X",
        "file-not-read #include extensions_custom.conf",
        "nowhere-to-go gone,s,1",
        "number-made 48221002000",
        "number-made 48221002001",
        "option-left-out exten => 700",
        "option-left-out exten => _q-.",
        "person-made 101 101",
        "person-made 102 102",
        "person-made anna 103",
        "queue-made sales",
        "schedule-made 25 dec",
        "schedule-made 9:00-16:59 mon-fri",
        "sound-wanted custom/all-busy",
        "sound-wanted custom/busy",
        "sound-wanted custom/closed",
        "sound-wanted custom/number",
        "sound-wanted custom/support",
        "sound-wanted custom/welcome + custom/choices",
        "sound-wanted pbx-invalid",
        "step-kept AGI AGI",
        "variable-made customer",
        "variable-made tries",
      ]
    `);
  });

  it('takes calls as Asterisk does', () => {
    const { project, flowIds } = imported();
    const line = { ...Object.values(project.numbers)[0]!, flowId: flowIds[0]! };
    const nodes = importedFlow({ project, flowIds, notes: [] }).nodes;
    const label = (id: string) => nodes[id]?.name || nodes[id]?.type;
    const call = (keys: string, startedAtMs = Date.UTC(2026, 2, 2, 9)) =>
      only(runCall({ ...project, numbers: { line } }, keys, { startedAtMs }).lines, 'node-entered').map((entered) =>
        label(entered.split(' ')[1]!),
      );
    expect(call('1@3000').slice(-2)).toEqual(['open', 'sales']);
    expect(call('9@3000 9@9000 9@15000').filter((name) => name === 'open')).toHaveLength(3);
    expect(call('9@3000 9@9000 9@15000').at(-2)).toBe('custom/closed');
    expect(call('', Date.UTC(2026, 2, 1, 9)).slice(-2)).toEqual(['custom/closed', 'hang-up']);
    expect(call('', Date.UTC(2026, 11, 25, 9))).toEqual(['Start', 'language', '25 dec', 'custom/closed', 'hang-up']);
  });

  it('without WaitExten counts digits while the sound plays, then does what comes next', () => {
    const lines = ' same => n,Background(hello)\n same => n,Playback(bye)\nexten => 1,1,Queue(a)';
    expect(drawn(lines)).toEqual([
      'menu ivr key:1 → queue a',
      'menu ivr invalid → hang-up',
      'menu ivr no-input → say bye',
      'queue a timeout → hang-up',
      'queue a full → hang-up',
      'queue a join-empty → hang-up',
      'queue a leave-empty → hang-up',
      'say bye next → hang-up',
    ]);
  });

  it.each([
    ['PJSIP/101', 'employee', { people: ['p3'], rings: 12 }],
    ['SIP/101&SIP/102,10', 'employee', { people: ['p3', 'p4'], mode: 'all', rings: 2 }],
    ['SIP/trunk/0048221002000,20', 'external', { number: '0048221002000', rings: 4 }],
    ['PJSIP/+48221002000@trunk', 'external', { number: '+48221002000' }],
    ['Local/101@from-internal/n', 'imported', {}],
    ['PJSIP/${AGENT}', 'imported', { kind: 'Dial' }],
    ['PJSIP/101&PJSIP/trunk/600100200', 'imported', {}],
  ])('reads Dial(%s) as %s', (args, type, data) => {
    const flow = importedFlow(imported(menuOf(` same => n,Background(x)\nexten => 1,1,Dial(${args})`)));
    expect(Object.values(flow.nodes).find((node) => !['start', 'menu', 'hang-up'].includes(node.type))).toMatchObject({
      type,
      data,
    });
  });

  it('keeps lines without a translation as grey boxes, as they were written', () => {
    const flow = importedFlow(imported());
    expect(nodeNamed(flow, 'AGI').data).toMatchObject({
      source: 'asterisk',
      kind: 'AGI',
      original: 'same => n,AGI(lookup.agi,${CUSTOMER})',
    });
  });

  it('survives loops that do nothing, jumps to nowhere and included circles', () => {
    expect(
      drawn(' same => n,Background(x)\nexten => 1,1,Goto(2,1)\nexten => 2,1,Goto(1,1)\nexten => 3,1,Goto(gone,s,1)'),
    ).toContain('menu ivr key:1 → hang-up');
    const circle = '[a]\ninclude => b\nexten => s,1,Background(x)\n[b]\ninclude => a\nexten => 1,1,Hangup()';
    expect(wires(importedFlow(imported(circle)))).toContain('menu a key:1 → hang-up');
  });

  it('reads what was written for old versions', () => {
    const old =
      '[ivr]\nexten => s,1,Answer\nexten => s,2,Background,hello\nexten => s,3,WaitExten|5\nexten => 1,1,Dial,SIP/101|20|t';
    expect(wires(importedFlow(imported(old)))).toContain('menu ivr key:1 → employee');
  });

  it('says when there is no menu', () => {
    expect(() => imported('[a]\nexten => 1,1,Hangup()')).toThrow(expect.objectContaining({ code: 'import/no-menu' }));
  });
});
