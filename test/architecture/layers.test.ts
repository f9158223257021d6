import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The arrows of the architecture: each layer → what it may import from. The compiler checks the same by references. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'shared/lib': [],
  'shared/flow': ['shared/lib'],
  'shared/engine': ['shared/flow', 'shared/lib'],
  'shared/analyze': ['shared/engine', 'shared/flow', 'shared/lib'],
  'shared/queue': ['shared/engine', 'shared/flow', 'shared/lib'],
  'shared/import': ['shared/flow', 'shared/lib'],
  'shared/bridge': ['shared/engine', 'shared/flow', 'shared/lib'],
  'electron/sip': ['shared/lib'],
  'electron/media': ['shared/lib'],
  'electron/pbx': ['electron/sip', 'electron/media', 'shared/*'],
  'electron/services': ['shared/*'],
  'electron/cli': ['shared/*'],
  'electron/preload': ['shared/bridge', 'shared/lib'],
  'electron/main': ['electron/services', 'shared/*'],
  'electron/host': ['electron/services', 'shared/*'],
  renderer: ['shared/*'],
};

/** Package → the only folders that may import it. */
const PACKAGE_OWNERS: Readonly<Record<string, readonly string[]>> = {
  electron: ['electron/main', 'electron/preload'],
  jssip: ['renderer/phone'],
  '@xyflow/react': ['renderer/canvas'],
  werift: ['electron/media'],
  'libopus-wasm': ['electron/media/opus'],
  ws: ['electron/sip', 'electron/host'],
  '@echogarden/espeak-ng-emscripten': ['electron/services/speech'],
  'mpg123-decoder': ['electron/services/audio'],
  '@wasm-audio-decoders/flac': ['electron/services/audio'],
  '@wasm-audio-decoders/ogg-vorbis': ['electron/services/audio'],
  '@marcbachmann/cel-js': ['shared/engine/expression'],
};

/** Packages that the pure layers may use. */
const PURE_PACKAGES = ['zod', '@marcbachmann/cel-js'];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function sourceFiles(dir: string): string[] {
  return readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => `${dir}/${file.split(sep).join('/')}`);
}

const files = ['shared', 'electron', 'renderer'].flatMap(sourceFiles);

/** A file without its comments, where words like "from" and "any" mean nothing. */
const codeOf = (file: string) =>
  readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

const imports: Import[] = files.flatMap((file) =>
  [
    ...codeOf(file).matchAll(
      /^(?:import|export)\s(?:[^'";=]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
    ),
  ].map((match) => ({
    file,
    specifier: (match[1] ?? match[2])!,
  })),
);

const layerOf = (file: string) => Object.keys(ARROWS).find((layer) => file.startsWith(`${layer}/`));

function targetOf({ file, specifier }: Import): string {
  return relative(ROOT, resolve(join(ROOT, dirname(file)), specifier))
    .split(sep)
    .join('/');
}

const packageOf = (specifier: string) =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!;

describe('layers', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('has every source file in a layer', () => {
    expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
  });

  it('imports only along the arrows', () => {
    const wrong = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      // `npm run dev` builds the window by the build's own configuration.
      .filter((entry) => targetOf(entry) !== 'electron.vite.config.ts')
      .filter((entry) => {
        const from = layerOf(entry.file)!;
        const to = layerOf(targetOf(entry));
        const allowed = ARROWS[from]!.some(
          (arrow) => arrow === to || (arrow === 'shared/*' && to?.startsWith('shared/')),
        );
        return from !== to && !allowed;
      });
    expect(wrong).toEqual([]);
  });

  it('keeps shared/ free of everything but the language and its few packages', () => {
    const wrong = imports.filter(
      ({ file, specifier }) =>
        file.startsWith('shared/') && !specifier.startsWith('.') && !PURE_PACKAGES.includes(packageOf(specifier)),
    );
    expect(wrong).toEqual([]);
  });

  it('lets each foreign package in at one place only', () => {
    const wrong = imports.filter(({ file, specifier }) => {
      const owners = PACKAGE_OWNERS[packageOf(specifier)];
      return (
        owners !== undefined && !specifier.endsWith('.css') && !owners.some((owner) => file.startsWith(`${owner}/`))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('has no `any` in shared/', () => {
    const wrong = files.filter((file) => file.startsWith('shared/') && /:\s*any\b|<any>|\bas any\b/.test(codeOf(file)));
    expect(wrong).toEqual([]);
  });

  it('keeps every file under 600 lines', () => {
    const long = files.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 600);
    expect(long).toEqual([]);
  });
});
