import { describe, expect, it } from "vitest";
import { Lexicon } from "#core/scoring/lexicon";

/** What a lexicon of these aliases finds, as `alias@start-end`; overlays with a `*` before them. */
function find(aliases: readonly string[], text: string): string[] {
  const lexicon = new Lexicon();
  for (const [at, alias] of aliases.entries()) lexicon.add(alias, at);
  const { entries, overlays } = lexicon.scan(text);
  const shown = (mark: string) => (found: { meaning: number; start: number; end: number }) =>
    `${mark}${aliases[found.meaning]}@${found.start}-${found.end}`;
  return [...entries.map(shown("")), ...overlays.map(shown("*"))];
}

describe("A scan for aliases", () => {
  it("takes the longest at each place and goes on behind it", () => {
    expect(find(["batch", "batch size"], "batch size batch")).toEqual(["batch size@0-10", "batch@11-16"]);
    expect(find(["显存", "加显存", "增加"], "会增加显存")).toEqual(["增加@1-3", "显存@3-5"]);
  });

  it("finds a Latin word only as a whole, a plural included", () => {
    expect(find(["ga"], "ga, larger ga")).toEqual(["ga@0-2", "ga@11-13"]);
    expect(find(["batch"], "batches batchs batching rebatch")).toEqual(["batch@0-7", "batch@8-14"]);
    expect(find(["gpu"], "2gpu gpu2 gpus")).toEqual(["gpu@1-4", "gpu@5-8", "gpu@10-14"]);
    expect(find(["fp16"], "fp16amp fp160 fp16")).toEqual(["fp16@0-4", "fp16@14-18"]);
    expect(find(["ga"], "用ga吧")).toEqual(["ga@1-3"]);
  });

  it("leaves the ending of a stem open, for at most twelve letters", () => {
    expect(find(["prun~"], "pruning pruned prun unpruned")).toEqual([
      "prun~@0-7",
      "prun~@8-14",
      "prun~@15-19",
    ]);
    expect(find(["ab~"], `ab${"c".repeat(20)}`)).toEqual(["ab~@0-14"]);
  });

  it("gives all that one alias means, each once", () => {
    expect(find(["old", "Old", "new"], "old")).toEqual(["old@0-3", "Old@0-3"]);
    const lexicon = new Lexicon();
    lexicon.add("old", 1);
    lexicon.add("old", 1);
    expect(lexicon.scan("old").entries).toHaveLength(1);
  });

  it("reads a long word with one slip as what was meant, but no short one and no other first letter", () => {
    expect(find(["gradient"], "gradeint")).toEqual(["gradient@0-8"]);
    expect(find(["gradient"], "gradiemt gardient")).toEqual(["gradient@0-8", "gradient@9-17"]);
    expect(find(["gradient"], "kradient gradual")).toEqual([]);
    expect(find(["accumulat~"], "acumulation accumullating")).toEqual([
      "accumulat~@0-11",
      "accumulat~@12-25",
    ]);
    expect(find(["batch"], "bathc")).toEqual([]);
  });

  it("lays patterns with a gap over the rest and takes nothing from it", () => {
    expect(find(["攒*梯度", "梯度"], "攒几步的梯度")).toEqual(["梯度@4-6", "*攒*梯度@0-6"]);
    expect(find(["update*every"], "update weights every step")).toEqual(["*update*every@0-20"]);
    expect(find(["a*b*c"], "a x b y c")).toEqual(["*a*b*c@0-9"]);
  });

  it("lets a gap be eight Chinese letters or some five English words, and no stop in it", () => {
    expect(find(["攒*梯度"], `攒${"一".repeat(8)}梯度`)).toHaveLength(1);
    expect(find(["攒*梯度"], `攒${"一".repeat(9)}梯度`)).toEqual([]);
    expect(find(["one*two"], `one ${"x".repeat(24)} two`)).toHaveLength(1);
    expect(find(["one*two"], `one ${"x".repeat(25)} two`)).toEqual([]);
    for (const stop of ["。", "，", ",", ";", "?", "\n", ":", ". "]) {
      expect(find(["攒*梯度"], `攒${stop}梯度`), stop).toEqual([]);
    }
    expect(find(["one*two"], "one 1.5 two")).toHaveLength(1);
  });

  it("begins a word with a Latin piece and lets it end as it likes", () => {
    expect(find(["cut*batch"], "cutting the batches")).toEqual(["*cut*batch@0-19"]);
    expect(find(["cut*batch"], "cut the rebatch")).toEqual([]);
    expect(find(["cut*batch"], "cut rebatch batch")).toEqual(["*cut*batch@0-17"]);
  });

  it("tells what a gap passed over", () => {
    const lexicon = new Lexicon();
    lexicon.add("攒*梯度", 0);
    expect(lexicon.scan("攒几步的梯度").overlays).toEqual([
      { meaning: 0, start: 0, end: 6, gaps: [{ start: 1, end: 4 }] },
    ]);
  });

  it("ignores an alias without letters, and refuses more letters than it can hold", () => {
    expect(find(["*", "~", " "], "* ~")).toEqual([]);
    const lexicon = new Lexicon();
    expect(() => {
      for (let code = 0x4e00; code < 0x4e00 + 5_000; code += 1) lexicon.add(String.fromCharCode(code), 0);
    }).toThrow(/more than 4096 different letters/);
  });
});
