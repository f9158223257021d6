import { type FileHandle, open } from 'node:fs/promises';
import { SAMPLE_RATE } from '../../media/g711.ts';
import { serialiseWav } from '../../media/wav.ts';

const HEADER = serialiseWav({ sampleRate: SAMPLE_RATE, samples: new Int16Array(0) });

/**
 * A WAV file (16-bit mono, 8 kHz) that grows. Its header is put right after each piece, so that the file can be played
 * at every moment, also after a crash. Pieces are written one after the other.
 */
export class WavFile {
  readonly #file: FileHandle;
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Makes the file. Rejects when it exists or cannot be written. */
  static async create(path: string): Promise<WavFile> {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.write(HEADER, 0, HEADER.length, 0);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new WavFile(file);
  }

  /** Rejects when it cannot be written; then so does everything after it. */
  append(samples: Int16Array): Promise<void> {
    this.#last = this.#last.then(() => this.#write(samples));
    return this.#last;
  }

  /** Cuts the sound at its end. */
  truncate(samples: number): Promise<void> {
    this.#last = this.#last.then(async () => {
      this.#bytes = Math.min(this.#bytes, samples * 2);
      await this.#file.truncate(HEADER.length + this.#bytes);
      await this.#writeSizes();
    });
    return this.#last;
  }

  /** Writes what is left to the disk and closes the file, also when something went wrong before. */
  async close(): Promise<void> {
    try {
      await this.#last;
      await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }

  async #write(samples: Int16Array): Promise<void> {
    const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    let written = 0;
    try {
      // A disk that becomes full takes a part at first, without an error.
      while (written < data.length) {
        const position = HEADER.length + this.#bytes + written;
        written += (await this.#file.write(data, written, data.length - written, position)).bytesWritten;
      }
    } finally {
      this.#bytes += written & ~1;
      await this.#writeSizes();
    }
  }

  async #writeSizes(): Promise<void> {
    const sizes = Buffer.alloc(4);
    sizes.writeUInt32LE(HEADER.length - 8 + this.#bytes);
    await this.#file.write(sizes, 0, 4, 4);
    sizes.writeUInt32LE(this.#bytes);
    await this.#file.write(sizes, 0, 4, HEADER.length - 4);
  }
}
