import { describe, expect, it } from "vitest";
import { parseRule, phraseRule } from "#core/scoring/rule";

const concepts = new Map(["sft", "labelled", "pairs", "use", "generate", "batch"].map((id, at) => [id, at]));
const parse = (text: string) => parseRule(text, concepts);
const any = (meaning: number) => ({ meaning, direction: undefined });

describe("A rule of a rubric", () => {
  it("says of what, which words in which slots, which not, and where", () => {
    expect(parse("sft > labelled|pairs + use ! generate ; clause")).toEqual({
      text: "sft > labelled|pairs + use ! generate ; clause",
      slots: [[any(1), any(2)], [any(3)]],
      unless: [any(4)],
      subject: 0,
      scope: "clause",
      ordered: false,
      either: false,
    });
  });

  it("is of no subject, forbids nothing and reaches over its sentence unless it says otherwise", () => {
    expect(parse("batch")).toMatchObject({
      slots: [[any(5)]],
      unless: [],
      subject: -1,
      scope: "sentence",
      ordered: false,
      either: false,
    });
  });

  it("asks for a direction, or for none at all", () => {
    expect(parse("batch:up|batch:down + batch:flat").slots).toEqual([
      [
        { meaning: 5, direction: 1 },
        { meaning: 5, direction: -1 },
      ],
      [{ meaning: 5, direction: 0 }],
    ]);
    expect(parse("use ! batch:up").unless).toEqual([{ meaning: 5, direction: 1 }]);
  });

  it("forbids several concepts, joined or one after the other", () => {
    expect(parse("use ! batch|sft ! pairs").unless).toEqual([any(5), any(0), any(2)]);
  });

  it("takes several endings, in any order and with any blanks", () => {
    expect(parse("use ;  ordered   wide")).toMatchObject({ scope: "wide", ordered: true, either: false });
    expect(parse("use;either")).toMatchObject({ scope: "sentence", ordered: false, either: true });
  });

  it.each([
    ["usee", 'the rule "usee" names "usee", which no glossary file explains'],
    ["use + ", 'names "", which no glossary file explains'],
    ["nobody > use", 'names "nobody"'],
    ["use ! nobody", 'names "nobody"'],
    ["batch:sideways", 'the rule "batch:sideways" asks for the direction "sideways"'],
    ["use ; everywhere", 'the rule "use ; everywhere" has the unknown ending "everywhere"'],
  ])("%s is refused with what is wrong", (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });

  it("is fulfilled by one phrase within a clause where it stands for a list of phrases", () => {
    expect(phraseRule(9, "phrases")).toEqual({
      text: "phrases",
      slots: [[any(9)]],
      unless: [],
      subject: -1,
      scope: "clause",
      ordered: false,
      either: false,
    });
  });
});
