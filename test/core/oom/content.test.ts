import { describe, expect, test } from "vitest";
import { FIX_IDS } from "#core/oom/fixes";
import { CASES } from "#core/oom/kinds";
import { remediesSchema } from "#core/oom/remedies";
import { remedies } from "#test/core/oom/samples";

describe("what /oom knows", () => {
  test("every fix has both languages and says what it saves, what it costs and when it does not help", () => {
    expect(remedies.fixes.map(({ id }) => id)).toEqual(FIX_IDS);
  });

  test("a fix table in another order does not load", () => {
    const turned = { ...remedies, fixes: remedies.fixes.toReversed() };
    expect(remediesSchema.safeParse(turned).success).toBe(false);
  });

  test("every case but the unknown one has at least one fix", () => {
    const empty = CASES.filter((name) => remedies.cases[name].fixes.length === 0);
    expect(empty).toEqual(["unknown/unknown"]);
  });

  test("every fix is advised in some case", () => {
    const advised = new Set(Object.values(remedies.cases).flatMap(({ fixes }) => fixes));
    const elsewhere = ["activation-offload", "sequence-parallel"];
    expect(FIX_IDS.filter((id) => !advised.has(id) && !elsewhere.includes(id))).toEqual([]);
  });

  test("the playbook sets the source document right about accumulation and mixed precision", () => {
    const wrong = (id: string) => remedies.playbook.find((page) => page.id === id)?.wrong?.en ?? "";
    expect(wrong("accumulation")).toContain("saves nothing by itself");
    expect(wrong("precision")).toContain("2 + 2 + 12");
  });

  test("every remedy of the source document has a page that puts it right", () => {
    const document = remedies.playbook.filter(({ origin }) => origin === "document");
    expect(document.map(({ id, wrong }) => [id, wrong !== undefined])).toEqual(
      [
        "samples",
        "batch",
        "accumulation",
        "precision",
        "distributed",
        "data-loading",
        "architecture",
        "hardware",
        "pruning",
      ].map((id) => [id, true]),
    );
  });

  test("every trainer names the documentation that its options were read in", () => {
    const unnamed = remedies.trainers.filter(({ documentation }) => documentation.length < 10);
    expect(unnamed).toEqual([]);
  });

  test("a snippet asks for no number that nobody fills in", () => {
    const texts = remedies.trainers.flatMap(({ snippets }) => Object.values(snippets));
    const open = texts.flatMap((text) => text.match(/\{[a-z]+\}/g) ?? []);
    expect([...new Set(open)].toSorted()).toEqual(["{accumulation}", "{context}", "{length}"]);
  });
});
