import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readFailure } from '../../../electron/cli/read-input.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { cli, startCli } from '../../support/cli.ts';
import { tempDir } from '../../support/temp-dir.ts';

const text = printProject(sampleProject('en'));
let dir = '';
const file = (name: string, content: string | Buffer) => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};

beforeEach(() => {
  dir = tempDir();
});

describe('[CL7] what cannot be read', () => {
  test.each<[string, string, () => string]>([
    ['a file that is not there', 'cli/not-found', () => join(dir, 'none.json')],
    ['a file below a file', 'cli/not-found', () => join(file('plain', 'x'), 'none.json')],
    ['a folder', 'cli/is-directory', () => dir],
    ['nothing', 'cli/empty', () => file('empty.json', '')],
    ['garbage', 'project/not-json', () => file('garbage.json', 'one\ntwo \u001b[31m\u0007three')],
    ['a picture', 'cli/not-text', () => file('binary.json', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0, 0xfe]))],
    ['half a project', 'project/not-json', () => file('half.json', text.slice(0, text.length / 2))],
    ['another JSON', 'project/wrong-format', () => file('other.json', '[1, 2, 3]')],
    [
      'a newer version',
      'project/newer-version',
      () => file('newer.json', text.replace('"version": 1', '"version": 9')),
    ],
    ['something wrong inside', 'project/invalid', () => file('invalid.json', text.replace('"100"', '"a\\nb"'))],
    [
      'absurd nesting',
      'project/',
      () => file('deep.json', `{"format":"dialtree","version":1,"x":${'['.repeat(200_000)}`),
    ],
    ['a million lines', 'project/wrong-format', () => file('lines.json', `[\n${'0,\n'.repeat(1_000_000)}0]`)],
    ['a million lines of prose', 'project/not-json', () => file('prose.json', 'lorem ipsum\n'.repeat(1_000_000))],
  ])('%s', async (_, expected, make) => {
    const { code, out, err, ms } = await cli(['check', make()]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^dialtree: [^\n\p{Cc}]+ \[[a-z]+\/[a-z-]+\]\n$/u);
    expect(err).toContain(`[${expected}`);
    expect(err.length).toBeLessThan(1000);
    expect(ms).toBeLessThan(5000);
  });

  test('200 MB, at once', async () => {
    const path = join(dir, 'huge.json');
    const handle = openSync(path, 'w');
    ftruncateSync(handle, 200 * 1024 * 1024);
    closeSync(handle);
    const { code, err, ms } = await cli(['check', path]);
    expect(code).toBe(2);
    expect(err).toMatch(/is larger than 64 MB: that is no project of ours\. \[cli\/too-large\]\n$/);
    expect(ms).toBeLessThan(3000);
  });

  test('more than 64 MB from a pipe', async () => {
    const { code, err } = await cli(['check', '-'], Buffer.alloc(70 * 1024 * 1024, 32));
    expect(code).toBe(2);
    expect(err).toContain('[cli/too-large]');
  });

  test('a file that one may not read', () => {
    const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    expect(readFailure('x.json', error)).toMatchObject({
      code: 'cli/no-permission',
      message: 'You have no permission to read x.json.',
    });
  });
});

describe('[CL8] usage', () => {
  test.each([
    [['nonsense'], 2, /There is no command "nonsense"/],
    [['constructor'], 2, /There is no command/],
    [['check'], 2, /check takes FILE; 0 were given/],
    [['check', '--nonsense', 'x'], 2, /Unknown option/],
    [['diff', '-', '-'], 2, /Only one input can be "-"/],
    [['explore', 'x', '--keys', 'many', '--seconds', '1'], 2, /--keys takes a number/],
  ])('%j', async (args, code, message) => {
    const result = await cli(args);
    expect([result.code, result.out]).toEqual([code, '']);
    expect(result.err).toMatch(message);
    expect(result.err).toMatch(/^dialtree: [^\n]+ \[cli\/usage\]\n$/);
  });

  test('help of the program and of each command names the exit codes', async () => {
    const general = await cli(['--help']);
    expect(general.code).toBe(0);
    const names = [...general.out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
    expect(names).toEqual(['check', 'test', 'explore', 'run', 'diff', 'merge', 'describe', 'schema']);
    const helps = await Promise.all(names.map((name) => cli([name, '--help'])));
    for (const [index, { code, out }] of helps.entries()) {
      expect(code).toBe(0);
      expect(out).toContain(`Usage: dialtree ${names[index]}`);
      expect(out).toContain('--json');
    }
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
    for (const { out } of [general, ...helps]) {
      expect(out).toContain('2  wrong usage, or an input that cannot be read');
    }
    for (const name of names) expect(readme).toContain(`\`${name}`);
    expect(readme).toContain('wrong usage, or an input that cannot be read');
  });
});

test('[CL9] a byte order mark and Windows line ends are no trouble', async () => {
  const { code, out } = await cli(['check', '-'], `\uFEFF${text.replaceAll('\n', '\r\n')}`);
  expect([code, out]).toEqual([0, '0 errors, 0 warnings, 0 hints\n']);
});

test('[CL9] a project’s folder stands for the document in it', async () => {
  const folder = tempDir();
  writeFileSync(join(folder, 'project.json'), text);
  const { code, out } = await cli(['check', folder]);
  expect([code, out]).toEqual([0, '0 errors, 0 warnings, 0 hints\n']);
});

test('[CL10] a reader that has read enough is no trouble', async () => {
  const child = startCli(['schema']);
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout?.once('data', () => child.stdout?.destroy());
  child.stdin?.end();
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(err).toBe('');
  expect(code).toBe(0);
});
