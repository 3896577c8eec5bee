import { describe, expect, it } from "vitest";
import { publishContent } from "#src/content/publish";
import { ContentFolder } from "#test/content/folder";

const QUESTION = "sample/warm-up.json";
const nothing = { reworded: [], retire: [] };

describe("content whose ids were published", () => {
  it("does not load with a new id until that is published", () => {
    const folder = new ContentFolder();
    folder.replace("sample/decay.json", '"draft"', '"reviewed"');
    const rules = folder.read("sample/warm-up.rubric.json").replace('"id": "warm-up"', '"id": "decay"');
    folder.write(
      "sample/decay.rubric.json",
      JSON.stringify({
        ...JSON.parse(rules),
        points: [{ ...JSON.parse(rules).points[0], id: "decay-settle" }],
      }),
    );
    expect(folder.complaints()).toEqual([
      "sample/decay.json:3:9 decay is not published yet: run npm run content:publish",
      "sample/decay.json:10:13 decay-settle is not published yet: run npm run content:publish",
    ]);
    expect(publishContent(folder.dir, nothing).added).toEqual(["decay", "decay-settle"]);
    expect(folder.complaints()).toEqual([]);
  });

  it("does not load with another meaning under the same id", () => {
    const folder = new ContentFolder();
    folder.replace(
      QUESTION,
      "a high learning rate makes them diverge",
      "a low learning rate makes them diverge",
    );
    const [complaint] = folder.complaints();
    expect(complaint).toMatch(
      `${QUESTION}:13:13 the meaning of warm-up-early changed after it was published: give it a new id`,
    );
    const before = folder.read("published.json");
    expect(publishContent(folder.dir, nothing).refused).toHaveLength(1);
    expect(folder.read("published.json")).toBe(before);
  });

  it("loads with better words once their author says that they mean the same", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, "Early gradients vary widely", "Early on, gradients vary a lot");
    expect(publishContent(folder.dir, { reworded: ["warm-up-early"], retire: [] }).refused).toEqual([]);
    expect(folder.complaints()).toEqual([]);
  });

  it("loads with another weight, title or hint", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, '"weight": 2', '"weight": 3');
    folder.replace(QUESTION, "Early steps are unstable", "The first steps wobble");
    folder.replace(
      QUESTION,
      "What is special about the first updates?",
      "What sets the first updates apart?",
    );
    expect(folder.complaints()).toEqual([]);
  });

  it("does not lose a question unnoticed, and never uses its ids again once they are retired", () => {
    const folder = new ContentFolder();
    folder.replace("sample/pack.json", '"warm-up", "decay"', '"decay"');
    const question = folder.read(QUESTION);
    const rules = folder.read("sample/warm-up.rubric.json");
    folder.remove(QUESTION);
    folder.remove("sample/warm-up.rubric.json");
    const ids = ["warm-up", "warm-up-adam", "warm-up-early"];
    expect(folder.faults().map(({ file, line }) => `${file}:${line}`)).toEqual(
      [4, 5, 6].map((line) => `published.json:${line}`),
    );
    expect(publishContent(folder.dir, { reworded: [], retire: ids }).refused).toEqual([]);
    expect(folder.complaints()).toEqual([]);

    folder.replace("sample/pack.json", '"decay"', '"decay", "warm-up"');
    folder.write(QUESTION, question);
    folder.write("sample/warm-up.rubric.json", rules);
    expect(folder.complaints()).toEqual([
      `${QUESTION}:3:9 warm-up was retired and is never used again: choose another id`,
      `${QUESTION}:13:13 warm-up-early was retired and is never used again: choose another id`,
      `${QUESTION}:24:13 warm-up-adam was retired and is never used again: choose another id`,
    ]);
  });

  it("does not count as gone because its file is broken", () => {
    const folder = new ContentFolder();
    folder.write(QUESTION, "{");
    expect(folder.faults().map(({ file }) => file)).toEqual([QUESTION]);
  });

  it("is not published over faults", () => {
    const folder = new ContentFolder();
    folder.remove("published.json");
    const faults = folder.faultsOf(() => publishContent(folder.dir, nothing));
    expect(faults).toEqual([
      { file: "published.json", line: 1, column: 1, reason: "there is no such file or folder" },
    ]);
  });
});
