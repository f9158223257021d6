import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importFreepbx } from '../../../../shared/import/freepbx/index.ts';
import { readSqlDump } from '../../../../shared/import/freepbx/sql-dump.ts';
import { countingIds, emptyProject, importedFlow, nodeNamed, wires } from '../../../support/import-helpers.ts';

const DUMP = readFileSync(new URL('../../../fixtures/import/freepbx-dump.sql', import.meta.url), 'utf8');
const imported = (source: string | object = DUMP) =>
  importFreepbx(emptyProject(), source, { name: 'File', startName: 'Start', newId: countingIds() });

describe('IVRs of FreePBX', () => {
  it('are drawn with what they lead to, nested ones in one flow', () => {
    const result = imported();
    expect(result.flowIds).toHaveLength(1);
    expect(wires(importedFlow(result))).toEqual([
      'start Start next → menu Shop',
      'menu Shop key:1 → queue Sales',
      'menu Shop key:2 → menu Workshop',
      'menu Shop key:3 → schedule Office hours',
      'menu Shop key:0 → employee Emma Hughes',
      'menu Shop key:# → say Hours',
      'menu Shop invalid → queue Sales',
      'menu Shop no-input → say',
      'queue Sales timeout → voicemail',
      'queue Sales full → voicemail',
      'queue Sales join-empty → voicemail',
      'queue Sales leave-empty → voicemail',
      'menu Workshop key:1 → employee Workshop phones',
      'menu Workshop key:2 → external Partner',
      'menu Workshop key:3 → voicemail',
      'menu Workshop key:4 → imported disa',
      'menu Workshop key:* → menu Shop',
      'menu Workshop no-input → menu Shop',
      'schedule Office hours open → queue Sales',
      'schedule Office hours closed → say Hours',
      'say Hours next → menu Shop',
      'say next → hang-up',
      'employee Workshop phones no-answer → hang-up',
      'employee Workshop phones busy → hang-up',
      'employee Workshop phones unavailable → hang-up',
    ]);
  });

  it('keep recordings, attempts, times, people and numbers', () => {
    const result = imported();
    const flow = importedFlow(result);
    const { people, queues, schedules, numbers, prompts } = result.project;
    expect(nodeNamed(flow, 'Shop').data).toMatchObject({
      noInputAttempts: 2,
      invalidAttempts: 3,
      firstDigitTimeoutMs: 10_000,
      directDial: { kind: 'everyone' },
      invalidPrompt: { kind: 'prompt' },
    });
    expect(nodeNamed(flow, 'Workshop').data).toMatchObject({
      noInputAttempts: 1,
      invalidAttempts: 1,
      firstDigitTimeoutMs: 7000,
      directDial: { kind: 'off' },
    });
    expect(Object.values(prompts).map(({ name }) => name)).toEqual(['Welcome', 'Wrong key', 'Nobody chose']);
    expect(Object.values(people)).toEqual([
      { name: 'Emma Hughes', extension: '101' },
      { name: 'Tom Barker', extension: '102' },
    ]);
    expect(Object.values(queues)).toMatchObject([{ name: 'Sales' }]);
    expect(nodeNamed(flow, 'Sales').data).toMatchObject({ maxWaitMs: 90_000 });
    expect(nodeNamed(flow, 'Workshop phones').data).toMatchObject({ mode: 'all', rings: 5 });
    expect(Object.values(schedules)[0]?.weekly).toHaveLength(6);
    expect(Object.values(numbers)).toMatchObject([
      { number: '48221002000', name: 'Main number', flowId: result.flowIds[0] },
    ]);
  });

  it('report what could not be taken', () => {
    const told = imported().notes.map(({ code, params }) => `${code} ${Object.values(params).join(' ')}`);
    expect(told.filter((line) => /kept|left-out/.test(line)).toSorted()).toEqual([
      'option-left-out Shop: 77',
      'option-left-out Workshop phones: 600100200#',
      'step-kept disa disa',
    ]);
  });

  it('are read from the JSON of backups, too', () => {
    const json = {
      'modulejson/Ivr.json': {
        configs: {
          ivrs: [
            {
              id: 4,
              name: 'Night',
              announcement: null,
              directdial: '',
              timeout_time: 5,
              timeout_loops: 'disabled',
              invalid_loops: 0,
            },
          ],
          entries: [
            { ivr_id: '4', selection: '1', dest: 'ext-queues,400,1' },
            { ivr_id: 4, selection: '101', dest: 'from-did-direct,101,1' },
          ],
        },
      },
    };
    const flow = importedFlow(imported(json));
    expect(wires(flow)).toEqual(['start Start next → menu Night', 'menu Night key:1 → queue Queue 400']);
    expect(nodeNamed(flow, 'Night').data).toMatchObject({ directDial: { kind: 'people' } });
  });

  it('that lead to each other in a circle begin with the first', () => {
    const entries = [
      { ivr_id: 1, selection: '1', dest: 'ivr-2,s,1' },
      { ivr_id: 2, selection: '1', dest: 'ivr-1,s,1' },
    ];
    const result = imported({
      ivrs: [
        { id: 1, name: 'A' },
        { id: 2, name: 'B' },
      ],
      entries,
    });
    expect(wires(importedFlow(result))).toEqual([
      'start Start next → menu A',
      'menu A key:1 → menu B',
      'menu B key:1 → menu A',
    ]);
  });

  it('that are not there are told', () => {
    expect(() => imported('INSERT INTO `x` VALUES (1);')).toThrow(expect.objectContaining({ code: 'import/no-menu' }));
  });
});

describe('a MySQL dump', () => {
  const rows = (text: string) => readSqlDump(text, new Set(['t'])).get('t');

  it('is read with its escapes, brackets and nulls', () => {
    const text =
      "CREATE TABLE `t` (\n  `a` int,\n  `b` text\n);\nINSERT INTO `t` VALUES (1,'a''b\\'c\\n),(;'),(-2.5,NULL);\nINSERT INTO `t` (`b`) VALUES ('x');";
    expect(rows(text)).toEqual([{ a: '1', b: "a'b'c\n),(;" }, { a: '-2.5', b: '' }, { b: 'x' }]);
  });

  it.each(["INSERT INTO `t` (`a`) VALUES ('cut", 'INSERT INTO `t` (`a`) VALUES (', 'INSERT INTO `t` (`a`) VALUES'])(
    'that is cut off (%s) ends',
    (text) => {
      expect(rows(text)).toEqual([]);
    },
  );

  it('keeps what is not asked for out of sight', () => {
    expect([...readSqlDump(DUMP, new Set(['users'])).keys()]).toEqual(['users']);
  });
});
