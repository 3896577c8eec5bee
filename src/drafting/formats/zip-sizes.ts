const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;

/** What an archive says that its entries come to, in bytes. Null where it has no readable directory. */
export function zipSizes(archive: Buffer): { readonly entries: number; readonly unpacked: number } | null {
  const from = Math.max(0, archive.length - 65_557);
  let end = -1;
  for (let at = archive.length - 22; at >= from; at -= 1)
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) {
      end = at;
      break;
    }
  if (end < 0) return null;
  const entries = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + ENTRY_BYTES > archive.length || archive.readUInt32LE(at) !== ENTRY) return null;
    unpacked += archive.readUInt32LE(at + 24);
    at +=
      ENTRY_BYTES +
      archive.readUInt16LE(at + 28) +
      archive.readUInt16LE(at + 30) +
      archive.readUInt16LE(at + 32);
  }
  return { entries, unpacked };
}
