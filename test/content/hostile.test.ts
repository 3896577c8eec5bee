import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadLibrary } from "#src/content/library";
import { publishContent } from "#src/content/publish";
import { ContentFolder } from "#test/content/folder";

const QUESTION = "sample/warm-up.json";
const RUBRIC = "sample/warm-up.rubric.json";
const PACK = "sample/pack.json";

describe("content that cannot be read", () => {
  it("is reported as one fault, without a stack trace to read", () => {
    const folder = new ContentFolder();
    const missing = folder.path("nowhere");
    expect(folder.faultsOf(() => loadLibrary(missing))).toEqual([
      { file: "nowhere", line: 1, column: 1, reason: "there is no such file or folder" },
    ]);
    expect(folder.faultsOf(() => loadLibrary(folder.path(QUESTION)))).toEqual([
      { file: QUESTION, line: 1, column: 1, reason: "this is not a folder" },
    ]);
  });

  it("has at least one pack", () => {
    const folder = new ContentFolder();
    folder.remove("sample");
    expect(folder.faults()[0]).toMatchObject({
      file: "",
      reason: "there is no question pack here: no pack.json, and no folder that has one",
    });
  });

  it("is a file of at most 1 MB in UTF-8", () => {
    const folder = new ContentFolder();
    folder.write(QUESTION, " ".repeat(1_048_577));
    folder.write("sample/decay.json", Uint8Array.of(0x7b, 0xff, 0x7d));
    expect(folder.complaints()).toEqual([
      `${QUESTION}:1:1 the file has 1048577 bytes; at most 1048576 are read`,
      "sample/decay.json:1:1 the file is not UTF-8 text",
    ]);
  });

  it("is not a folder in the place of a file, nor a link to nowhere", () => {
    const folder = new ContentFolder();
    folder.remove(QUESTION);
    symlinkSync(folder.path("gone.json"), folder.path(QUESTION));
    folder.remove("published.json");
    mkdirSync(folder.path("published.json"));
    expect(folder.complaints()).toEqual([
      `${QUESTION}:1:1 there is no such file or folder`,
      "published.json:1:1 this is not a file",
    ]);
  });
});

const SAMPLE_PACK = resolve(import.meta.dirname, "../../docs/sample-pack");
const LEADS_OUT = "this is a link that leads out of its folder; put the file itself here";

/** A folder beside the content, which no pack has any business with. */
function elsewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-elsewhere-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Moves a file of a pack to another folder and leaves a link to it. */
function linkOut(folder: ContentFolder, file: string, target = join(elsewhere(), basename(file))): void {
  renameSync(folder.path(file), target);
  symlinkSync(target, folder.path(file));
}

