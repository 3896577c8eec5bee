import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeBackup } from "#src/backup/backup";
import { placeNamed } from "#src/backup/place";
import { openBackup } from "#src/backup/reading";
import { readConfig } from "#src/config";
import { openSqliteStore } from "#src/store/sqlite/store";
import { fill } from "#test/store/everything";
import { newFolder } from "#test/store/sqlite-folder";
import { refusalOf } from "./calls.ts";
import { forged } from "./forged.ts";

const named = gzipSync('{"kind":"named","member":"m"}\n');

describe("A backup that something happened to", () => {
  const folder = newFolder();
  const file = join(folder.path, "it");
  let whole: Buffer;
  beforeAll(async () => {
    const data = join(folder.path, "a.db");
    const store = await openSqliteStore({ file: data });
    await fill(store);
    await store.close();
    const kept = join(folder.path, "whole");
    await takeBackup(placeNamed(`sqlite:${data}`, readConfig({})), kept, 1_000);
    whole = readFileSync(kept);
  });
  afterAll(() => folder.remove());

  const saidOf = async (bytes: Buffer): Promise<string> => {
    writeFileSync(file, bytes);
    return refusalOf(openBackup(file).then((opened) => opened.close()));
  };

  it("is refused wherever a byte of it is another one", async () => {
    const change = fc.record({ at: fc.nat({ max: whole.length - 1 }), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, by }) => {
        const bytes = Buffer.from(whole);
        bytes[at] = ((bytes[at] ?? 0) + by) % 256;
        expect(await saidOf(bytes)).toMatch(/is damaged or not complete|is no backup|newer version/);
      }),
      { numRuns: 100 },
    );
  });

  it("is refused wherever it ends early, and with anything behind its end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
        expect(await saidOf(whole.subarray(0, length))).toMatch(/is damaged or not complete|is no backup/);
      }),
      { numRuns: 40 },
    );
    expect(await saidOf(Buffer.concat([whole, Buffer.from(" ")]))).toContain("is damaged");
    expect(await saidOf(whole)).toBe("it was not refused");
  });

  it("is refused where it inflates without end, long before it has", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, "\n"));
    const line = gzipSync(Buffer.alloc(20_000_000, "x"));
    const text = "x".repeat(200_000);
    const dossier = { tenant: "t0", kind: "draft", id: "i", text, revision: 1, wakeAt: null };
    const many = gzipSync(`${JSON.stringify({ kind: "dossier", dossier })}\n`.repeat(150));
    expect(await saidOf(forged([{ bytes: bomb }]))).toContain("is damaged");
    expect(await saidOf(forged([{ bytes: line }]))).toContain("is damaged");
    expect(await saidOf(forged([{ bytes: many, records: 150 }]))).toContain("is damaged");
  });

  it("is refused where its digests are right and what they are of is not", async () => {
    const foreign = gzipSync(
      `${JSON.stringify({
        kind: "dossier",
        dossier: { tenant: "another", kind: "draft", id: "i", text: "", revision: 1, wakeAt: null },
      })}\n`,
    );
    for (const bytes of [
      foreign,
      gzipSync("{}\n"),
      gzipSync("no json\n"),
      Buffer.from("no gzip"),
      Buffer.alloc(0),
    ])
      expect(await saidOf(forged([{ bytes }]))).toContain("is damaged");
    expect(await saidOf(forged([{ bytes: named, records: 2 }]))).toContain("is damaged");
    expect(await saidOf(forged([{ bytes: gzipSync('{"kind":"named"') }]))).toContain("is damaged");
    expect(await saidOf(forged([{ bytes: named }]))).toBe("it was not refused");
  });

  it("is told apart from what is none, and from one of a later release", async () => {
    for (const text of ["", "\n", "{}\n", "SQLite format 3\0", "x".repeat(100_000)])
      expect(await saidOf(Buffer.from(text))).toContain("is no backup of Rehearsal");
    expect(await saidOf(forged([{ bytes: named }], { version: 2, more: 1 }))).toContain("newer version");
    expect(await refusalOf(openBackup(join(folder.path, "none")))).toContain("StoreFailure");
  });
});
