import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as a test wants it, lies included. */
export interface RawEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the directory says it unpacks to, bytes. */
  readonly size?: number;
  readonly crc?: number;
  readonly deflated?: boolean;
  readonly encrypted?: boolean;
  /** Unix file mode, e.g. `0o120777` for a link. */
  readonly mode?: number;
}

/** A zip (PKWARE APPNOTE 4.3) of exactly these entries; nothing is checked. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const plain = Buffer.from(entry.content as Uint8Array);
    const data = entry.deflated ? deflateRawSync(plain, { level: 9 }) : plain;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800 | (entry.encrypted ? 1 : 0), 2);
    shared.writeUInt16LE(entry.deflated ? 8 : 0, 4);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(entry.crc ?? crc32(plain), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(entry.size ?? plain.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), shared, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
