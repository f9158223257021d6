import { SAMPLE_RATE } from '../g711.ts';
import { COLUMNS_HZ, KEYS, ROWS_HZ, ZERO_DBM0 } from './frequencies.ts';
import { goertzel, type Phasor, power } from './goertzel.ts';

/** Any of the sixteen, A–D too. */
export type ToneKey = string;

const radiansOf = (hz: number): number => (2 * Math.PI * hz) / SAMPLE_RATE;
const ROWS = ROWS_HZ.map(radiansOf);
const COLUMNS = COLUMNS_HZ.map(radiansOf);

/** Windows of 15 ms, every 5 ms: short enough for tones 1.5 % beside their place, long enough to tell them apart. */
const WINDOW = 120;
const HOP = 40;
/** A tone of 40 ms gives seven of them, one of 23 ms at most four (ITU-T Q.24). */
const WINDOWS_TO_BEGIN = 5;
/** A pause of 40 ms gives seven; breaks of up to 15 ms are none. */
const WINDOWS_TO_END = 4;

/** What is missing of the sound for longer than that may have been a pause: 60 ms. */
const LONGEST_SKIP = 480;

/** Weaker tones are none. Each of a key's comes with −25 dBm0 and more. */
const WEAKEST = powerOf(ZERO_DBM0 * 10 ** (-34 / 20));
/** How much stronger one tone may be than the other: 6 dB, and what is lost beside the exact frequency. */
const TWIST = 10 ** (9 / 10);
/** How much stronger a tone is than the others of its group. */
const LEAD = 10 ** (7 / 10);
/** Part of the sound that is the two tones: the rest is noise, or it is speech. */
const SHARE = 0.6;
/** How far a tone may lie beside its frequency: 1.5 % must be taken, 3.5 % must not (ITU-T Q.24). */
const OFF_FREQUENCY = 0.026;

function powerOf(amplitude: number): number {
  return ((amplitude * WINDOW) / 2) ** 2;
}

interface Tones {
  readonly row: number;
  readonly column: number;
  readonly rowPhasor: Phasor;
  readonly columnPhasor: Phasor;
}

/**
 * Finds keys that are pressed as tones in the sound itself (DTMF, ITU-T Q.23, Q.24), 8000 Hz. Both tones must be there,
 * alone, about equally strong, at their frequencies (measured by how their phase moves on) and for 30 ms: speech hardly
 * ever is.
 */
export class ToneDetector {
  readonly #onKey: (key: ToneKey) => void;
  readonly #window = new Float64Array(WINDOW);
  /** Samples in the window. */
  #filled = 0;
  /** What sounds, told already. */
  #sounding: ToneKey | undefined;
  #misses = 0;
  /** What may be a key, for how many windows, and how its phases moved meanwhile. */
  #candidate: ToneKey | undefined;
  #hits = 0;
  #before: Tones | undefined;
  #rowTurn: Phasor = { re: 0, im: 0 };
  #columnTurn: Phasor = { re: 0, im: 0 };

  constructor(onKey: (key: ToneKey) => void) {
    this.#onKey = onKey;
  }

  receive(samples: Int16Array): void {
    for (const sample of samples) {
      this.#window[this.#filled++] = sample;
      if (this.#filled < WINDOW) continue;
      this.#judge();
      this.#window.copyWithin(0, HOP);
      this.#filled = WINDOW - HOP;
    }
  }

  /** A piece of the sound is missing. A tone that goes on after it is the same one, unless the piece was long. */
  skip(samples: number): void {
    this.#filled = 0;
    this.#forget();
    if (samples > LONGEST_SKIP) this.#sounding = undefined;
  }

  #judge(): void {
    const tones = this.#tones();
    const key = tones && KEYS[tones.row]?.[tones.column];
    if (tones === undefined || key === undefined) {
      this.#forget();
      this.#miss();
      return;
    }
    if (key === this.#candidate && this.#before !== undefined) {
      this.#rowTurn = turned(this.#rowTurn, this.#before.rowPhasor, tones.rowPhasor);
      this.#columnTurn = turned(this.#columnTurn, this.#before.columnPhasor, tones.columnPhasor);
      this.#hits++;
    } else {
      this.#forget();
      this.#candidate = key;
      this.#hits = 1;
    }
    this.#before = tones;
    if (key === this.#sounding) this.#misses = 0;
    else this.#miss();
    if (this.#hits < WINDOWS_TO_BEGIN || key === this.#sounding || !this.#isAtItsPlace(tones)) return;
    this.#sounding = key;
    this.#misses = 0;
    this.#onKey(key);
  }

  #forget(): void {
    this.#candidate = undefined;
    this.#before = undefined;
    this.#hits = 0;
    this.#rowTurn = { re: 0, im: 0 };
    this.#columnTurn = { re: 0, im: 0 };
  }

  #miss(): void {
    this.#misses++;
    if (this.#misses >= WINDOWS_TO_END) this.#sounding = undefined;
  }

  /** The two tones of the window, if it has them and hardly anything else. */
  #tones(): Tones | undefined {
    let energy = 0;
    for (const sample of this.#window) energy += sample * sample;
    if (energy * WINDOW < 4 * WEAKEST) return undefined;
    const row = strongest(this.#window, ROWS);
    const column = strongest(this.#window, COLUMNS);
    if (row === undefined || column === undefined) return undefined;
    const [low, high] = [power(row.phasor), power(column.phasor)];
    if (Math.min(low, high) < WEAKEST || low > high * TWIST || high > low * TWIST) return undefined;
    if (2 * (low + high) < SHARE * WINDOW * energy) return undefined;
    return { row: row.index, column: column.index, rowPhasor: row.phasor, columnPhasor: column.phasor };
  }

  #isAtItsPlace({ row, column }: Tones): boolean {
    return isNear(this.#rowTurn, ROWS[row] ?? 0) && isNear(this.#columnTurn, COLUMNS[column] ?? 0);
  }
}

function strongest(
  window: Float64Array,
  group: readonly number[],
): { readonly index: number; readonly phasor: Phasor } | undefined {
  const phasors = group.map((radians) => goertzel(window, 0, WINDOW, radians));
  const powers = phasors.map(power);
  const most = Math.max(...powers);
  const index = powers.indexOf(most);
  const phasor = phasors[index];
  const isAlone = powers.every((other, at) => at === index || other * LEAD < most);
  return isAlone && phasor !== undefined ? { index, phasor } : undefined;
}

/** Adds how the phase turned from one window to the next. */
function turned(sum: Phasor, from: Phasor, to: Phasor): Phasor {
  return {
    re: sum.re + to.re * from.re + to.im * from.im,
    im: sum.im + to.im * from.re - to.re * from.im,
  };
}

/** Whether a phase turns as fast as at that frequency. */
function isNear(turn: Phasor, radians: number): boolean {
  const off = Math.atan2(turn.im, turn.re) - radians * HOP;
  const wrapped = off - 2 * Math.PI * Math.round(off / (2 * Math.PI));
  return Math.abs(wrapped) <= OFF_FREQUENCY * radians * HOP;
}
