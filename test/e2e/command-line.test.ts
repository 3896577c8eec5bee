import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "#test/e2e/conversation";

const rehearsal = (
  args: readonly string[],
  input = "",
  env: Readonly<Record<string, string>> = { LC_ALL: "C" },
) =>
  spawnSync(process.execPath, ["--import", "./src/require-node-24.js", "src/cli.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", ...env },
    input,
    encoding: "utf8",
  });

type Json = Readonly<Record<string, unknown>>;
const linesOf = (text: string): Json[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);

const answer = "先把 batch size 减小，再用梯度累积；bf16 混合精度也打开。";

describe("rehearsal grade", () => {
  it("prints every key point once, in the rubric's order, with quotes that are slices of the answer", () => {
    const run = rehearsal(["grade", "--question", "q5-oom", "--json"], answer);
    expect(run.status).toBe(0);
    expect(run.stderr).toBe("");
    const result = JSON.parse(run.stdout) as {
      score: number;
      points: { id: string; verdict: string; evidence: { start: number; end: number; quote: string }[] }[];
      flags: string[];
      grader: string;
    };
    expect(Object.keys(result)).toEqual(["id", "score", "points", "flags", "grader"]);
    expect(result.points.map(({ id }) => id)).toEqual([
      "oom-cause",
      "oom-batch",
      "oom-batch-tradeoff",
      "oom-accum",
      "oom-precision",
      "oom-distributed",
      "oom-dataload",
      "oom-lean-model",
      "oom-hardware",
      "oom-prune-quant",
    ]);
    for (const { evidence, verdict } of result.points) {
      expect(evidence.length > 0).toBe(verdict !== "miss");
      for (const { start, end, quote } of evidence) expect(answer.slice(start, end)).toBe(quote);
    }
    expect(result.score).toBe(50);
    expect(result.grader).toMatch(/^local\//);
  });

  it("prints the same bytes on every machine", () => {
    const args = ["grade", "--question", "q5-oom", "--json"];
    const here = rehearsal(args, answer, { LC_ALL: "C", TZ: "UTC" });
    const there = rehearsal(args, answer, {
      LC_ALL: "zh_CN.UTF-8",
      LANG: "tr_TR.UTF-8",
      TZ: "Asia/Shanghai",
    });
    expect(there.stdout).toBe(here.stdout);
  });

  it("shows a person what was hit, in their language", () => {
    const zh = rehearsal(["grade", "--question", "q5-oom", "--lang", "zh"], answer);
    expect(zh.stdout).toContain("得分 50 / 100");
    expect(zh.stdout).toContain("答到了：减小 batch size");
    expect(rehearsal(["grade", "--question", "q5-oom"], answer).stdout).toContain("Score 50 / 100");
  });

  it("answers each line by one line with its id, in order, and goes on after a bad one", () => {
    const input = [
      { id: "1", question: "q5-oom", text: answer, unknown: "ignored" },
      "not json",
      { id: 3, question: "q9-nothing", text: "x" },
      { id: "4", question: "q5-oom" },
      "",
      {
        id: "6",
        question: "q1-catastrophic-forgetting",
        text: "lone \ud800 surrogate: freeze layers and use LoRA",
      },
    ].map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    const run = rehearsal(["grade", "--jsonl"], `${input.join("\n")}\n`);
    const out = linesOf(run.stdout);
    expect(run.status).toBe(0);
    expect(out.map(({ id }) => id)).toEqual(["1", null, 3, "4", null, "6"]);
    expect(out.map(({ error }) => error !== undefined)).toEqual([false, true, true, true, true, false]);
    expect(out[2]?.error).toContain("Known: q1-catastrophic-forgetting");
    expect(out[3]?.error).toContain("text");
  });

  it("takes only a line feed for the end of a line", () => {
    const text = "reduce the batch\u2028size\u2029 and use bf16\u0085";
    const line = `{"id":"a","question":"q5-oom","text":"${text}"}`;
    const out = linesOf(rehearsal(["grade", "--jsonl"], `${line}\r\n${line}`).stdout);
    expect(out.map(({ id, error }) => [id, error])).toEqual([
      ["a", undefined],
      ["a", undefined],
    ]);
  });

  it.each([["12345678901234567890"], ["true"], ["{}"], ["1.5"]])(
    "refuses %s as an id rather than changing it",
    (id) => {
      const [out] = linesOf(
        rehearsal(["grade", "--jsonl"], `{"id":${id},"question":"q5-oom","text":"bf16"}`).stdout,
      );
      expect(out).toEqual({ id: null, error: "id is neither a text nor a whole number below 2^53" });
    },
  );

  it("does not pretend to have written what a full disk refused", () => {
    const line = `'${process.execPath}' --import ./src/require-node-24.js src/cli.ts vram 7b > /dev/full`;
    const run = spawnSync("bash", ["-c", line], { cwd: root, encoding: "utf8" });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^The output could not be written: .*ENOSPC/);
  });

  it("reads no store and writes none", () => {
    const empty = mkdtempSync(join(tmpdir(), "rehearsal-cli-"));
    const run = rehearsal(["grade", "--question", "q5-oom", "--json"], answer, {
      REHEARSAL_DATA: join(empty, "never"),
    });
    rmSync(empty, { recursive: true });
    expect(run.status).toBe(0);
  });
});

