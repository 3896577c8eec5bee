import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const DEFLATED = 8;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its own header stands. */
  readonly at: number;
}

/** The entries of an archive by its directory; null where it has no readable one. */
function entriesOf(archive: Buffer): readonly Entry[] | null {
  const from = Math.max(0, archive.length - 65_557);
  let end = -1;
  for (let at = archive.length - 22; at >= from; at -= 1)
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) {
      end = at;
      break;
    }
  if (end < 0) return null;
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (at + ENTRY_BYTES > archive.length || archive.readUInt32LE(at) !== ENTRY) return null;
    entries.push({
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      unpacked: archive.readUInt32LE(at + 24),
      at: archive.readUInt32LE(at + 42),
    });
    at +=
      ENTRY_BYTES +
      archive.readUInt16LE(at + 28) +
      archive.readUInt16LE(at + 30) +
      archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** The bytes of an entry as they are packed; null where the archive ends before them. */
function packedBytes(archive: Buffer, { at, packed }: Entry): Buffer | null {
  if (at + LOCAL_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL) return null;
  const start = at + LOCAL_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  return start + packed > archive.length ? null : archive.subarray(start, start + packed);
}

/**
 * Whether an archive unpacks to no more than so many bytes, whatever its directory says: each entry is unpacked once,
 * and no further than that. Null where it is no readable archive.
 */
export function unpacksWithin(archive: Buffer, most: number, mostEntries: number): boolean | null {
  const entries = entriesOf(archive);
  if (entries === null) return null;
  if (entries.length > mostEntries) return false;
  if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > most) return false;
  let left = most;
  for (const entry of entries) {
    if (entry.method !== DEFLATED) continue;
    const bytes = packedBytes(archive, entry);
    if (bytes === null) return null;
    try {
      left -= inflateRawSync(bytes, { maxOutputLength: Math.max(1, left) }).length;
    } catch (error) {
      if (error instanceof RangeError) return false;
      if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) return null;
      throw error;
    }
  }
  return true;
}
