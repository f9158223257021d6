import { filtered, kWeighting } from './k-weighting.ts';

/** What prompts are brought to: EBU R 128's −16 LUFS of stereo speech online is −19 in one channel. */
export const TARGET_LUFS = -19;
/** Nothing gets nearer to full scale, dBFS: codecs overshoot. */
const CEILING_DBFS = -1;
/** A recording that needs more would be mostly noise. */
const MAX_GAIN_DB = 20;

const BLOCK_MS = 400;
/** Blocks overlap by three quarters. */
const STEP_MS = 100;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/**
 * Integrated loudness of one channel in LUFS (ITU-R BS.1770-4, annex 1): blocks that are silent, or 10 LU below the
 * others, do not count. −Infinity for silence. What is shorter than a block is one.
 */
export function loudnessLufs(samples: Float32Array, sampleRateHz: number): number {
  const [shelf, highPass] = kWeighting(sampleRateHz);
  const powers = blockPowers(filtered(filtered(samples, shelf), highPass), sampleRateHz);
  const audible = powers.filter((power) => lufs(power) > ABSOLUTE_GATE_LUFS);
  const gate = lufs(mean(audible)) + RELATIVE_GATE_LU;
  return lufs(mean(audible.filter((power) => lufs(power) > gate)));
}

/** The factor that brings a recording to `TARGET_LUFS`, or as near as its peaks allow; 1 for silence. */
export function normalisingGain(samples: Float32Array, sampleRateHz: number): number {
  const loudness = loudnessLufs(samples, sampleRateHz);
  if (!Number.isFinite(loudness)) return 1;
  const wanted = decibels(Math.min(MAX_GAIN_DB, TARGET_LUFS - loudness));
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return Math.min(wanted, decibels(CEILING_DBFS) / peak);
}

/** Mean square of each block. */
function blockPowers(samples: Float64Array, sampleRateHz: number): number[] {
  const block = Math.min(samples.length, Math.round((sampleRateHz * BLOCK_MS) / 1000));
  const step = Math.max(1, Math.round((sampleRateHz * STEP_MS) / 1000));
  const powers: number[] = [];
  for (let from = 0; block > 0 && from + block <= samples.length; from += step) {
    let sum = 0;
    for (let i = from; i < from + block; i++) sum += samples[i]! ** 2;
    powers.push(sum / block);
  }
  return powers;
}

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function decibels(db: number): number {
  return 10 ** (db / 20);
}
