import { describe, expect, test } from "vitest";
import { CASES } from "#core/oom/kinds";
import { FIX_IDS, remediesSchema } from "#core/oom/remedies";
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
    const all = JSON.stringify(remedies.playbook);
    expect(all).toContain("saves nothing by itself");
    expect(all).toContain("2+2+12");
  });
});
