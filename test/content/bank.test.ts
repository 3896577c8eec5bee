import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packSchema } from "#core/pack/question";
import { SHIPPED_CONTENT } from "#src/content/library";
import { type LabelledAnswer, parseLabelled, reportOn } from "#test/core/scoring/report";

const folder = new URL("../fixtures/answers/bank/", import.meta.url);
const files = readdirSync(folder);
const topics = [...new Set(files.map((name) => name.replace(/-(?:blind|tuned|dev).*$/, "")))];
const read = (name: string): LabelledAnswer[] => parseLabelled(readFileSync(new URL(name, folder), "utf8"));

const questionsOf = (topic: string): string[] =>
  packSchema.parse(JSON.parse(readFileSync(join(SHIPPED_CONTENT, topic, "pack.json"), "utf8"))).questions;

/** `topic-blind.jsonl` is the first, `topic-blind-10.jsonl` the tenth. */
const placeOf = (name: string): number => Number(/-blind-(\d+)\.jsonl$/.exec(name)?.[1] ?? 1);

describe("answers by people who never saw what the grader goes by", () => {
  it("are there for every question of the bank, eight at least", () => {
    const counts = new Map<string, number>();
    for (const { question } of files.flatMap(read)) counts.set(question, (counts.get(question) ?? 0) + 1);
    const asked = topics.flatMap(questionsOf);
    expect(topics.length).toBeGreaterThanOrEqual(10);
    expect(asked.length).toBeGreaterThanOrEqual(65);
    expect(asked.filter((id) => (counts.get(id) ?? 0) < 8)).toEqual([]);
  });

  // The latest set of a topic: nothing in its rubrics was written with it in view.
  it.each(topics)(
    "are understood in %s: of what is covered and what is called covered, 85 in 100",
    (topic) => {
      const latest = files
        .filter((name) => name.startsWith(`${topic}-blind`))
        .toSorted((one, other) => placeOf(one) - placeOf(other))
        .at(-1);
      expect(reportOn(read(latest ?? "")).covered.f1).toBeGreaterThanOrEqual(0.85);
    },
  );
});
