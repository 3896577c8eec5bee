import { describe, expect, test } from "vitest";
import { parseRun, readRun, writeRun } from "#core/oom/run";
import { Refusal } from "#core/refusal";
import { models } from "#test/core/oom/samples";

const read = (text: string) => readRun(text, models);

describe("the run that a log or a person speaks of", () => {
  test.each([
    [
      "a LLaMA-Factory file",
      'model_name_or_path: "Qwen/Qwen2.5-7B-Instruct"\nfinetuning_type: lora\nper_device_train_batch_size: 4\ngradient_accumulation_steps: 8\ncutoff_len: 4096\ndeepspeed: examples/deepspeed/ds_z3_config.json',
      { model: "Qwen2.5-7B", method: "lora", batch: 4, accumulation: 8, seq: 4096, parallel: "zero3" },
    ],
    [
      "a command line",
      "CUDA_VISIBLE_DEVICES=0,1,2,3 llamafactory-cli train --model_name_or_path meta-llama/Meta-Llama-3-8B --finetuning_type full --per_device_train_batch_size 1 --cutoff_len 8192",
      { model: "Llama-3-8B", method: "full", batch: 1, seq: 8192, gpus: 4 },
    ],
    [
      "a configuration's file name",
      "llamafactory-cli train examples/train_full/qwen2.5_7b_full_sft.yaml",
      { model: "Qwen2.5-7B", method: "full" },
    ],
    [
      "Python arguments",
      'FastLanguageModel.from_pretrained("unsloth/Meta-Llama-3.1-8B", load_in_4bit=True, max_seq_length=2048), per_device_train_batch_size=2, optim="paged_adamw_8bit"',
      { method: "qlora", batch: 2, seq: 2048, optimizer: "paged-adamw-8bit", framework: "unsloth" },
    ],
    [
      "a person's words in Chinese",
      "用 4张4090 全参微调 Qwen2.5-7B，batch size 设为 2，序列长度 4096，zero3 加 offload",
      {
        model: "Qwen2.5-7B",
        method: "full",
        batch: 2,
        seq: 4096,
        gpus: 4,
        gpu: "4090",
        parallel: "zero3-offload",
      },
    ],
    [
      "a person's words in English",
      "I try to fine-tune Llama 3 8B with LoRA on 2 RTX 3090s, batch size 1, max length of 8k",
      { method: "lora", batch: 1, seq: 8192, gpus: 2, gpu: "RTX3090" },
    ],
    [
      "a server's start",
      "vllm serve Qwen/Qwen2.5-32B-Instruct --max-model-len 32768 --tensor-parallel-size 2 --gpu-memory-utilization 0.9",
      { model: "Qwen2.5-32B", method: "inference", seq: 32_768, gpus: 2, framework: "vllm" },
    ],
    [
      "a line as one types it behind /vram",
      "qwen2.5-7b full bs=4 seq=2k 1x4090",
      { model: "Qwen2.5-7B", method: "full", batch: 4, seq: 2048, gpus: 1, gpu: "4090" },
    ],
  ])("is read from %s", (_, text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  test.each(["训练到一半就爆显存", "CUDA out of memory on my 4090", "model 7b is too big", ""])(
    "is not made up: %s",
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  test("goes to a button and back as one line", () => {
    const run = read("用 8*A100 全参微调 Qwen2.5-14B，bs=2 长度 4096 zero3 offload");
    if (run === null) throw new Error("no run read");
    const back = parseRun(writeRun(run), models);
    expect(back).toMatchObject({ batch: 2, seq: 4096, gpus: 8, gpu: "A100", parallel: "zero3-offload" });
  });

  test("a named run that /vram does not know is refused", () => {
    expect(() => parseRun("qwen9.9-700b lora", models)).toThrow(Refusal);
    expect(() => parseRun("qwen2.5-7b loraa", models)).toThrow(Refusal);
  });
});
