import { describe, expect, it } from "vitest";
import { typedFields } from "#core/draft/typed-fields";

describe("A step of a review that is typed in one line", () => {
  it("keeps the words of each field whole, with quotation marks or without", () => {
    expect(
      typedFields('review op=edit point=p-1 title="Cache per head" statement=It grows. It is kept.'),
    ).toEqual({
      rest: "review op=edit point=p-1",
      fields: { title: "Cache per head", statement: "It grows. It is kept." },
    });
    expect(typedFields("review op=try answer=“先小后大”").fields).toEqual({ answer: "先小后大" });
  });

  it("has lines where a bar stands", () => {
    expect(typedFields('op=split statement="One. | Two."').fields).toEqual({ statement: "One.\nTwo." });
  });

  it("is read as before where nothing is a step", () => {
    const text = "import text=of ours";
    expect(typedFields(text)).toEqual({ rest: text, fields: {} });
  });
});
