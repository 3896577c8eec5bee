import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { TenantId } from "#core/ids";
import { recordText, type StoreContents } from "#core/migration/record";
import { Refusal } from "#core/refusal";
import { type About, FORMAT, type Section } from "./format.ts";

/** How often a tenant is read that changes while it is read. */
const MOST_TRIES = 8;

export interface Written {
  readonly tenants: number;
  readonly records: number;
  readonly bytes: number;
}

const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** The line before a tenant's bytes, as long whatever the counts are: they are known only behind them. */
const sectionLine = (section: Section): Buffer => {
  const most = Number.MAX_SAFE_INTEGER;
  const longest = JSON.stringify({ ...section, records: most, bytes: most });
  return Buffer.from(`${JSON.stringify(section).padEnd(longest.length)}\n`);
};

const writeAll = async (handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> => {
  // A write may be of a part only, as on a disk that is nearly full.
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
};

/** Writes a tenant's records behind `at`, and gives the section that they make. */
const writeRecords = async (
  handle: FileHandle,
  contents: StoreContents,
  tenant: TenantId,
  now: number,
  at: number,
): Promise<Section> => {
  const hash = createHash("sha256");
  let [records, bytes] = [0, 0];
  const lines = async function* () {
    for await (const record of contents.records(tenant, now)) {
      records += 1;
      yield `${recordText(record)}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createGzip(), async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await writeAll(handle, chunk, at + bytes);
      bytes += chunk.length;
    }
  });
  return { tenant, records, bytes, sha256: hash.digest("hex") };
};

/**
 * Writes everything that a store keeps into an open, empty file.
 *
 * @param from what is read, without a password
 * @throws Refusal where a tenant changes faster than it can be read
 */
export const writeBackup = async (
  handle: FileHandle,
  contents: StoreContents,
  from: string,
  now: number,
): Promise<Written> => {
  const about: About = { rehearsal: "backup", version: FORMAT, at: now, from };
  const first = Buffer.from(lineOf(about));
  const lines = createHash("sha256").update(first);
  await writeAll(handle, first, 0);
  let end = first.length;
  let total = 0;
  const tenants = await contents.tenants();
  for (const tenant of tenants) {
    const blank = sectionLine({ tenant, records: 0, bytes: 0, sha256: "0".repeat(64) });
    const start = end + blank.length;
    for (let tries = 1; ; tries += 1) {
      const before = await contents.revision?.(tenant);
      const section = await writeRecords(handle, contents, tenant, now, start);
      if (before === (await contents.revision?.(tenant))) {
        const line = sectionLine(section);
        lines.update(line);
        await writeAll(handle, line, end);
        end = start + section.bytes;
        total += section.records;
        break;
      }
      if (tries === MOST_TRIES) throw new Refusal((say) => say.backup.restless(from));
      await handle.truncate(end);
    }
  }
  const last = { end: true, tenants: tenants.length, records: total, sha256: lines.digest("hex") };
  const closing = Buffer.from(lineOf(last));
  await writeAll(handle, closing, end);
  await handle.sync();
  return { tenants: tenants.length, records: total, bytes: end + closing.length };
};
