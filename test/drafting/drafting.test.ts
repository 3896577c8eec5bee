import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { loadGlossary } from "#src/content/library";
import { openDrafting } from "#src/drafting/drafting";
import { NOTES } from "#test/doubles/documents";

const drafting = openDrafting(loadGlossary);
const fixture = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, "..", "fixtures", "documents", name));

describe("A document that an editor imports into a running bot", () => {
  it("is read the same beside everything else as at once", async () => {
    const small = await drafting.read("notes.md", Buffer.from(NOTES));
    const blank = "\n".repeat(150_000);
    const large = await drafting.read("notes.md", Buffer.from(`${NOTES}${blank}`));
    expect(large.questions).toEqual(small.questions);
    expect(small.lines[small.questions[0]?.lines[0] ?? 0]).toBeDefined();
    expect((await drafting.read("notes.docx", fixture("notes.docx"))).questions.length).toBeGreaterThan(0);
  });

  it("is refused with the same sentence from there, in the reader's language", async () => {
    const refused = await drafting.read("notes.pdf", Buffer.from("%PDF-1.7 nothing")).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Refusal);
    for (const locale of ["zh", "en"] as const) {
      const say = messagesFor(locale);
      expect(refused instanceof Refusal ? refused.sentence(say) : "").toBe(say.drafting.notPdf);
    }
  });
});
