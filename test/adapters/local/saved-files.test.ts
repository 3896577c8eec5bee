import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Block, privateReply } from "#core/reply";
import { renderReply } from "#src/adapters/local/render";
import { withFilesSaved } from "#src/adapters/local/saved-files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-saved-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, content: string): Block => ({ kind: "file", name, content });
const shown = (block: Block, where: string): string =>
  renderReply(withFilesSaved(privateReply(block), where, "en"), {
    width: 300,
    colour: false,
    locale: "en",
    zone: "UTC",
  });

describe("A file for whoever sits at a terminal", () => {
  it("is kept where they are, and never in the place of another", () => {
    expect(shown(file("notes.pack.json", "one"), folder)).toContain(join(folder, "notes.pack.json"));
    expect(shown(file("notes.pack.json", "two"), folder)).toContain(join(folder, "notes-2.pack.json"));
    expect(readFileSync(join(folder, "notes.pack.json"), "utf8")).toBe("one");
    expect(readFileSync(join(folder, "notes-2.pack.json"), "utf8")).toBe("two");
  });

  it("never leaves the folder, whatever it is called", () => {
    shown(file("../../etc/\u001b[2Jnotes", "x"), folder);
    expect(readdirSync(folder)).toEqual(["etc-2Jnotes"]);
  });

  it("is printed where nothing can be written", () => {
    expect(shown(file("notes.json", "all of it"), join(folder, "none"))).toContain("all of it");
  });
});

describe("A form of the review in a terminal", () => {
  it("says what to type, with what its fields hold", () => {
    const form: Block = {
      kind: "form",
      form: {
        title: "Split the key point",
        submit: "Save",
        action: { command: "content", options: { do: "review", question: "q", op: "split", here: true } },
        fields: [
          {
            option: "statement",
            label: "Its statements",
            placeholder: "",
            multiline: true,
            maxLength: 9,
            value: "A.\nB.",
          },
        ],
      },
    };
    expect(shown(form, folder)).toContain('/content review question=q op=split statement="A. | B."  Save');
  });
});
