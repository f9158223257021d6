import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileHandlers, folderName } from '../../../../electron/services/files/file-handlers.ts';
import { MediaFolder } from '../../../../electron/services/project/media-store.ts';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { MAX_BUNDLE_BYTES } from '../../../../shared/bridge/files.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { rawZip } from '../../../support/raw-zip.ts';
import { sampleProject } from '../../../support/sample-project.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const WINDOW = 'w1';

/** The calls about files over a real folder. */
function installation() {
  const dataDir = tempDir();
  const projects = new ProjectStore(dataDir);
  const media = new MediaFolder(() => projects.mediaDir());
  const opened: number[] = [];
  const services = {
    projects,
    media,
    language: () => 'en' as const,
    newProjectId: () => 'p-new',
    opened: (revision: number) => opened.push(revision),
  };
  const handlers = fileHandlers(() => services);
  return { dataDir, projects, media, opened, handlers, folders: () => readdirSync(join(dataDir, 'projects')).sort() };
}
const WAV = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(50, 3)]);

describe('projects as files', () => {
  it('[BU7] go to another installation and are a project of their own there, with their recordings', async () => {
    const one = installation();
    await one.projects.current('en');
    const hash = await one.media.write(WAV);
    const { project, revision } = await one.projects.current();
    const source = { kind: 'audio', sha256: hash, fileName: 'hello.wav', durationMs: 3 } as const;
    const spoken = {
      ...project,
      name: 'Żółty sklep / Łódź',
      prompts: { p: { name: 'Hello', sources: { en: source } } },
    };
    await one.projects.save(ProjectSchema.parse(spoken), revision);
    const { fileName, zipBase64, missing } = await one.handlers['files.export']({}, WINDOW);
    expect({ fileName, missing }).toEqual({ fileName: 'Zolty-sklep-Lodz.dialtree', missing: 0 });

    const two = installation();
    const before = await two.projects.current('en');
    const { path, missing: lost } = await two.handlers['files.import']({ zipBase64 }, WINDOW);
    expect(lost).toBe(0);
    expect((await two.projects.current()).project).toEqual((await one.projects.current()).project);
    expect(await two.media.read(hash)).toEqual(WAV);
    expect(existsSync(join(path, 'media', `${hash}.wav`))).toBe(true);
    expect(two.opened).toHaveLength(1);
    // What was open is as it was.
    expect(readFileSync(join(before.path, 'project.json'), 'utf8')).toBe(printProject(before.project));
    await two.handlers['files.import']({ zipBase64 }, WINDOW);
    expect(two.folders()).toEqual(['Zolty-sklep-Lodz', 'Zolty-sklep-Lodz-2', 'sample']);
  });

  it('[BU2] change nothing when a file is no good', async () => {
    const { handlers, projects, folders, opened } = installation();
    const { path, revision } = await projects.current('en');
    const bad = rawZip([
      { name: 'project.json', content: printProject(sampleProject()) },
      { name: '../../evil.sh', content: 'x' },
    ]);
    await expect(handlers['files.import']({ zipBase64: bad.toString('base64') }, WINDOW)).rejects.toMatchObject({
      code: expect.stringMatching(/^bundle\//),
    });
    await expect(
      handlers['files.import']({ zipBase64: 'A'.repeat(MAX_BUNDLE_BYTES * 1.4) }, WINDOW),
    ).rejects.toMatchObject({
      code: 'bundle/too-large',
    });
    expect(await projects.current()).toMatchObject({ path, revision });
    expect(folders()).toEqual(['sample']);
    expect(opened).toEqual([]);
  });

  it('begin empty, under their name', async () => {
    const { handlers, projects, folders } = installation();
    await handlers['files.create']({ name: 'Night desk', language: 'pl' }, WINDOW);
    expect((await projects.current()).project).toMatchObject({
      id: 'p-new',
      name: 'Night desk',
      flows: {},
      settings: { language: 'pl' },
    });
    expect(folders()).toEqual(['Night-desk']);
  });

  it('are listed as they were opened, without those that are gone', async () => {
    const { handlers, projects, dataDir } = installation();
    await projects.current('en');
    await handlers['files.create']({ name: 'A', language: 'en' }, WINDOW);
    await handlers['files.create']({ name: 'B', language: 'en' }, WINDOW);
    await projects.open(join(dataDir, 'projects', 'A'));
    const names = async () => (await handlers['files.recent']({}, WINDOW)).map(({ name }) => name);
    expect(await names()).toEqual(['A', 'B', 'Harbour Bikes']);
    // The next start opens the last one.
    expect((await new ProjectStore(dataDir).current()).project.name).toBe('A');
  });
});

it.each([
  ['Łódź – sklep', 'Lodz-sklep'],
  ['../../etc', 'etc'],
  ['  ', 'project'],
  ['CON', 'project-CON'],
  ['日本', 'project'],
  ['a'.repeat(100), 'a'.repeat(60)],
])('the project %j is the folder %s', (name, folder) => expect(folderName(name)).toBe(folder));