describe("rehearsal vram", () => {
  it("takes what one would type in chat", () => {
    const run = rehearsal(["vram", "qwen2.5-7b", "qlora", "bs=4", "seq=2k", "1x4090"]);
    expect(run.stdout).toMatch(/GiB/);
    expect(run.stdout).toMatch(/4090/);
    expect(run.status).toBe(0);
  });

  it("prints the contract's fields, whose parts add up", () => {
    const run = rehearsal(["vram", "llama-3-8b", "lora", "bs=1", "seq=2048", "--json"]);
    const result = JSON.parse(run.stdout) as Json & {
      gib_per_gpu: number;
      low: number;
      high: number;
      breakdown: Record<string, number>;
    };
    expect(Object.keys(result)).toEqual([
      "id",
      "gib_per_gpu",
      "low",
      "high",
      "breakdown",
      "steady_gib",
      "host_ram_gib",
      "fits",
      "advice",
      "largest",
      "assumptions",
      "nearest_measured",
    ]);
    expect(Object.keys(result.breakdown)).toEqual([
      "weights",
      "gradients",
      "optimizer",
      "activations",
      "logits",
      "kv_cache",
      "overhead",
    ]);
    expect(Object.values(result.breakdown).reduce((sum, part) => sum + part, 0)).toBeCloseTo(
      result.gib_per_gpu,
      6,
    );
    expect(result.low).toBeLessThan(result.gib_per_gpu);
    expect(result.high).toBeGreaterThan(result.gib_per_gpu);
  });

  it("answers lines, with an error line that names what is allowed", () => {
    const lines = [
      {
        id: "1",
        model: "Llama-3-8B",
        method: "lora",
        weights_dtype: "bf16",
        optimizer: "adamw",
        lora_rank: 16,
        lora_targets: ["q", "v"],
        trainable_emb: null,
        batch: 1,
        seq: 2048,
        accumulation: 1,
        grad_ckpt: true,
        flash_attn: true,
        parallel: null,
        gpus: 1,
        gpu: null,
        framework: "hf",
        ce: null,
        metric: "allocated",
        gen_tokens: null,
        kv_dtype: null,
      },
      { id: "2", model: "Llama-3-8B", method: "magic" },
      { id: "3", params: 7e9, method: "full" },
      { id: "4", model: "no-such-model-at-all" },
    ];
    const out = linesOf(
      rehearsal(["vram", "--jsonl"], lines.map((line) => JSON.stringify(line)).join("\n")).stdout,
    );
    expect(out.map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
    expect(out[0]?.gib_per_gpu).toBeGreaterThan(15);
    expect(out[1]?.error).toContain("qlora");
    expect(out[2]?.gib_per_gpu).toBeGreaterThan(100);
    expect(out[3]?.error).toBeTypeOf("string");
  });
});

describe("rehearsal oom", () => {
  const log =
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB of which 1.10 GiB is free. Including non-PyTorch memory, this process has 22.50 GiB memory in use. Of the allocated memory 21.00 GiB is allocated by PyTorch, and 900.00 MiB is reserved by PyTorch but unallocated.";

  it("reads the numbers of a pasted log", () => {
    const run = rehearsal(["oom", "--json"], log);
    const result = JSON.parse(run.stdout) as Json & { numbers: Record<string, number | null> };
    expect(Object.keys(result)).toEqual([
      "id",
      "kind",
      "subkind",
      "confidence",
      "numbers",
      "evidence",
      "fixes",
      "ask",
    ]);
    expect(result).toMatchObject({ kind: "gpu_device", confidence: "high", ask: null });
    expect(result.numbers.tried_gib).toBeCloseTo(2, 3);
    expect(result.numbers.total_gib).toBeCloseTo(23.65, 3);
    expect(result.numbers.free_gib).toBeCloseTo(1.1, 3);
    expect(result.numbers.reserved_gib).toBeCloseTo(21.879, 2);
  });

  it("asks the one question that would settle it where nothing tells", () => {
    const [out] = linesOf(
      rehearsal(["oom", "--jsonl"], JSON.stringify({ id: "1", text: "it stopped" })).stdout,
    );
    expect(out).toMatchObject({ id: "1", kind: "unknown" });
    expect(out?.ask).toBeTypeOf("string");
  });

  it("shows a person the cause and the fixes", () => {
    const run = rehearsal(["oom"], log);
    expect(run.stdout).toContain("GiB");
    expect(run.status).toBe(0);
  });
});

describe("Wrong usage", () => {
  it.each([
    [[], /Say what to do/],
    [["grde"], /no verb “grde”/],
    [["grade"], /needs --question/],
    [["grade", "--question", "q5-oom", "--fast"], /--fast/],
    [["grade", "--question", "q5-oom", "--json", "--jsonl"], /not both/],
    [["vram"], /model/],
  ])("%j ends with status 2 and the usage", (args, sentence) => {
    const run = rehearsal(args);
    expect(run.status).toBe(2);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(sentence);
    expect(run.stderr).toContain("Usage:");
  });

  it("is not the same as input that is refused, which ends with status 1 and one line", () => {
    for (const args of [
      ["grade", "--question", "q9"],
      ["vram", "qwen2.5-7b", "bs=0"],
      ["grade", "--question", "q5-oom", "--pack", "/nowhere"],
    ]) {
      const run = rehearsal(args, answer);
      expect(run.status, args.join(" ")).toBe(1);
      expect(run.stdout).toBe("");
      expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
    }
  });
});
