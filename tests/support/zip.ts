import { deflateRawSync } from 'node:zlib';

/** One entry of a test zip; `declares` is a size that the headers tell instead of the true one. */
export interface ZipEntry {
  name: string;
  content: string | Buffer;
  declares?: number;
}

/** A zip with deflated entries, true or lying about their sizes. */
export function buildZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declares } of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw, { level: 1 });
    const fields = { name: Buffer.from(name), packed, crc: crc32(raw), size: declares ?? raw.length };
    const local = Buffer.concat([header(0x04034b50, fields), fields.name, packed]);
    central.push(centralHeader(fields, offset));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

interface Fields {
  name: Buffer;
  packed: Buffer;
  crc: number;
  size: number;
}

const UTF8_NAMES = 0x0800;
const DEFLATE = 8;

function header(signature: number, { name, packed, crc, size }: Fields): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(UTF8_NAMES, 6);
  bytes.writeUInt16LE(DEFLATE, 8);
  bytes.writeUInt32LE(crc, 14);
  bytes.writeUInt32LE(packed.length, 18);
  bytes.writeUInt32LE(size, 22);
  bytes.writeUInt16LE(name.length, 26);
  return bytes;
}

function centralHeader(fields: Fields, offset: number): Buffer {
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(20, 4);
  // From `version needed` on, both headers hold the same fields.
  header(0, fields).copy(bytes, 6, 4, 30);
  bytes.writeUInt32LE(offset, 42);
  return Buffer.concat([bytes, fields.name]);
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
