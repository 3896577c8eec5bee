import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { importDocuments } from "#src/cli/import";
import { rubric } from "#src/cli/rubric";
import type { Call, Verb } from "#src/cli/verb";

const NOTES = `## What does the KV cache hold?

- Keys and values: the layers keep the keys and values of the tokens that they have read.
- Linear growth: its size grows with the length of the sequence and with the batch.
- Paged blocks: paged attention keeps it in blocks, so that little memory is lost between requests.

## 什么是梯度检查点？

- 少存激活：前向时只保存部分层的激活值。
- 重新计算：反向传播时把没有保存的激活再算一遍。
- 用时间换显存：训练大约慢两到三成，显存占用明显下降。
`;

const callOf = (words: string, more: Partial<Call> = {}): Call => ({
  locale: "en",
  words,
  question: undefined,
  pack: undefined,
  out: undefined,
  explain: false,
  ...more,
});

let folder = "";
let pack = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-cli-"));
  pack = join(folder, "pack");
  writeFileSync(join(folder, "notes.md"), NOTES);
  await importDocuments.prepare(callOf(join(folder, "notes.md"), { out: pack }));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lint = (locale: Locale = "en"): Promise<Verb> => rubric.prepare(callOf("lint", { locale, pack }));

const change = (file: string, from: string | RegExp, to: string): void => {
  const path = join(pack, file);
  const before = readFileSync(path, "utf8");
  const after = before.replaceAll(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, after);
};

interface ToDo {
  readonly number: number;
  readonly lack: string;
  readonly places: readonly { readonly point: string | null }[];
}

describe("The lint of a pack that was drafted from a document", () => {
  it("finds no fault in it, and tells in numbered steps what it is still without", async () => {
    const verb = await lint();
    expect(verb.foundFault?.()).toBe(false);
    const shown = await verb.show("");
    const { rubric: say, drafting } = messagesFor("en");
    const steps = shown.split("\n").filter((line) => /^\d+\. /u.test(line));
    expect(steps.map((line) => Number.parseInt(line, 10))).toEqual(steps.map((_, at) => at + 1));
    expect(shown.startsWith(`${say.toDo}\n1. ${say.lacks.untranslated.what(16)} `)).toBe(true);
    expect(shown).toContain(say.lacks.untranslated.remedy(drafting.untranslated));
    expect(shown).toContain(`${say.lacks["chinese-hit"].what(3)} ${say.lacks["chinese-hit"].remedy()}`);
    expect(shown).toMatch(/notes-q1\.rubric\.json:\d+:\d+ {2}notes-q1-p1\n/u);
    expect(shown.trimEnd().endsWith(say.last)).toBe(true);
  });

  it("tells it in Chinese to whoever reads Chinese", async () => {
    const { rubric: say } = messagesFor("zh");
    const shown = await (await lint("zh")).show("");
    expect(shown).toContain(`${say.lacks.contradiction.what(6)}${say.lacks.contradiction.remedy()}`);
    expect(shown).toContain(say.more(3));
  });

  it("gives scripts every place, and no findings", async () => {
    const answer = await (await lint()).answerText("");
    expect(answer).toMatchObject({ findings: [] });
    const toDo = answer.todo as readonly ToDo[];
    expect(toDo.map(({ number }) => number)).toEqual(toDo.map((_, at) => at + 1));
    const missing = toDo.find(({ lack }) => lack === "english-hit")?.places ?? [];
    expect(missing.map(({ point }) => point)).toEqual(["notes-q2-p1", "notes-q2-p2", "notes-q2-p3"]);
  });

  it("is a fault where an example does not get its verdict, before all that is to be done", async () => {
    change(
      "notes-q1.rubric.json",
      "Linear growth: its size grows with the length of the sequence and with the batch.",
      "Nobody knows.",
    );
    const verb = await lint();
    expect(verb.foundFault?.()).toBe(true);
    const [first = "", second = "", third = ""] = (await verb.show("")).split("\n");
    expect(first).toMatch(/notes-q1 notes-q1-p2: “Nobody knows\.” gets miss, not hit; /u);
    expect([second, third]).toEqual(["", messagesFor("en").rubric.toDo]);
  });

  it("is a fault to be without it once the question counts as reviewed", async () => {
    change("notes-q1.json", '"status": "draft"', '"status": "reviewed"');
    const verb = await lint();
    expect(verb.foundFault?.()).toBe(true);
    expect(await verb.show("")).toContain("notes-q1 notes-q1-p1: no example of a hit is Chinese; ");
  });
});
