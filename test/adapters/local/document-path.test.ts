import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { content } from "#commands/content";
import { oom } from "#commands/oom";
import { Refusal } from "#core/refusal";
import { documentTyped } from "#src/adapters/local/document-path";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal document "));
  writeFileSync(join(folder, "notes.md"), "## 1. Why?\n");
  writeFileSync(join(folder, "large.md"), Buffer.alloc(9 * 1024 * 1024));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("A document that is named by its path in the terminal", () => {
  it("goes with the command, and its owner as well", () => {
    const typed = documentTyped(
      content,
      ` import "${join(folder, "notes.md")}" owner=our own notes, CC BY 4.0`,
    );
    expect(typed).toEqual({
      kind: "typed",
      options: {
        do: "import",
        owner: "our own notes, CC BY 4.0",
        document: { name: "notes.md", base64: Buffer.from("## 1. Why?\n").toString("base64") },
      },
    });
  });

  it("is none where no such file is there, a folder is, or the command takes no document", () => {
    expect(documentTyped(content, ` import ${join(folder, "none.md").replaceAll(" ", "_")}`)).toBeNull();
    expect(documentTyped(content, ` import "${folder}"`)).toBeNull();
    expect(documentTyped(content, " publish serving-notes")).toBeNull();
    expect(documentTyped(oom, ` import "${join(folder, "notes.md")}"`)).toBeNull();
  });

  it("is refused before it is read where it is too large", () => {
    expect(() => documentTyped(content, ` import "${join(folder, "large.md")}"`)).toThrow(Refusal);
  });
});
