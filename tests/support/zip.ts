import { crc32, inflateRawSync } from 'node:zlib';

/** The files of a ZIP archive by their paths, each checked against its sum. Throws for anything that is none. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no ZIP archive');
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    if (bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw new Error('a broken directory');
    const [method, sum] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16)];
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const lengths = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const name = bytes.toString('utf8', at + 46, at + 46 + lengths[0]!);
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(begin, begin + packed);
    const file = method === 8 ? inflateRawSync(data) : data;
    if (file.length !== size || crc32(file) !== sum) throw new Error(`${name} is broken`);
    files.set(name, file);
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return files;
}
