import { type FileHandle, open } from 'node:fs/promises';
import { SAMPLE_RATE } from '../../media/g711.ts';
import { WAV_HEADER_BYTES, type WavFormat, wavHeader } from '../../media/wav.ts';

const MONO: WavFormat = { sampleRate: SAMPLE_RATE, channels: 1 };

/**
 * A WAV file (16 bits) that grows. Its header is put right after each piece, so that the file can be played
 * at every moment, also after a crash. Pieces are written one after the other.
 */
export class WavFile {
  readonly #file: FileHandle;
  /** Bytes of a sample of every channel: a part of one is never kept. */
  readonly #block: number;
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, { channels }: WavFormat) {
    this.#file = file;
    this.#block = 2 * channels;
  }

  /** Makes the file, mono at 8 kHz unless told otherwise. Rejects when it exists or cannot be written. */
  static async create(path: string, format = MONO): Promise<WavFile> {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.write(wavHeader(format, 0), 0, WAV_HEADER_BYTES, 0);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new WavFile(file, format);
  }

  /** Samples of several channels take turns. Rejects when it cannot be written; then so does everything after it. */
  append(samples: Int16Array): Promise<void> {
    this.#last = this.#last.then(() => this.#write(samples));
    return this.#last;
  }

  /** Cuts the sound at its end. */
  truncate(samples: number): Promise<void> {
    this.#last = this.#last.then(async () => {
      this.#bytes = Math.min(this.#bytes, samples * this.#block);
      await this.#file.truncate(WAV_HEADER_BYTES + this.#bytes);
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
        const position = WAV_HEADER_BYTES + this.#bytes + written;
        written += (await this.#file.write(data, written, data.length - written, position)).bytesWritten;
      }
    } finally {
      this.#bytes += written - (written % this.#block);
      await this.#writeSizes();
    }
  }

  async #writeSizes(): Promise<void> {
    const sizes = Buffer.alloc(4);
    sizes.writeUInt32LE(WAV_HEADER_BYTES - 8 + this.#bytes);
    await this.#file.write(sizes, 0, 4, 4);
    sizes.writeUInt32LE(this.#bytes);
    await this.#file.write(sizes, 0, 4, WAV_HEADER_BYTES - 4);
  }
}