describe("a link in a pack", () => {
  it.each([QUESTION, RUBRIC, PACK, "published.json", "glossary/words.json"])(
    "is refused where %s leads out of the folder, though the file there is the same",
    (file) => {
      const folder = new ContentFolder();
      linkOut(folder, file);
      expect(folder.complaints()).toContain(`${file}:1:1 ${LEADS_OUT}`);
    },
  );

  it("is refused in a pack that stands for itself, for its own glossary too", () => {
    const folder = new ContentFolder(SAMPLE_PACK);
    expect(folder.complaints()).toEqual([]);
    linkOut(folder, "glossary.json");
    expect(folder.complaints()).toContain(`glossary.json:1:1 ${LEADS_OUT}`);
  });

  it("is refused whatever way it takes: to a folder of the same beginning, to the parent, over a second link", () => {
    const folder = new ContentFolder();
    const outside = ["sample-2/warm-up.json", "warm-up.json"];
    mkdirSync(folder.path("sample-2"));
    for (const target of outside) {
      linkOut(folder, QUESTION, folder.path(target));
      expect(folder.complaints()).toContain(`${QUESTION}:1:1 ${LEADS_OUT}`);
      renameSync(folder.path(target), folder.path(QUESTION));
    }
    renameSync(folder.path(QUESTION), folder.path("warm-up.json"));
    symlinkSync(join("..", "warm-up.json"), folder.path("sample/.hop"));
    symlinkSync(".hop", folder.path(QUESTION));
    expect(folder.complaints()).toContain(`${QUESTION}:1:1 ${LEADS_OUT}`);
  });

  it("is refused for what a question's trained reader is read from", () => {
    const folder = new ContentFolder();
    const outside = elsewhere();
    writeFileSync(join(outside, "warm-up.json"), "{}");
    symlinkSync(outside, folder.path("sample/readers"));
    expect(() => loadLibrary(folder.dir).rubric("warm-up")).toThrow("leads out of its pack");
  });

  it("is refused where ids are published, and nothing is written through it", () => {
    const folder = new ContentFolder();
    linkOut(folder, "published.json");
    const before = folder.read("published.json");
    const faults = folder.faultsOf(() => publishContent(folder.dir, { reworded: [], retire: [] }));
    expect(faults.map(({ file, reason }) => [file, reason])).toEqual([["published.json", LEADS_OUT]]);
    expect(folder.read("published.json")).toBe(before);
  });

  it("is followed where it stays within, and so is one that leads to the folder itself", () => {
    const folder = new ContentFolder();
    mkdirSync(folder.path("sample/.data"));
    linkOut(folder, QUESTION, folder.path("sample/.data/warm-up.json"));
    const way = join(elsewhere(), "content");
    symlinkSync(folder.dir, way);
    expect(folder.complaints()).toEqual([]);
    expect(folder.faultsOf(() => loadLibrary(way))).toEqual([]);
  });
});

describe("whatever a content file holds", () => {
  it.each([QUESTION, PACK, RUBRIC, "published.json", "glossary/words.json"])(
    "cutting %s off anywhere gives a fault with a line inside it",
    (file) => {
      const folder = new ContentFolder();
      const whole = folder.read(file).trimEnd();
      fc.assert(
        fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
          const text = whole.slice(0, length);
          folder.write(file, text);
          const fault = folder.faults().find((candidate) => candidate.file === file);
          expect(fault).toBeDefined();
          expect(fault?.line).toBeGreaterThanOrEqual(1);
          expect(fault?.line).toBeLessThanOrEqual(text.split("\n").length);
          expect(fault?.column).toBeGreaterThanOrEqual(1);
          expect(fault?.column).toBeLessThanOrEqual(
            (text.split("\n")[(fault?.line ?? 0) - 1]?.length ?? 0) + 1,
          );
        }),
        { numRuns: 150 },
      );
    },
  );

  it("changing one character of it gives a fault or loads, and never fails in another way", () => {
    const folder = new ContentFolder();
    const whole = folder.read(QUESTION);
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length - 1 }),
        fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", ":", "\n", "\u0000", "\u2028", "0", "-", "/", ""),
        (place, character) => {
          folder.write(QUESTION, whole.slice(0, place) + character + whole.slice(place + 1));
          for (const { line, column, reason } of folder.faults()) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(folder.read(QUESTION).split("\n").length);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(reason).not.toBe("");
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("any JSON value in its place is a fault", () => {
    const folder = new ContentFolder();
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        folder.write(QUESTION, JSON.stringify(value));
        expect(folder.faults()[0]).toMatchObject({ file: QUESTION, line: 1 });
      }),
      { numRuns: 100 },
    );
  });

  it("nesting it a hundred thousand levels deep is a fault like any other", () => {
    const folder = new ContentFolder();
    folder.write(QUESTION, `${"[".repeat(100_000)}`);
    expect(folder.complaints()).toEqual([`${QUESTION}:1:65 nested deeper than 64 levels`]);
    folder.write(QUESTION, `{"id":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
    expect(folder.faults()[0]).toMatchObject({ file: QUESTION, line: 1 });
  });
});
