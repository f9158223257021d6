import { describe, expect, test } from 'vitest';
import { printProject } from '../../../shared/flow/canonical.ts';
import { migrate, parseProject, parseProjectText } from '../../../shared/flow/migrations.ts';
import { PROJECT_VERSION } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';

/** The error that reading gives, as data. */
function problem(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof DialtreeError) return error.toDetail();
    throw error;
  }
  throw new Error('It was read without an error.');
}

const minimal = {
  format: 'dialtree',
  version: 1,
  id: 'p',
  name: 'P',
  settings: {},
  numbers: {},
  people: {},
  queues: {},
  prompts: {},
  schedules: {},
  flows: {},
};

describe('a project that can be read', () => {
  test('gets the defaults of what it does not say', () => {
    const { settings } = parseProject(minimal);
    expect(settings).toEqual({
      plan: 'professional',
      language: 'en',
      timeZone: 'Europe/Warsaw',
      ringMs: 5000,
      speech: {},
    });
  });

  test('may begin with a byte order mark', () => {
    expect(parseProjectText(`\uFEFF${JSON.stringify(minimal)}`).id).toBe('p');
  });

  test('is not changed by reading', () => {
    const document = structuredClone(minimal);
    parseProject(document);
    expect(document).toEqual(minimal);
  });
});

describe('project/not-json', () => {
  test.each(['', '{', 'not json', '[1,]', '{"format": "dialtree"'])('%j', (text) => {
    expect(problem(() => parseProjectText(text))).toMatchObject({ code: 'project/not-json', hint: /backup/ });
  });

  test('says so when the file is in the middle of a merge', () => {
    const text = printProject(sampleProject('en')).replace('  "id"', '<<<<<<< ours\n  "id"');
    expect(problem(() => parseProjectText(text)).hint).toMatch(/unfinished merge/);
  });

  test('a text that nests absurdly is refused, not a crash', () => {
    const text = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(['project/not-json', 'project/wrong-format']).toContain(problem(() => parseProjectText(text)).code);
  });
});

describe('project/wrong-format', () => {
  test.each([null, 1, 'dialtree', [], {}, { format: 'other', version: 1 }])('%j', (json) => {
    expect(problem(() => parseProject(json)).code).toBe('project/wrong-format');
  });
});

describe('project/newer-version', () => {
  test('is refused before anything of it is looked at, with both versions', () => {
    const document = { format: 'dialtree', version: PROJECT_VERSION + 1, somethingNew: {} };
    expect(problem(() => parseProject(document))).toMatchObject({
      code: 'project/newer-version',
      params: { version: PROJECT_VERSION + 1, supported: PROJECT_VERSION },
      hint: /Update/,
    });
  });
});

describe('project/invalid', () => {
  test.each([undefined, '1', 0, 1.5, -1])('version %j', (version) => {
    expect(problem(() => parseProject({ ...minimal, version }))).toMatchObject({
      code: 'project/invalid',
      params: { path: 'version' },
    });
  });

  test('names the first places and how many there are', () => {
    const people = Object.fromEntries([1, 2, 3, 4].map((n) => [`p${n}`, { name: '', extension: '101' }]));
    const { message, params } = problem(() => parseProject({ ...minimal, people }));
    expect(params).toMatchObject({ path: 'people.p1.name', count: 4 });
    expect(message).toMatch(/people\.p1\.name: .*people\.p2\.name: .*people\.p3\.name: .*; and 1 more/);
  });

  test('refuses what it does not know rather than lose it', () => {
    const { params } = problem(() => parseProject({ ...minimal, settings: { colour: 'red' } }));
    expect(params?.path).toBe('settings');
  });

  test('says what an id may be', () => {
    const { message } = problem(() => parseProject({ ...minimal, people: { 'a b': { name: 'A', extension: '10' } } }));
    expect(message).toMatch(/people\.a b: an id is 1 to 64 letters/);
  });

  test('says where a node is wrong', () => {
    const project = sampleProject('en');
    const main = project.flows.main!.nodes.main!;
    Object.assign(main.data, { noInputAttempts: 0 });
    expect(problem(() => parseProject(project)).params?.path).toBe('flows.main.nodes.main.data.noInputAttempts');
  });

  test('a member called __proto__ is refused: it would be lost', () => {
    const text = JSON.stringify(minimal).replace('"people":{}', '"people":{"__proto__":{"name":"A"}}');
    expect(problem(() => parseProjectText(text)).params?.path).toBe('people.__proto__');
  });

  test('a document that nests absurdly is refused, not a crash', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n++) deep = { deep };
    expect(problem(() => parseProject({ ...minimal, settings: { deep } })).code).toBe('project/invalid');
  });
});

describe('migrations', () => {
  const migrations = {
    1: (document: object) => ({ ...document, second: true }),
    2: (document: object) => ({ ...document, third: true }),
  };

  test('run one after the other up to the version wanted, and count it', () => {
    const old = { version: 1, first: true };
    expect(migrate(old, migrations, 3)).toEqual({ version: 3, first: true, second: true, third: true });
    expect(migrate({ version: 2 }, migrations, 3)).toEqual({ version: 3, third: true });
    expect(old).toEqual({ version: 1, first: true });
  });

  test('leave a document of that version as it is', () => {
    const document = { version: 3 };
    expect(migrate(document, migrations, 3)).toBe(document);
  });
});
