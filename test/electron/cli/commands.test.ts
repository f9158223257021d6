import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { printProject } from '../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { cli } from '../../support/cli.ts';
import { presses, sketchTest } from '../../support/project-tests.ts';
import { tempDir } from '../../support/temp-dir.ts';

const project = sampleProject('en');
const target = { kind: 'number', numberId: 'main-line' };
const good = sketchTest({ name: 'Sales # 1', target, steps: presses('1'), expect: { visits: ['sales'] } });
const bad = sketchTest({ name: 'Wrong <& "way">', target, steps: presses('1'), expect: { visits: ['support'] } });

let dir = '';
const file = (name: string, content: Project | string) => {
  const path = join(dir, name);
  writeFileSync(path, typeof content === 'string' ? content : printProject(content));
  return path;
};
const renamed = (name: string, x = 0): Project => {
  const copy = structuredClone(project);
  copy.flows.main!.nodes.hours!.name = name;
  copy.flows.main!.nodes.goodbye!.position.x += x;
  return copy;
};

beforeEach(() => {
  dir = tempDir();
});

describe('check and explore', () => {
  test('[CL1] say what is found, and exit by the level', async () => {
    const broken = structuredClone(project);
    delete broken.flows.main!.nodes.hours!.connections.next;
    const path = file('broken.json', broken);
    const [fine, text, json, explored, hints] = await Promise.all([
      cli(['check', file('good.json', project)]),
      cli(['check', path]),
      cli(['check', path, '--json']),
      cli(['explore', file('good2.json', project), '--json']),
      cli(['explore', file('good2.json', project), '--level', 'info', '--keys', '0', '--seconds', '1']),
    ]);
    expect(fine).toMatchObject({ code: 0, err: '', out: '0 errors, 0 warnings, 0 hints\n' });
    expect(text.code).toBe(1);
    expect(text.out).toMatch(/^error: Main menu \/ Opening hours \/ next: .*\[flow\/open-output\]$/m);
    expect(JSON.parse(json.out).findings).toContainEqual(
      expect.objectContaining({ code: 'flow/open-output', nodeId: 'hours', fixable: false }),
    );
    expect(JSON.parse(explored.out)).toMatchObject({ complete: true });
    expect(explored.code).toBe(0);
    expect(hints.code).toBe(1);
    expect(hints.out).toContain('[prove/person-too-far]');
  });
});

describe('test', () => {
  test('[CL2] writes TAP 14, JUnit or JSON, and exits 1 when one fails', async () => {
    const path = file('tests.json', { ...project, tests: { a: good, b: bad } });
    const [tap, junit, json, passing] = await Promise.all([
      cli(['test', path]),
      cli(['test', path, '--junit']),
      cli(['test', path, '--json', '--coverage', '--mutation']),
      cli(['test', '-', '--coverage', '--mutation'], printProject({ ...project, tests: { a: good } })),
    ]);
    expect(tap.code).toBe(1);
    const lines = tap.out.split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'TAP version 14',
      '1..2',
      'ok 1 - Sales \\# 1',
      'not ok 2 - Wrong <& "way">',
      '  ---',
    ]);
    expect(lines[6]).toMatch(/^ {2}message: "The call should have come to \\"Support menu\\"/);
    expect(lines.slice(-2)).toEqual(['  ...', '']);
    expect(junit.out).toContain('<testcase classname="a" name="Sales # 1" time="0"/>');
    expect(junit.out).toContain('<testcase classname="b" name="Wrong &lt;&amp; &quot;way&quot;&gt;" time="0">');
    expect(junit.out).toContain('tests="2" failures="1"');
    const report = JSON.parse(json.out);
    expect(report.tests).toMatchObject([{ passed: true }, { passed: false, failures: [{ expectation: 'visits' }] }]);
    expect(report.coverage.percent).toBeGreaterThan(0);
    expect(report.mutation.survivors.length).toBeGreaterThan(10);
    expect(passing.code).toBe(0);
    expect(passing.out).toMatch(/^# not taken: "Main menu" by key:2$/m);
    expect(passing.out).toMatch(/^# No test notices when "key:2" of "Support menu" leads nowhere\.$/m);
  });
});

describe('run', () => {
  test('[CL3] writes the trace of a script', async () => {
    const script = { actions: [{ atMs: 1000, key: '1' }], world: { queues: { sales: { outcome: 'timeout' } } } };
    const path = file('run.json', project);
    const [ran, wrong, broken] = await Promise.all([
      cli(['run', path, '--script', '-'], JSON.stringify(script)),
      cli(['run', path, '--script', file('s1.json', '{"actions":[{"atMs":1,"key":"A"}]}')]),
      cli(['run', path, '--script', file('s2.json', '{"world":{"people":{"reception":{"outcome":"bussy"}}}}')]),
    ]);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toContainEqual(expect.objectContaining({ type: 'node-entered', nodeId: 'busy' }));
    for (const { code, err, out } of [wrong, broken]) {
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^dialtree: [^\n]* \[cli\/bad-script\]\n$/);
    }
  });
});

describe('diff and merge', () => {
  test('[CL4] tell what differs, merge, and exit 1 for differences and conflicts', async () => {
    const [base, ours, theirs] = [
      file('0.json', project),
      file('1.json', renamed('When', 50)),
      file('2.json', renamed('Times')),
    ];
    const out = join(dir, 'merged.json');
    const rewired = structuredClone(project);
    rewired.flows.main!.nodes.main!.connections['key:1'] = 'billing';
    const [same, different, noticed, merged, json, clean] = await Promise.all([
      cli(['diff', base, base]),
      cli(['diff', base, ours]),
      cli(['diff', base, file('3.json', rewired), '--json']),
      cli(['merge', base, ours, theirs, '-o', out]),
      cli(['merge', base, ours, theirs, '--json']),
      cli(['merge', base, base, '-'], printProject(renamed('Times'))),
    ]);
    expect(same).toMatchObject({ code: 0, out: '' });
    expect(different.code).toBe(1);
    expect(different.out).toContain(
      'The node "When" of the flow "Main menu": name is "When" instead of "Opening hours".',
    );
    expect(JSON.parse(noticed.out)).toMatchObject({
      complete: true,
      changes: [
        { kind: 'changed', path: ['flows', 'main', 'nodes', 'main', 'connections', 'key:1'], after: 'billing' },
      ],
      behaviour: [expect.objectContaining({ kind: 'leads-elsewhere', keys: ['1'] })],
    });
    expect(merged).toMatchObject({ code: 1, out: '' });
    expect(merged.err).toMatch(/^conflict: The node "When" of the flow "Main menu": name was changed by both sides/);
    expect(parseProjectText(readFileSync(out, 'utf8'))).toEqual(renamed('When', 50));
    expect(JSON.parse(json.out).conflicts).toMatchObject([{ kind: 'both-changed', ours: 'When', theirs: 'Times' }]);
    expect(clean).toMatchObject({ code: 0, err: '', out: printProject(renamed('Times')) });
  });
});

describe('describe', () => {
  test('[CL5] tells flows in sentences, or as Mermaid', async () => {
    const path = file('d.json', project);
    const [text, chart, none] = await Promise.all([
      cli(['describe', path]),
      cli(['describe', path, '--mermaid', '--flow', 'main']),
      cli(['describe', path, '--flow', 'constructor']),
    ]);
    expect(text.out).toMatch(/^Flow "Main menu"\n/);
    expect(chart.out).toMatch(/^flowchart LR\n {2}n0\[/);
    expect(none).toMatchObject({ code: 2, out: '' });
  });
});
