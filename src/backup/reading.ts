import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import type { TenantId } from "#core/ids";
import { type StoreContents, type StoredRecord, storedRecordSchema } from "#core/migration/record";
import { Refusal } from "#core/refusal";
import { fileFailureOf } from "#src/store/sqlite/failure";
import {
  type About,
  ALWAYS_INFLATED_BYTES,
  aboutSchema,
  endSchema,
  FORMAT,
  LONGEST_HEADER_BYTES,
  LONGEST_RECORD_CHARACTERS,
  MOST_GROWTH,
  type Section,
  sectionSchema,
  versionSchema,
} from "./format.ts";

const CHUNK_BYTES = 64 * 1024;

interface Placed extends Section {
  /** Of its first byte in the file. */
  readonly at: number;
}

/** A backup whose every byte was checked. */
export interface Backup extends StoreContents {
  readonly about: About;
  readonly records: StoreContents["records"];
  /** The same for the same backup, and for no other. */
  readonly digest: string;
}

const damaged = (file: string, cause?: unknown): Refusal =>
  new Refusal((say) => say.backup.damaged(file), { cause });

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A tenant's record that names another one would be written to that one. */
const isOf = (tenant: TenantId, record: StoredRecord): boolean =>
  Object.values(record).every(
    (value) => typeof value !== "object" || value === null || !("tenant" in value) || value.tenant === tenant,
  );

class BackupFile {
  readonly #file: string;
  readonly #handle: FileHandle;

  constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  async #read(into: Buffer, at: number): Promise<number> {
    try {
      return (await this.#handle.read(into, 0, into.length, at)).bytesRead;
    } catch (error) {
      throw fileFailureOf(error, this.#file);
    }
  }

  /** The line that begins there, its end included. */
  async #lineAt(at: number): Promise<Buffer> {
    const start = Buffer.alloc(LONGEST_HEADER_BYTES);
    const bytesRead = await this.#read(start, at);
    const end = start.subarray(0, bytesRead).indexOf(0x0a);
    if (end < 0) throw damaged(this.#file);
    return start.subarray(0, end + 1);
  }

  #parsed<Schema extends z.ZodType>(schema: Schema, line: Buffer): z.output<Schema> {
    const { data, error } = schema.safeParse(jsonIn(line.toString("utf8")));
    if (error !== undefined) throw damaged(this.#file, error);
    return data;
  }

  #aboutIn(line: Buffer): About {
    const version = versionSchema.safeParse(jsonIn(line.toString("utf8"))).data;
    if (version === undefined) throw new Refusal((say) => say.backup.noBackup(this.#file));
    if (version.version > FORMAT) throw new Refusal((say) => say.backup.newer(this.#file));
    return this.#parsed(aboutSchema, line);
  }

  async *#bytesOf({ at, bytes }: Placed): AsyncGenerator<Buffer> {
    for (let done = 0; done < bytes; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, bytes - done));
      const bytesRead = await this.#read(chunk, at + done);
      if (bytesRead === 0) throw damaged(this.#file);
      yield chunk.subarray(0, bytesRead);
      done += bytesRead;
    }
  }

  async #digestOf(section: Placed): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of this.#bytesOf(section)) hash.update(chunk);
    return hash.digest("hex");
  }

  /** Everything but what the bytes of the tenants hold. */
  async index(): Promise<{ about: About; sections: Map<TenantId, Placed>; digest: string }> {
    const lines: Hash = createHash("sha256");
    const stats = await this.#handle.stat();
    // A folder opens like a file; so does a pipe, which is read only once.
    if (!stats.isFile()) throw new Refusal((say) => say.backup.noBackup(this.#file));
    const { size } = stats;
    const first = await this.#lineAt(0).catch((cause: unknown) => {
      throw cause instanceof Refusal ? new Refusal((say) => say.backup.noBackup(this.#file)) : cause;
    });
    const about = this.#aboutIn(first);
    lines.update(first);
    const sections = new Map<TenantId, Placed>();
    let records = 0;
    for (let at = first.length; ; ) {
      const line = await this.#lineAt(at);
      at += line.length;
      const last = endSchema.safeParse(jsonIn(line.toString("utf8"))).data;
      if (last !== undefined) {
        const isWhole = last.tenants === sections.size && last.records === records && at === size;
        if (!isWhole || last.sha256 !== lines.digest("hex")) throw damaged(this.#file);
        return { about, sections, digest: last.sha256 };
      }
      const section = { ...this.#parsed(sectionSchema, line), at };
      if (at + section.bytes > size || sections.has(section.tenant)) throw damaged(this.#file);
      if ((await this.#digestOf(section)) !== section.sha256) throw damaged(this.#file);
      lines.update(line);
      sections.set(section.tenant, section);
      records += section.records;
      at += section.bytes;
    }
  }

  /** The lines of a section, never more of them in memory than one record and one chunk. */
  async *#linesOf(section: Placed): AsyncGenerator<string> {
    const most = ALWAYS_INFLATED_BYTES + MOST_GROWTH * section.bytes;
    let [left, length, total]: [string[], number, number] = [[], 0, 0];
    const text = new TextDecoder("utf-8", { fatal: true });
    const inflated = createGunzip();
    const flow = pipeline(Readable.from(this.#bytesOf(section)), inflated);
    // What goes wrong is told to whoever reads the end of it.
    flow.catch(() => {});
    try {
      for await (const chunk of inflated) {
        total += (chunk as Uint8Array).length;
        if (total > most) throw damaged(this.#file, new Error("it inflates to more than a backup would"));
        const [first = "", ...more] = text.decode(chunk as Uint8Array, { stream: true }).split("\n");
        left.push(first);
        length += first.length;
        if (length > LONGEST_RECORD_CHARACTERS) throw damaged(this.#file);
        for (const next of more) {
          yield left.join("");
          [left, length] = [[next], next.length];
        }
      }
    } finally {
      inflated.destroy();
    }
    if (length > 0) throw damaged(this.#file);
  }

  /** @throws Refusal where anything is not a record of that tenant */
  async *recordsOf(section: Placed): AsyncGenerator<StoredRecord> {
    let count = 0;
    try {
      for await (const line of this.#linesOf(section)) {
        const record = storedRecordSchema.parse(JSON.parse(line));
        if (!isOf(section.tenant, record)) throw new Error("a record names another tenant");
        count += 1;
        yield record;
      }
    } catch (error) {
      throw error instanceof Refusal ? error : damaged(this.#file, error);
    }
    if (count !== section.records) throw damaged(this.#file);
  }
}

/**
 * Opens a backup and reads it to its end, so that what is damaged is known before anything is written of it.
 *
 * @throws Refusal where it is none, is damaged, was made by a later release, or inflates without end
 * @throws StoreFailure where the file cannot be read
 */
export const openBackup = async (file: string): Promise<Backup> => {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw fileFailureOf(error, file);
  });
  try {
    const opened = new BackupFile(file, handle);
    const { about, sections, digest } = await opened.index();
    for (const section of sections.values()) for await (const _ of opened.recordsOf(section));
    return {
      about,
      digest,
      tenants: async () => [...sections.keys()],
      records: async function* (tenant, now) {
        const section = sections.get(tenant);
        if (section === undefined) return;
        for await (const record of opened.recordsOf(section))
          if (record.kind !== "action" || record.expiresAt > now) yield record;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
};
