import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Command } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import { typedLine } from "#src/adapters/slack/typed-line";
import { hostile } from "#test/adapters/hostile";

const commandNamed = (name: string): Command => {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** The options that a line behind a command gives, without those that were not given. */
function read(name: string, line: string): Record<string, unknown> {
  const command = commandNamed(name);
  const options = parseOptions(command, { kind: "text", text: typedLine(line, command) });
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function refusalOf(name: string, line: string): string {
  try {
    read(name, line);
  } catch (error) {
    if (error instanceof Refusal) return error.sentence(messagesFor("en"));
    throw error;
  }
  return "";
}

describe("what is typed behind a slash command on Slack", () => {
  it.each([
    [
      "qwen2.5-7b qlora bs=4 seq=2k 2x4090",
      { model: "qwen2.5-7b", method: "qlora", batch: 4, seq: 2048, gpus: 2, gpu: "4090" },
    ],
    ["70B full zero3 8xA100", { params: 70e9, method: "full", parallel: "zero3", gpus: 8, gpu: "A100" }],
    [
      "llama3-8b 全参 bf16 bs 4 长度 4k 两张4090",
      {
        model: "llama3-8b",
        method: "full",
        weights_dtype: "bf16",
        batch: 4,
        seq: 4096,
        gpus: 2,
        gpu: "4090",
      },
    ],
    ["qwen2.5-14b 推理 seq=32k kv=int8", { model: "qwen2.5-14b", method: "inference", kv_dtype: "int8" }],
  ])("/vram %s is read as on every platform", (line, options) => {
    expect(read("vram", line)).toMatchObject(options);
  });

  it.each([
    "“qwen2.5-7b” qlora bs=4",
    "qwen2.5\u20117b\u00a0qlora\u00a0bs=4",
    "qwen2.5–7b qlora bs=4",
    "«qwen2.5-7b»   qlora  bs = 4",
    "ｑｗｅｎ2.5-7b qlora bs＝4",
    "\u200bqwen2.5-7b qlora bs=4\u2060",
    "<http://qwen2.5-7b|qwen2.5-7b> qlora bs=4",
  ])("what a phone or Slack makes of a line is undone: %j", (line) => {
    expect(read("vram", line)).toMatchObject({ model: "qwen2.5-7b", method: "qlora", batch: 4 });
  });

  it("takes channels and members by their ids where an option names one", () => {
    expect(read("settings", "channel=<#C0123456|daily> time=9:00 weekdays=1–5 on")).toMatchObject({
      channel: "C0123456",
      time: "9:00",
      weekdays: ["1-5"],
      on: true,
    });
  });

  it("names the part that it does not know, with what was probably meant", () => {
    expect(refusalOf("vram", "qwen2.5-7b qlora bach=4")).toContain("batch");
    expect(refusalOf("settings", "tiem=9:00")).toMatch(/tiem[\s\S]*time/u);
  });

  it("keeps an answer as its author reads it, quotation marks and all", () => {
    const line =
      "“If loss &gt; 2 &amp; rising”, as <@U0123456|ann> said in <#C0123456|daily>: see <https://arxiv.org/abs/1612.00796|arxiv.org/abs/1612.00796> – or <mailto:a@example.com|a@example.com>, <!here>";
    expect(read("answer", line)).toEqual({
      text: "“If loss > 2 & rising”, as @ann said in #daily: see arxiv.org/abs/1612.00796 – or a@example.com, @here",
    });
  });

  it("undoes an escape once: what a member typed as &amp;lt; is not a bracket", () => {
    expect(typedLine("&amp;lt;!channel&amp;gt;")).toBe("&lt;!channel&gt;");
  });

  it("reads anything at all without getting slower by the character", () => {
    fc.assert(
      fc.property(hostile(), fc.constantFrom("vram", "answer", "settings", "oom"), (line, name) => {
        expect(typeof typedLine(line, commandNamed(name))).toBe("string");
      }),
      { numRuns: 150 },
    );
    for (const piece of ["<", "<@", "<@U|", "&lt;", "“", "a ", "<#C1|"]) {
      const long = piece.repeat(Math.floor(100_000 / piece.length));
      expect(typedLine(long, commandNamed("vram")).length).toBeLessThanOrEqual(100_000);
    }
  });
});
