import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { loadGlossary } from "#src/content/library";
import { readDocuments } from "#src/drafting/documents";
import { importDocument } from "#src/drafting/formats/format";
import { writeDraftPack } from "#src/drafting/pack";
import { badDocuments, zipOf } from "./bad-document.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-import-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const nothing = (): void => {};
const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Refusal)) throw error;
  return error.sentence(messagesFor("en"));
};
const refusedFor = (work: Promise<unknown>): Promise<string> =>
  work.then(() => "nothing was refused", sentenceOf);

const glossary = loadGlossary();
const write = async (dir: string, path: string, seen: (share: number) => void = nothing): Promise<void> => {
  const { documents } = await readDocuments(path, nothing);
  await writeDraftPack(dir, documents, { glossary, taken: new Set(), seen });
};

describe("Five hundred bad documents", () => {
  it("are each read with no line lost, or refused with one clear sentence in both languages", async () => {
    const outcomes = { read: 0, refused: 0 };
    for (const { kind, name, bytes } of badDocuments(500, 22)) {
      const outcome = await importDocument(name, bytes).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      );
      if (outcome instanceof Refusal) {
        outcomes.refused += 1;
        const [en, zh] = [outcome.sentence(messagesFor("en")), outcome.sentence(messagesFor("zh"))];
        expect(en, kind).toMatch(/^[^\n]{20,300}\.$/);
        expect(zh, kind).toMatch(/^[^\n]*\p{Script=Han}[^\n]*。$/u);
        continue;
      }
      if (outcome instanceof Error) throw new Error(`${kind}: ${outcome.message}`, { cause: outcome });
      outcomes.read += 1;
      const { draft, text } = outcome;
      const places = [...draft.questions, ...draft.dropped].map(({ lines }) => lines);
      for (const [index, line] of text.split(/\r\n|\n|\r/u).entries()) {
        if (line.trim() === "") continue;
        const holding = places.filter(([from, to]) => index + 1 >= from && index + 1 <= to);
        if (holding.length === 0)
          throw new Error(`${kind}: line ${index + 1} of ${name} is nowhere: ${line.slice(0, 80)}`);
      }
      for (const { points } of draft.questions)
        for (const { title } of points) expect(title, kind).not.toBe("");
    }
    expect(outcomes.read).toBeGreaterThan(150);
    expect(outcomes.refused).toBeGreaterThan(150);
  });
});

