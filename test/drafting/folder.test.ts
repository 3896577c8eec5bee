import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type RefusedDocument, readDocuments } from "#src/drafting/documents";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-folder-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const nothing = (): void => {};
const asking = (word: string): string => `## What is a ${word}?\n\nA ${word} keeps the data of requests.\n`;
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const told = (all: readonly RefusedDocument[]): [string, string][] =>
  all.map(({ name, reason }) => [name, reason.sentence(messagesFor("en"))]);
const refusedFor = (path: string): Promise<string> =>
  readDocuments(path, nothing).then(
    () => "nothing was refused",
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      expect(error.sentence(messagesFor("zh"))).toMatch(/\p{Script=Han}.*。$/u);
      return error.sentence(messagesFor("en"));
    },
  );

describe("Everything in a folder is imported or named with a reason", () => {
  it("whatever it is called and whatever it is", async () => {
    put("a.md", asking("cache"));
    put("..evil.md", asking("lease"));
    put(".hidden.txt", asking("lock"));
    put("picture.png", "png");
    put("LICENSE", "free");
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(folder, "a.md"), join(folder, "link.md"));
    const { documents, refused, skipped } = await readDocuments(folder, nothing);
    expect(documents.map(({ name }) => name)).toEqual(["a.md"]);
    expect(told(refused)).toEqual([["link.md", expect.stringContaining("link")]]);
    expect(told(skipped)).toEqual([
      ["..evil.md", expect.stringContaining("begins with a full stop")],
      [".git", expect.stringContaining("begins with a full stop")],
      [".hidden.txt", expect.stringContaining("begins with a full stop")],
      ["LICENSE", expect.stringContaining("cannot be read")],
      ["node_modules", expect.stringContaining("parts of a program")],
      ["picture.png", expect.stringContaining("“.png” cannot be read")],
    ]);
  });

  it("also where nothing but hidden documents is in it", async () => {
    put("..evil.md", asking("lease"));
    expect(await refusedFor(folder)).toMatch(/^\.\.evil\.md: .*full stop/u);
  });
});

describe("The same document twice in a folder", () => {
  it("is imported once, and named as the same", async () => {
    mkdirSync(join(folder, "old"));
    put("a.md", asking("cache"));
    put("b.txt", asking("cache"));
    put(join("old", "a.md"), asking("cache"));
    put("c.md", asking("lease"));
    const { documents, refused, skipped } = await readDocuments(folder, nothing);
    expect(documents.map(({ name }) => name)).toEqual(["a.md", "c.md"]);
    expect(refused).toEqual([]);
    expect(told(skipped)).toEqual([
      ["b.txt", expect.stringContaining("same document as “a.md”")],
      [join("old", "a.md"), expect.stringContaining("same document as “a.md”")],
    ]);
  });

  it("is read from the second where the first cannot be", async () => {
    put("a.docx", asking("cache"));
    put("b.md", asking("cache"));
    const { documents, refused } = await readDocuments(folder, nothing);
    expect(documents.map(({ name }) => name)).toEqual(["b.md"]);
    expect(refused.map(({ name }) => name)).toEqual(["a.docx"]);
  });
});

describe("A path that is a link", () => {
  it("is refused as in a folder, to a file or a folder, with a slash behind it or not", async () => {
    mkdirSync(join(folder, "documents"));
    put(join("documents", "a.md"), asking("cache"));
    symlinkSync(join(folder, "documents", "a.md"), join(folder, "link.md"));
    symlinkSync(join(folder, "documents"), join(folder, "link"));
    for (const path of ["link.md", "link", "link/"])
      expect(await refusedFor(`${folder}/${path}`), path).toContain("links are not followed");
  });

  it("below a folder that is one is read: the document itself is none", async () => {
    mkdirSync(join(folder, "documents"));
    put(join("documents", "a.md"), asking("cache"));
    symlinkSync(join(folder, "documents"), join(folder, "link"));
    expect((await readDocuments(join(folder, "link", "a.md"), nothing)).documents).toHaveLength(1);
  });
});
