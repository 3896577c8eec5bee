import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { attacksOn, patternsOfTheProgram } from "./regexes.ts";

const SIZE = 8_000;
/** A pattern whose time grows with the square takes more than this for so many characters, and a linear one far less. */
const MOST_MS = 8;
/** What disturbs one run does not disturb the best of five. */
const TRIES = 5;

/**
 * Patterns that take quadratic time over a long run of one sign, each with the most that it is ever given and why. They
 * take off what stands at an end; none reads what members send without a bound.
 */
const bounded: Readonly<Record<string, { readonly most: number; readonly why: string }>> = {
  "src/core/round/question-choice.ts /[\\s,;:，；：、]+$/u": { most: 200, why: "a label, cut before" },
  "src/core/oom/run.ts /[._/-]+$/": { most: 61, why: "one word of a log" },
  "src/core/vram/models.ts /^\\s*([-−+]?)\\s*(\\d{1,20}(?:\\.\\d{1,6})?(?:e\\d{1,3})?)\\s*([mbt]?)\\s*$/i": {
    most: 2_000,
    why: "an option, of a command of 2,000 characters",
  },
  "src/adapters/local/page/client-modules.ts /[ \\t]+$/gm": { most: 1_000, why: "our own files" },
};
/** Lines of a document that an editor has imported: of nobody else's, and no line has more than 20,000 characters. */
const OF_EDITORS = /^src\/drafting\//;
/** What is read once, at the start, of what the operator has set. */
const OF_THE_OPERATOR = /^src\/(?:config|slack-config|judge-config|setup\/|doctor\/)/;

/** Where patterns are made; none of what somebody sent. */
const makers: readonly string[] = [
  "src/adapters/chat/plain-text.ts",
  "src/adapters/discord/markdown.ts",
  "src/adapters/discord/posts.ts",
  "src/adapters/discord/written.ts",
  "src/adapters/local/page/client/preview-text.ts",
  "src/adapters/local/wrap.ts",
  "src/adapters/slack/meaning.ts",
  "src/core/oom/clip.ts",
  "src/core/oom/rules-device.ts",
  "src/core/oom/rules-host.ts",
  "src/core/oom/rules-software.ts",
  "src/core/oom/run.ts",
  "src/core/oom/torch-sentence.ts",
  "src/core/oom/words.ts",
  "src/core/scoring/poles.ts",
  "src/core/scoring/reversible.ts",
  "src/core/streak/dates.ts",
  "src/core/vram/phrases.ts",
  "src/core/vram/shorthands.ts",
  "src/store/redis/inspection.ts",
  "src/store/redis/script.ts",
];

const threadMilliseconds = (work: () => void): number => {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

const worstOf = (pattern: RegExp, size: number): number =>
  Math.max(
    ...attacksOn(pattern, size).map((text) => {
      let best = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < TRIES && best > MOST_MS; tries += 1) {
        pattern.lastIndex = 0;
        const search = () => (pattern.global ? text.replace(pattern, "") : pattern.exec(text));
        best = Math.min(best, threadMilliseconds(search));
      }
      return best;
    }),
  );

describe("Every pattern in the program", () => {
  const found = patternsOfTheProgram();

  it("is among those that are looked at: some hundreds", () => {
    expect(found.length).toBeGreaterThan(700);
    expect(found.map(({ file }) => file)).toContain("src/redaction.ts");
  });

  it("reads texts that keep it busy in linear time, or is given no more than so much", () => {
    const slow: string[] = [];
    for (const { file, line, pattern } of found) {
      const known = bounded[`${file} ${pattern}`];
      const usual = OF_THE_OPERATOR.test(file) ? 500 : OF_EDITORS.test(file) ? 2_000 : SIZE;
      const size = known?.most ?? usual;
      const worst = worstOf(pattern, size);
      if (worst > MOST_MS)
        slow.push(`${file}:${line} ${pattern}: ${Math.round(worst)} ms over ${size} characters`);
    }
    expect(slow).toEqual([]);
  });

  it("that is said to be bounded is still there", () => {
    const all = new Set(found.map(({ file, pattern }) => `${file} ${pattern}`));
    expect(Object.keys(bounded).filter((name) => !all.has(name))).toEqual([]);
  });

  it("is written in the program, or made in one of these places of names, ids and words of its own, escaped", () => {
    const made = ["src", "commands"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .flatMap((name) => {
          const text = readFileSync(`${folder}/${name}`, "utf8");
          return /new RegExp\(/.test(text) ? [`${folder}/${name}`] : [];
        }),
    );
    expect(made.filter((file) => !makers.includes(file) && !OF_EDITORS.test(file))).toEqual([]);
  });
});