describe("A path", () => {
  it("to a file of a gigabyte is refused by its size, before anything of it is read", async () => {
    const path = join(folder, "huge.md");
    writeFileSync(path, "");
    truncateSync(path, 2 ** 30);
    expect(await refusedFor(readDocuments(path, nothing))).toContain("larger than 64 MB");
  });

  it("to nothing, to itself, to a device or with a zero byte is refused by name", async () => {
    const loop = join(folder, "loop.md");
    symlinkSync(loop, loop);
    expect(await refusedFor(readDocuments(loop, nothing))).toContain("link that leads to itself");
    expect(await refusedFor(readDocuments(join(folder, "..", "none.md"), nothing))).toContain(
      "There is no file",
    );
    expect(await refusedFor(readDocuments("/dev/null", nothing))).toContain("neither a file nor a folder");
    expect(await refusedFor(readDocuments("a\0b.md", nothing))).toContain("There is no file");
    expect(await refusedFor(readDocuments(folder, nothing))).toContain("link");
  });

  it("to a folder reads what can be read in it and below, follows no link, and says why for each of the others", async () => {
    const outside = join(folder, "outside.md");
    const inside = join(folder, "documents");
    mkdirSync(join(inside, "within", ".hidden"), { recursive: true });
    writeFileSync(join(inside, "within", "deep.md"), "1. Why several heads?\nThey see other relations.\n");
    writeFileSync(join(inside, "within", ".hidden", "no.md"), "1. What is hidden?\nIt is not read.\n");
    writeFileSync(outside, "1. What is a secret?\nIt is kept.\n");
    symlinkSync(outside, join(inside, "link.md"));
    writeFileSync(join(inside, "bad.md"), Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
    writeFileSync(join(inside, "good.md"), "1. What is attention?\nIt weighs tokens by relevance.\n");
    const { documents, refused } = await readDocuments(inside, nothing);
    expect(documents.map(({ name, draft }) => [name, draft.questions.map(({ title }) => title)])).toEqual([
      ["good.md", ["What is attention?"]],
      [join("within", "deep.md"), ["Why several heads?"]],
    ]);
    expect(refused.map(({ reason }) => sentenceOf(reason))).toEqual([
      expect.stringContaining("This is a link"),
      expect.stringContaining("binary"),
    ]);
  });
});

describe("A document", () => {
  it("that asks a hundred thousand questions is refused with how many it asks", async () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `${at + 1}、什么是第 ${at} 个概念？`).join("\n");
    expect(await refusedFor(importDocument("many.txt", Buffer.from(text)))).toContain("100000 questions");
  });

  it("in Word that unpacks to more than its directory says is not opened", async () => {
    const bomb = zipOf("word/document.xml", Buffer.alloc(101 * 1024 * 1024), 1000);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusedFor(importDocument("bomb.docx", bomb))).toContain("unpacks to far more");
  });

  it("that names addresses has none of them fetched", async () => {
    let visits = 0;
    const server = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/canary`;
    const page = `<!doctype html><html><head><base href="${url}/"><link rel="stylesheet" href="${url}"><script src="${url}"></script></head><body><h2>1. What is it?</h2><p>It is this. <img src="${url}"><iframe src="${url}"></iframe><object data="${url}"></object></p></body></html>`;
    const relation = `<Relationships><Relationship Id="r" TargetMode="External" Target="${url}"/></Relationships>`;
    await importDocument("a.html", Buffer.from(page));
    await importDocument(
      "a.md",
      Buffer.from(`1. What is it?\n![x](${url}) <img src="${url}"> [a](${url})\n`),
    );
    await refusedFor(
      importDocument("a.docx", zipOf("word/_rels/document.xml.rels", Buffer.from(relation), 100)),
    );
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(visits).toBe(0);
  });
});

describe("A draft pack", () => {
  const answered = (count: number): string =>
    Array.from(
      { length: count },
      (_, at) => `${at + 1}. What is part ${at}?\nIt is a part of the whole machine.\n`,
    ).join("\n");

  it("of documents that would have the same ids gives each its own", async () => {
    const documents = join(folder, "documents");
    mkdirSync(documents);
    for (const name of ["notes.md", "notes.txt", "notes.text", "NOTES.md"])
      writeFileSync(join(documents, name), `${answered(2)}\n${name} says so.\n`);
    await write(join(folder, "pack"), documents);
    const pack: unknown = JSON.parse(readFileSync(join(folder, "pack", "pack.json"), "utf8"));
    const ids = (pack as { questions: string[] }).questions;
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
  });

  it("that is interrupted leaves nothing behind, and what stood there before stays", async () => {
    const [path, dir] = [join(folder, "a.md"), join(folder, "pack")];
    writeFileSync(path, answered(200));
    const interrupt = (share: number): void => {
      if (share > 0.4) throw new Refusal((say) => say.drafting.interrupted);
    };
    expect(await refusedFor(write(dir, path, interrupt))).toContain("interrupted");
    expect(readdirSync(folder)).toEqual(["a.md"]);
    await write(dir, path);
    const before = readdirSync(dir);
    await refusedFor(write(dir, path, interrupt));
    expect(readdirSync(dir)).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(["a.md", "pack"]);
  });

  it("takes away what one that was killed left beside it, and puts back what that one had moved away", async () => {
    const [path, dir] = [join(folder, "a.md"), join(folder, "pack")];
    writeFileSync(path, answered(1));
    mkdirSync(join(folder, ".pack.part-999999999"));
    mkdirSync(join(folder, ".pack.part-999999998-old"));
    writeFileSync(join(folder, ".pack.part-999999998-old", "mine.txt"), "kept");
    await write(dir, path);
    expect(readdirSync(folder).sort()).toEqual(["a.md", "pack"]);
  });

  it("that is imported again keeps what somebody has changed in it", async () => {
    const [path, dir] = [join(folder, "a.md"), join(folder, "pack")];
    writeFileSync(path, answered(2));
    await write(dir, path);
    const [edited = ""] = readdirSync(dir).filter((name) => /q1\.json$/.test(name));
    writeFileSync(join(dir, edited), "edited by hand");
    writeFileSync(path, answered(3));
    await write(dir, path);
    expect(readdirSync(dir).filter((name) => /q\d\.json$/.test(name))).toHaveLength(3);
    expect(readFileSync(join(dir, edited), "utf8")).toBe("edited by hand");
  });

  it("that is imported again leaves an edited question's wordings with it", async () => {
    const [path, dir] = [join(folder, "题库.md"), join(folder, "pack")];
    writeFileSync(path, answered(2));
    await write(dir, path);
    const [edited = ""] = readdirSync(dir).filter((name) => /q1\.json$/.test(name));
    const rubric = join(dir, edited.replace(".json", ".rubric.json"));
    const before = readFileSync(rubric, "utf8");
    writeFileSync(join(dir, edited), "edited by hand");
    writeFileSync(path, answered(2).replaceAll("whole machine", "large engine"));
    await write(dir, path);
    expect(readFileSync(rubric, "utf8")).toBe(before);
    expect(readFileSync(rubric.replace("q1", "q2"), "utf8")).toContain("engine");
  });

  it("does not take the place of another document's draft, or of a file", async () => {
    const [path, other, dir] = [join(folder, "a.md"), join(folder, "b.md"), join(folder, "pack")];
    writeFileSync(path, answered(1));
    writeFileSync(other, answered(1));
    await write(dir, path);
    const before = readdirSync(dir);
    expect(await refusedFor(write(dir, other))).toContain("“a.md”");
    expect(readdirSync(dir)).toEqual(before);
    expect(await refusedFor(write(other, path))).toContain("no draft pack");
  });

  it("does not take the place of a folder that holds something else, or of a link", async () => {
    const path = join(folder, "a.md");
    writeFileSync(path, answered(1));
    mkdirSync(join(folder, "full"));
    writeFileSync(join(folder, "full", "mine.txt"), "mine");
    symlinkSync(join(folder, "full"), join(folder, "link"));
    expect(await refusedFor(write(join(folder, "full"), path))).toContain("no draft pack");
    expect(await refusedFor(write(join(folder, "link"), path))).toContain("no draft pack");
    expect(readdirSync(join(folder, "full"))).toEqual(["mine.txt"]);
  });
});
