import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the stand-ins below have in common: a WAV of 22,050 Hz, 16 bits, mono, with a tone of 440 Hz. */
const COMMON = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
const args = process.argv.slice(2);
const after = (...names) => args[args.findIndex((arg) => names.includes(arg)) + 1];
const input = () => readFileSync(0, 'utf8');
const note = (what) => appendFileSync(join(dirname(process.argv[1]), 'runs.jsonl'), JSON.stringify(what) + '\\n');
function tone(path, durationMs) {
  const samples = Math.round(22.05 * durationMs);
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0); wav.writeUInt32LE(36 + 2 * samples, 4); wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(22050, 24); wav.writeUInt32LE(44100, 28); wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34);
  wav.write('data', 36); wav.writeUInt32LE(2 * samples, 40);
  for (let n = 0; n < samples; n++) wav.writeInt16LE(Math.round(10000 * Math.sin((2 * Math.PI * 440 * n) / 22050)), 44 + 2 * n);
  writeFileSync(path, wav);
}
`;

/**
 * Speaks the command line of Piper: a model with its description, lines of text on the input, a WAV file. 50 ms for each
 * letter of the last line, as the program writes the file anew for each. Models named `hangs`, `fails` and `silent` do so.
 */
const PIPER = `${COMMON}
const model = after('-m', '--model');
if (!model || !existsSync(model) || !existsSync(model + '.json')) {
  console.error('Model file does not exist: ' + model);
  process.exit(1);
}
console.error('[piper] [info] Loaded voice in 0.1 second(s)');
if (model.includes('fails')) process.exit(3);
if (model.includes('hangs')) setInterval(() => {}, 1000);
else {
  const lines = input().split('\\n').filter((line) => line !== '');
  note({ args, lines });
  const scale = Number(after('--length_scale', '--length-scale') ?? 1);
  if (!model.includes('silent')) tone(after('-f', '--output_file', '--output-file'), 50 * lines.at(-1).length * scale);
}
`;

/** Speaks the command line of macOS's \`say\`. */
const SAY = `${COMMON}
if (after('-v') === '?') {
  console.log('Alex                en_US    # Most people recognize me by my voice.');
  console.log('Eddy (German (Germany)) de_DE # Hallo! Ich heiße Eddy.');
  console.log('Zosia               pl_PL    # Witaj. Mam na imię Zosia.');
} else if (args.includes('--file-format=WAVE') && after('-f') === '-') {
  note({ args, text: input() });
  tone(after('-o'), 500);
} else process.exit(1);
`;

/** Stands for PowerShell with Windows's voices, as far as the two scripts that it is given go. */
const POWERSHELL = `${COMMON}
const script = after('-Command');
if (script.includes('GetInstalledVoices')) {
  console.log(JSON.stringify([
    { name: 'Microsoft Paulina Desktop', language: 'pl-PL' },
    { name: 'Microsoft Zira Desktop', language: 'en-US' },
  ]));
} else if (script.includes('SetOutputToWaveFile')) {
  const { DIALTREE_VOICE: voice, DIALTREE_RATE: rate, DIALTREE_WAV: wav } = process.env;
  note({ voice, rate, text: input(), isInScript: script.includes(voice) });
  tone(wav, 500);
} else process.exit(1);
`;

const PROGRAMS = { piper: PIPER, say: SAY, powershell: POWERSHELL };

/** Puts a program into a folder, made when missing. Each run of it is a line of `runs`. */
export function installProgram(folder: string, name: keyof typeof PROGRAMS): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  writeFileSync(path, `#!${process.execPath}\n${PROGRAMS[name]}`);
  chmodSync(path, 0o755);
}

/** What the programs of a folder were run with, the first one first. */
export function runsOf(folder: string): unknown[] {
  const lines = readFileSync(join(folder, 'runs.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** Puts a voice of Piper into a folder: its model, which nothing here looks into, and its description. */
export function installPiperVoice(folder: string, name: string, description: object | null = {}): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.onnx`), 'model');
  if (description === null) return;
  const [code = ''] = name.split('-');
  writeFileSync(join(folder, `${name}.onnx.json`), JSON.stringify({ language: { code }, ...description }));
}
