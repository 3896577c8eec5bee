import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdictOn } from "./pool.ts";

const OOM = "q5-oom";
const FORGETTING = "q1-catastrophic-forgetting";

const onBatch = (answer: string) => verdictOn("oom-batch", answer, OOM);

const zhBatch = fc.constantFrom("batch size", "bs", "批次大小", "批量", "批大小", "batch");
const enBatch = fc.constantFrom("the batch size", "the batch", "the micro-batch", "bs");
const zhTurn = fc.constantFrom(
  { down: "减小", up: "增大" },
  { down: "降低", up: "提高" },
  { down: "调小", up: "调大" },
  { down: "缩小", up: "扩大" },
  { down: "减少", up: "增加" },
);
const enTurn = fc.constantFrom(
  { down: "reduce", up: "increase" },
  { down: "lower", up: "raise" },
  { down: "shrink", up: "enlarge" },
  { down: "halve", up: "double" },
);
const figures = fc.constantFrom([32, 8], [16, 4], [64, 1], [8, 2]);

describe("A direction turned round leaves no hit", () => {
  it("in a Chinese remedy, the thing before or after the verb", () => {
    const order = fc.constantFrom(
      (verb: string, thing: string) => `${verb} ${thing}`,
      (verb: string, thing: string) => `把 ${thing} ${verb}`,
    );
    fc.assert(
      fc.property(zhTurn, zhBatch, order, ({ down, up }, thing, say) => {
        expect(onBatch(say(down, thing))).toBe("hit");
        expect(onBatch(say(up, thing))).not.toBe("hit");
      }),
    );
  });

  it("in an English remedy", () => {
    fc.assert(
      fc.property(enTurn, enBatch, ({ down, up }, thing) => {
        expect(onBatch(`${down} ${thing}`)).toBe("hit");
        expect(onBatch(`${up} ${thing}`)).not.toBe("hit");
      }),
    );
  });

  it("in figures that move", () => {
    const move = fc.constantFrom(
      (from: number, to: number) => `batch size ${from} → ${to}`,
      (from: number, to: number) => `bs from ${from} to ${to}`,
      (from: number, to: number) => `把批次从 ${from} 改到 ${to}`,
    );
    fc.assert(
      fc.property(figures, move, ([high = 0, low = 0], say) => {
        expect(onBatch(say(high, low))).toBe("hit");
        expect(onBatch(say(low, high))).not.toBe("hit");
      }),
    );
  });
});

interface Remedy {
  readonly question: string;
  readonly point: string;
  readonly zh: string;
  /** As an order and as a noun. */
  readonly en: readonly [string, string];
}

const remedies: readonly Remedy[] = [
  [OOM, "oom-accum", "用梯度累积", "use gradient accumulation", "using gradient accumulation"],
  [OOM, "oom-precision", "开混合精度", "use mixed precision", "using mixed precision"],
  [OOM, "oom-precision", "用 bf16", "use bf16", "using bf16"],
  [OOM, "oom-distributed", "上多卡并行", "shard the model over several GPUs", "sharding over several GPUs"],
  [OOM, "oom-lean-model", "开梯度检查点", "turn on gradient checkpointing", "gradient checkpointing"],
  [OOM, "oom-lean-model", "用 LoRA", "use LoRA", "using LoRA"],
  [OOM, "oom-dataload", "用流式读取", "stream the data", "streaming the data"],
  [OOM, "oom-hardware", "换更大的卡", "buy a bigger GPU", "buying a bigger GPU"],
  [OOM, "oom-prune-quant", "做量化", "quantise the model", "quantising the model"],
  [FORGETTING, "cf-replay", "混入旧数据", "mix in old data", "mixing in old data"],
  [FORGETTING, "cf-replay", "做经验回放", "use replay", "using replay"],
  [FORGETTING, "cf-regularise", "用 EWC", "use EWC", "using EWC"],
  [FORGETTING, "cf-partial-update", "冻结大部分层", "freeze most layers", "freezing most layers"],
  [FORGETTING, "cf-partial-update", "用 LoRA", "use LoRA", "using LoRA"],
  [FORGETTING, "cf-multitask", "做多任务学习", "use multi-task learning", "using multi-task learning"],
  [
    FORGETTING,
    "cf-expand",
    "给新任务加新层",
    "add new layers for the new task",
    "adding new layers for the new task",
  ],
].map(([question = "", point = "", zh = "", order = "", noun = ""]) => ({
  question,
  point,
  zh,
  en: [order, noun],
}));

const anyRemedy = fc.constantFrom(...remedies);

describe("A remedy that is turned down leaves no hit", () => {
  it("and is one as long as it is not", () => {
    for (const { question, point, zh, en } of remedies) {
      expect(verdictOn(point, zh, question), zh).toBe("hit");
      expect(verdictOn(point, en[0], question), en[0]).toBe("hit");
    }
  });

  it("where a Chinese order forbids it", () => {
    const forbid = fc.constantFrom("不要", "别", "千万别", "不应该", "不建议", "禁止", "避免");
    fc.assert(
      fc.property(anyRemedy, forbid, ({ question, point, zh }, no) => {
        expect(verdictOn(point, no + zh, question), no + zh).not.toBe("hit");
      }),
    );
  });

  it("where an English order forbids it", () => {
    const forbid = fc.constantFrom(
      "don't",
      "do not",
      "never",
      "you should not",
      "you must not",
      "there is no need to",
    );
    fc.assert(
      fc.property(anyRemedy, forbid, ({ question, point, en }, no) => {
        expect(verdictOn(point, `${no} ${en[0]}`, question), `${no} ${en[0]}`).not.toBe("hit");
      }),
    );
  });

  it("where it is said in Chinese to be of no use", () => {
    const useless = fc.constantFrom("没有用", "没什么用", "解决不了问题", "不管用", "起不到作用");
    fc.assert(
      fc.property(anyRemedy, useless, ({ question, point, zh }, no) => {
        expect(verdictOn(point, zh + no, question), zh + no).not.toBe("hit");
      }),
    );
  });

  it("where it is said in English to be of no use", () => {
    const useless = fc.constantFrom("does not help", "doesn't help at all", "is useless", "is pointless");
    fc.assert(
      fc.property(anyRemedy, useless, ({ question, point, en }, no) => {
        expect(verdictOn(point, `${en[1]} ${no}`, question), `${en[1]} ${no}`).not.toBe("hit");
      }),
    );
  });
});

describe("Things compared that change places leave no hit", () => {
  const swaps: readonly (readonly [string, string])[] = [
    ["预训练用海量无标注文本，SFT 用人工标注的问答对", "SFT 用海量无标注文本，预训练用人工标注的问答对"],
    [
      "Pretraining uses unlabelled text, SFT uses labelled pairs",
      "SFT uses unlabelled text, pretraining uses labelled pairs",
    ],
  ];
  it.each(swaps)("%s", (right, wrong) => {
    for (const point of ["ps-pt-unlabelled", "ps-sft-labelled"]) {
      expect(verdictOn(point, right, "q4-pretrain-vs-sft"), point).toBe("hit");
      expect(verdictOn(point, wrong, "q4-pretrain-vs-sft"), point).toBe("contradict");
    }
  });
});
